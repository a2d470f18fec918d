// GET /v1/jobs/{id}: where a job is, at once or at its next change. What did not change since the caller's ETag is a 304.
import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobView } from '@gatehouse/core/answers';
import { hasEnded } from '@gatehouse/core/events';
import { placesInLine } from '@gatehouse/core/line';
import type { Ports } from '@gatehouse/core/ports';
import { readDossier } from '@gatehouse/core/records';
import { jobView } from '@gatehouse/core/status';
import { type ApiAnswer, type ApiRequest, http } from './http.ts';
import { problem } from './problem.ts';

/** Under the 29 seconds that API Gateway waits for an answer. */
const MAX_WAIT_SECONDS = 20;
const LOOK_EVERY_MS = 500;

/**
 * `Prefer: wait=N` (RFC 7240; seconds, at most 20) holds the answer until the job differs from the caller's ETag, or
 * else from what it was when the call came, or until the time is up. `pause` is how time passes between two looks.
 */
export async function getJob(
  ports: Ports,
  { parameters, headers }: ApiRequest,
  pause: (ms: number) => Promise<unknown> = sleep,
): Promise<ApiAnswer<JobView>> {
  const look = () => jobAnswer(ports, parameters['id'] ?? '');
  const waitSeconds = waitAsked(headers['prefer']);
  const until = ports.clock.now().getTime() + waitSeconds * 1000;
  let answer = await look();
  const known = headers['if-none-match'] ?? answer.headers?.['etag'];
  while (stillRuns(answer) && isNamed(answer, known) && ports.clock.now().getTime() < until) {
    await pause(LOOK_EVERY_MS);
    answer = await look();
  }
  const applied = waitSeconds > 0 ? { 'preference-applied': `wait=${waitSeconds}` } : {};
  const unchanged = answer.status === 200 && isNamed(answer, headers['if-none-match']);
  const headed = { ...answer.headers, ...applied };
  return unchanged ? { status: 304, headers: headed } : { ...answer, headers: headed };
}

function waitAsked(prefer = ''): number {
  const [, seconds = '0'] = /(?:^|[,;\s])wait=(\d+)/.exec(prefer) ?? [];
  return Math.min(Number(seconds), MAX_WAIT_SECONDS);
}

/** A job that has ended does not change any more, and is given no time to ask again. */
function stillRuns({ status, headers }: ApiAnswer): boolean {
  return status === 200 && headers?.['retry-after'] !== undefined;
}

/** RFC 9110, 13.1.2: a list of tags, weak or strong, or a star for any. */
function isNamed({ headers }: ApiAnswer, ifNoneMatch = ''): boolean {
  const tags = ifNoneMatch.split(',').map(tag => tag.trim().replace(/^W\//, ''));
  return tags.some(tag => tag === '*' || tag === headers?.['etag']);
}

export async function jobAnswer(ports: Ports, id: string): Promise<ApiAnswer<JobView>> {
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

export const handler = http((ports, request) => getJob(ports, request));
