// GET /v1/jobs/{id}: where a job is. An answer that did not change since the caller's ETag is a 304.
import { createHash } from 'node:crypto';
import { hasEnded } from '@gatehouse/core/events';
import { placesInLine } from '@gatehouse/core/line';
import type { Ports } from '@gatehouse/core/ports';
import { readDossier } from '@gatehouse/core/records';
import { type JobView, jobView } from '@gatehouse/core/status';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';

export async function getJob(ports: Ports, { parameters, headers }: ApiRequest): Promise<ApiAnswer> {
  const answer = await jobAnswer(ports, parameters['id'] ?? '');
  if (answer.status !== 200 || !isNamed(answer.headers?.['etag'], headers['if-none-match'])) return answer;
  return { status: 304, headers: answer.headers ?? {} };
}

/** RFC 9110, 13.1.2: a list of tags, weak or strong, or a star for any. */
function isNamed(etag: string | undefined, ifNoneMatch = ''): boolean {
  const tags = ifNoneMatch.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags.some(tag => tag === '*' || tag === etag);
}

export async function jobAnswer(ports: Ports, id: string): Promise<ApiAnswer> {
  const dossier = await readDossier(ports.store, id);
  if (!dossier) return problem('JobNotFound', `there is no job ${id}; GET /v1/jobs lists those there are`);
  const lines = dossier.job.status === 'QUEUED' ? await placesInLine(ports, dossier.job) : [];
  const view = jobView(dossier, lines, ports.settings.region);
  const etag = `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`;
  const headers = hasEnded(dossier.job.status) ? { etag } : { etag, 'retry-after': retryAfter(ports, view) };
  return { status: 200, headers, body: view };
}

const MOST_SECONDS = 30;

/** Until the job itself looks next; a second where it is at work. */
function retryAfter(ports: Ports, view: JobView): string {
  const waits = view.steps.flatMap(step => [step.waitingFor?.askAgainAt, step.undo?.askAgainAt]);
  const next = waits.filter(at => at !== undefined).toSorted()[0];
  const seconds = next ? Math.ceil((Date.parse(next) - ports.clock.now().getTime()) / 1000) : 1;
  return String(Math.min(Math.max(seconds, 1), MOST_SECONDS));
}

export const handler = http(getJob);
