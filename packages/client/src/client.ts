// The client for programs: the calls of the API, with the types of its OpenAPI document. A call returns the answer or throws a
// Problem (Gatehouse refused) or a NoAnswer. It retries for a limited time and never submits twice.
import createApi, { type Client as Api } from 'openapi-fetch';
import type { paths } from './openapi.ts';
import { Problem } from './problem.ts';
import { retryingFetch } from './retrying-fetch.ts';
import { notSecret } from './secrecy.ts';
import { DRIFT, ENTRY_POINT, HEALTH, JOB, PAGE, PLAN, type Shape, shaped } from './shape.ts';
import { regionOfApiGateway, signedBy } from './sign.ts';
import { withToken } from './token.ts';
import type {
  ActionOptions,
  CallOptions,
  ClientOptions,
  Drift,
  EntryPoint,
  EntryPointSummary,
  EntryPointsQuery,
  Health,
  Job,
  JobEvent,
  JobSummary,
  JobsQuery,
  Page,
  Plan,
  Request,
  SubmitOptions,
  WaitOptions,
} from './types.ts';
import { versionCheck } from './version.ts';
import { changesOf, type EventsOptions, eventsOf, type WaitHeader } from './wait.ts';

export { NoAnswer, Problem } from './problem.ts';
export { refusedPlan } from './refused-plan.ts';
export { notSecret } from './secrecy.ts';

export type * from './types.ts';

export type Client = ReturnType<typeof createClient>;

