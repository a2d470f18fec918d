// `Prefer: wait=N` (RFC 7240): the answer waits for a change. A waiting caller occupies a function, so the table keeps a
// bound on the number of waiting callers over all functions. Beyond it, the answer comes at once, without
// `Preference-Applied`. Waiting callers therefore never take the capacity that steps need.
import { setTimeout as sleep } from 'node:timers/promises';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { waiterKey } from '@gatehouse/core/record/records';
import type { ApiAnswer } from './answer.ts';
import type { ApiRequest } from './http.ts';
import { type Place, takePlace } from './places.ts';

/** Under the 29 seconds that API Gateway waits for an answer. */
const MAX_WAIT_SECONDS = 25;
const LOOK_EVERY_MS = 500;

/** Our own bound: a twentieth of the usual concurrency limit of an account. */
const MAX_WAITERS = 50;
/** The number of places to try before the answer comes without waiting. */
const PLACES_TRIED = 4;

export type Pause = (ms: number) => Promise<unknown>;

interface Waiting<Body> {
  look(): Promise<ApiAnswer<Body>>;
  isNews(answer: ApiAnswer<NoInfer<Body>>): boolean;
  /** Waits between two reads. */
  pause?: Pause | undefined;
}

/** Reads until there is a change or until the caller's time is up. */
export async function withNews<Body>(
  ports: TablePorts,
  { headers }: ApiRequest,
  { look, isNews, pause = sleep }: Waiting<Body>,
): Promise<ApiAnswer<Body>> {
  const waitSeconds = preferredWaitSeconds(headers['prefer']);
  let answer = await look();
  if (waitSeconds === 0) return answer;
  if (!isNews(answer)) {
    const until = ports.clock.now().getTime() + waitSeconds * 1000;
    const leave = await takePlace(ports, somePlaces(ports), until);
    if (!leave) return answer;
    try {
      while (!isNews(answer) && ports.clock.now().getTime() < until) {
        await pause(LOOK_EVERY_MS);
        answer = await look();
      }
    } finally {
      await leave();
    }
  }
  return { ...answer, headers: { ...answer.headers, 'preference-applied': `wait=${waitSeconds}` } };
}

function preferredWaitSeconds(prefer = ''): number {
  const [, seconds = '0'] = /(?:^|[,;\s])wait=(\d+)/i.exec(prefer) ?? [];
  return Math.min(Number(seconds), MAX_WAIT_SECONDS);
}

/** Some of the places, from a random one on. */
function somePlaces({ settings }: TablePorts): Place[] {
  const places = settings.maxWaiters ?? MAX_WAITERS;
  const first = Math.floor(Math.random() * places);
  const tried = Math.min(places, PLACES_TRIED);
  return Array.from({ length: tried }, (_, at) => waiterKey((first + at) % places));
}
