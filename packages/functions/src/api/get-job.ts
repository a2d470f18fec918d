// GET /v1/jobs/{id}: a job, at once or at its next change. A job that has not changed since the caller's ETag is a 304.
import type { JobView } from '@gatehouse/core/api/answers';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import { type ApiRequest, http } from './http.ts';
import { isOver, jobAnswer } from './job-answer.ts';
import { type Pause, withNews } from './waiting.ts';

/** A change is a difference from the caller's ETag or, without one, from the job's state when the call arrived. */
export async function getJob(
  ports: TablePorts,
  request: ApiRequest,
  pause?: Pause,
): Promise<ApiAnswer<JobView>> {
  const id = request.parameters['id'] ?? '';
  let known = request.headers['if-none-match'];
  const look = () => jobAnswer(ports, id);
  const isNews = (found: ApiAnswer) => {
    known ??= found.headers?.['etag'];
    return isOver(found) || !isNamed(found, known);
  };
  const answer = await withNews(ports, request, { look, isNews, pause });
  const unchanged = answer.status === 200 && isNamed(answer, request.headers['if-none-match']);
  return unchanged ? { status: 304, headers: answer.headers ?? {} } : answer;
}

/** RFC 9110, 13.1.2: a list of weak or strong tags, or a star for any. */
function isNamed({ headers }: ApiAnswer, ifNoneMatch = ''): boolean {
  const tags = ifNoneMatch.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags.some(tag => tag === '*' || tag === headers?.['etag']);
}

export const handler = http(tablePorts, (ports, request) => getJob(ports, request));
