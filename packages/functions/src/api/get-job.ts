// GET /v1/jobs/{id}: where a job is, at once or at its next change. What did not change since the caller's ETag is a 304.
import { createHash } from 'node:crypto';
import type { JobView } from '@gatehouse/core/answers';
import { hasEnded } from '@gatehouse/core/events';
import { placesInLine } from '@gatehouse/core/line';
import type { TablePorts } from '@gatehouse/core/ports';
import { readDossier } from '@gatehouse/core/records';
import { retryAfterSeconds } from '@gatehouse/core/retry-after';
import { jobView } from '@gatehouse/core/status';
import { tablePorts } from '../table-ports.ts';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { noJob } from './problem.ts';
import { type Pause, withNews } from './waiting.ts';

/** News is what differs from the caller's ETag, or else from what was there when the call came. */
export async function getJob(
  ports: TablePorts,
  request: ApiRequest,
  pause?: Pause,
): Promise<ApiAnswer<JobView>> {
  const id = request.parameters['id'] ?? '';
  let known = request.headers['if-none-match'];
  const answer = await withNews(
    ports,
    request,
    () => jobAnswer(ports, id),
    found => {
      known ??= found.headers?.['etag'];
      return isOver(found) || !isNamed(found, known);
    },
    pause,
  );
  const unchanged = answer.status === 200 && isNamed(answer, request.headers['if-none-match']);
  return unchanged ? { status: 304, headers: answer.headers ?? {} } : answer;
}

/** A job that has ended does not change by itself, and is given no time to ask again. */
export function isOver({ headers }: ApiAnswer): boolean {
  return headers?.['retry-after'] === undefined;
}

/** RFC 9110, 13.1.2: a list of tags, weak or strong, or a star for any. */
function isNamed({ headers }: ApiAnswer, ifNoneMatch = ''): boolean {
  const tags = ifNoneMatch.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags.some(tag => tag === '*' || tag === headers?.['etag']);
}

export async function jobAnswer(ports: TablePorts, id: string): Promise<ApiAnswer<JobView>> {
  const dossier = await readDossier(ports.store, id);
  if (!dossier) return noJob(id);
  const lines = await placesInLine(ports, dossier.job);
  const view = jobView(dossier, lines, ports.settings.region);
  const etag = `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`;
  const retryAfter = { 'retry-after': String(retryAfterSeconds(view, ports.clock)) };
  return {
    status: 200,
    headers: { etag, ...(hasEnded(view.status) ? {} : retryAfter) },
    body: view,
  };
}

export const handler = http(tablePorts, (ports, request) => getJob(ports, request));