export function createClient(at: ClientOptions) {
  const { retryForSeconds = 10, waitRetryForSeconds = 300 } = at;
  const send = sender(at);
  const fetch = retryingFetch(send, { retryForSeconds, onRetry: at.onRetry });
  const api: Api<paths> = createApi<paths>({ baseUrl: at.url, fetch, ...given({ headers: at.headers }) });

  return {
    /** What a request would do. Changes nothing. `refusedPlan` gets the plan from a Problem that refuses it. */
    plan(request: Request, { signal }: CallOptions = {}): Promise<Plan> {
      return answered(PLAN, api.POST('/v1/plans', { body: request, ...given({ signal }) }));
    },

    /** Returns the job at once. The same request with the same key returns the same job. */
    submit(
      request: Request,
      { idempotencyKey = crypto.randomUUID(), planHash, signal }: SubmitOptions = {},
    ): Promise<Job> {
      const ifMatch = planHash === undefined ? {} : { 'If-Match': `"${planHash}"` };
      const params = { header: { 'Idempotency-Key': idempotencyKey, ...ifMatch } };
      return answered(JOB, api.POST('/v1/jobs', { params, body: request, ...given({ signal }) }));
    },

    job(id: string, { signal }: CallOptions = {}): Promise<Job> {
      return answered(JOB, api.GET('/v1/jobs/{id}', { params: { path: { id } }, ...given({ signal }) }));
    },

    /** Newest first. */
    jobs({ signal, ...query }: JobsQuery = {}): Promise<Page<JobSummary>> {
      return answered(PAGE, api.GET('/v1/jobs', { params: { query }, ...given({ signal }) }));
    },

    /** The job now and after each change, until it has ended. */
    wait(id: string, { signal, onRetry = at.onRetry }: WaitOptions = {}): AsyncGenerator<Job, void> {
      const waiting = { fetch: retryingFetch(send, { retryForSeconds: waitRetryForSeconds, onRetry }) };
      const look = (header: WaitHeader) =>
        api.GET('/v1/jobs/{id}', { params: { path: { id }, header }, ...waiting, ...given({ signal }) });
      return changesOf(look, signal);
    },

    /** The history of the job: each event once, in sequence. */
    events(
      id: string,
      { onRetry = at.onRetry, ...options }: WaitOptions & EventsOptions = {},
    ): AsyncGenerator<JobEvent, void> {
      const waiting = { fetch: retryingFetch(send, { retryForSeconds: waitRetryForSeconds, onRetry }) };
      const look = (after: number, header: WaitHeader) =>
        api.GET('/v1/jobs/{id}/events', {
          params: { path: { id }, query: { after }, header },
          ...waiting,
          ...given({ signal: options.signal }),
        });
      return eventsOf(look, options);
    },

    /** A job that has not begun ends at once; a running job rolls back. */
    cancel(id: string, { reason, signal }: ActionOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: given({ reason }), ...given({ signal }) };
      return answered(JOB, api.POST('/v1/jobs/{id}/cancel', init));
    },

    /** Resumes a stuck job. */
    retry(id: string, { reason, signal }: ActionOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: given({ reason }), ...given({ signal }) };
      return answered(JOB, api.POST('/v1/jobs/{id}/retry', init));
    },

    /** Skips a leftover of a stuck job, so that a retry can finish without it. */
    skip(id: string, step: string, { reason, signal }: ActionOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: { step, ...given({ reason }) }, ...given({ signal }) };
      return answered(JOB, api.POST('/v1/jobs/{id}/skip', init));
    },

    /** Abandons a stuck job: it keeps its status and no longer blocks the queue of its entry point. */
    forget(id: string, { reason, signal }: CallOptions & { reason: string }): Promise<Job> {
      const init = { params: { path: { id } }, body: { reason }, ...given({ signal }) };
      return answered(JOB, api.POST('/v1/jobs/{id}/forget', init));
    },

    entryPoint(name: string, { signal }: CallOptions = {}): Promise<EntryPoint> {
      const init = { params: { path: { name } }, ...given({ signal }) };
      return answered(ENTRY_POINT, api.GET('/v1/entry-points/{name}', init));
    },

    /** Changes made outside Gatehouse, read from the clouds now. */
    drift(name: string, { signal }: CallOptions = {}): Promise<Drift> {
      const init = { params: { path: { name } }, ...given({ signal }) };
      return answered(DRIFT, api.GET('/v1/entry-points/{name}/drift', init));
    },

    /** The health of each endpoint and target, read from the clouds now. */
    health(name: string, { signal }: CallOptions = {}): Promise<Health> {
      const init = { params: { path: { name } }, ...given({ signal }) };
      return answered(HEALTH, api.GET('/v1/entry-points/{name}/health', init));
    },

    /** Newest first. */
    entryPoints({ signal, ...query }: EntryPointsQuery = {}): Promise<Page<EntryPointSummary>> {
      return answered(PAGE, api.GET('/v1/entry-points', { params: { query }, ...given({ signal }) }));
    },
  };
}

/** Sends a request once, with the caller's identity. */
function sender(at: ClientOptions): (request: globalThis.Request) => Promise<Response> {
  const identify = identityOf(at) ?? (request => request);
  const checked = versionCheck(at.onWarning);
  return async request => checked(await fetch(await identify(request)));
}

/** All three set the same header, so only one of them can be given. */
function identityOf({ url, aws, token, headers }: ClientOptions) {
  const ownHeader = new Headers(headers).has('authorization');
  const ways = [aws && 'aws', token !== undefined && 'token', ownHeader && 'headers.authorization'].filter(
    Boolean,
  );
  if (ways.length > 1) throw new TypeError(`${ways.join(' and ')} conflict; give only one of them`);
  const open = ways.length > 0 ? notSecret(url) : undefined;
  if (open !== undefined) throw new TypeError(open);
  if (token !== undefined) return withToken(token);
  const region = ownHeader ? undefined : regionOfApiGateway(url);
  const identity = aws ?? (region === undefined ? undefined : { region });
  return identity && signedBy(identity);
}

async function answered<T>(
  shape: Shape,
  call: Promise<{ data?: T | undefined; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Problem(response.status, error);
  return shaped(data, shape);
}

/** Omits the members that are undefined. */
function given<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
