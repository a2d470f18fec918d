// Follows a job as it changes, and its history as it grows. Each call waits for a change (Prefer: wait). If the server does
// not wait, the client polls as often as Retry-After allows.
import delay from 'delay';
import type { components } from './openapi.ts';
import { Problem } from './problem.ts';
import { EVENTS, JOB, shaped } from './shape.ts';

type Job = components['schemas']['Job'];
type JobEvent = components['schemas']['JobEvent'];

/** Below the server's limit of 25 seconds. */
const WAIT_SECONDS = 20;
const MIN_LOOK_MS = 50;
const MAX_PAUSE_SECONDS = 60;

interface Look<Body> {
  data?: Body | undefined;
  error?: unknown;
  response: Response;
}

export interface EventsOptions {
  /** Only events after this sequence number. */
  after?: number;
  /** Follow the job until it has ended, instead of returning the events up to now. */
  follow?: boolean;
  signal?: AbortSignal;
}

export interface WaitHeader {
  Prefer?: string;
  'If-None-Match'?: string;
}

export async function* changesOf(
  look: (header: WaitHeader) => Promise<Look<Job>>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Job, void> {
  for (let known: string | null = null, first = true; ; first = false) {
    const askedAt = Date.now();
    const { data, error, response } = await look(
      known === null ? {} : { Prefer: `wait=${WAIT_SECONDS}`, 'If-None-Match': known },
    );
    if (data === undefined && response.status !== 304) throw new Problem(response.status, error);
    if (data !== undefined) yield shaped(data, JOB);
    if (data?.endedAt !== undefined) return;
    known = response.headers.get('etag');
    const mayPollAtOnce = known !== null && (first || response.headers.has('preference-applied'));
    if (!mayPollAtOnce) await pause(response, signal);
    else if (!first) await atLeast(MIN_LOOK_MS, askedAt, signal);
  }
}

/** Each event once, in sequence. */
export async function* eventsOf(
  look: (after: number, header: WaitHeader) => Promise<Look<{ items: JobEvent[]; next: number }>>,
  { after = 0, follow = false, signal }: EventsOptions,
): AsyncGenerator<JobEvent, void> {
  for (let next = after; ; ) {
    const askedAt = Date.now();
    const { data, error, response } = await look(next, follow ? { Prefer: `wait=${WAIT_SECONDS}` } : {});
    if (data === undefined) throw new Problem(response.status, error);
    shaped(data, EVENTS);
    if (data.items.length > 0 && data.next <= next)
      throw new Problem(502, {
        code: 'NotGatehouse',
        detail: 'the same events are answered again and again',
      });
    yield* data.items;
    next = data.next;
    // Without Retry-After, the job has ended and there are no more events.
    if (!response.headers.has('retry-after')) return;
    if (data.items.length === 0 && !follow) return;
    const hasWaited = data.items.length > 0 || response.headers.has('preference-applied');
    if (hasWaited) await atLeast(MIN_LOOK_MS, askedAt, signal);
    else await pause(response, signal);
  }
}

/** A server that says that it has waited, and has not, is not asked without pause. */
async function atLeast(ms: number, since: number, signal: AbortSignal | undefined): Promise<void> {
  const left = since + ms - Date.now();
  if (left > 0) await delay(left, signal && { signal });
}

async function pause(response: Response, signal: AbortSignal | undefined): Promise<void> {
  await delay(retryAfterSeconds(response) * 1000, signal && { signal });
}

function retryAfterSeconds(response: Response): number {
  const seconds = Number(response.headers.get('retry-after'));
  return seconds > 0 ? Math.min(seconds, MAX_PAUSE_SECONDS) : 1;
}
