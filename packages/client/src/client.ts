// Gatehouse for programs: its calls with the types of its OpenAPI document. A call gives the answer, or throws a Problem
// (Gatehouse said no) or a NoAnswer. It tries again as long as its patience lasts, and never submits twice.
import createApi, { type Client as Api } from 'openapi-fetch';
import type { paths } from './openapi.ts';
import { patientFetch } from './patient-fetch.ts';
import { Problem } from './problem.ts';
import { regionOfApiGateway, signedBy } from './sign.ts';
import { withToken } from './token.ts';
import type {
  CallOptions,
  ClientOptions,
  Drift,
  EntryPoint,
  EntryPointSummary,
  EntryPointsWanted,
  Job,
  JobEvent,
  JobSummary,
  JobsWanted,
  Page,
  Plan,
  Request,
  SubmitOptions,
  VerbOptions,
  Waiting,
} from './types.ts';
import { changesOf, type EventsWanted, eventsOf, type WaitHeader } from './wait.ts';

export { NoAnswer, Problem } from './problem.ts';

export type * from './types.ts';

export type Client = ReturnType<typeof createClient>;

export function createClient(at: ClientOptions) {
  const { patienceSeconds = 10, waitPatienceSeconds = 300 } = at;
  const send = sender(at);
  const fetch = patientFetch(send, { patienceSeconds, onRetry: at.onRetry });
  const api: Api<paths> = createApi<paths>({ baseUrl: at.url, fetch, ...given({ headers: at.headers }) });

  return {
    /** What a request would do to what stands now. Changes nothing. */
    plan(request: Request, { signal }: CallOptions = {}): Promise<Plan> {
      return answered(api.POST('/v1/plans', { body: request, ...given({ signal }) }));
    },

    /** Gives the job at once. Under the same key the same request is the same job. */
    submit(
      request: Request,
      { idempotencyKey = crypto.randomUUID(), planHash, signal }: SubmitOptions = {},
    ): Promise<Job> {
      const ifMatch = planHash === undefined ? {} : { 'If-Match': `"${planHash}"` };
      const params = { header: { 'Idempotency-Key': idempotencyKey, ...ifMatch } };
      return answered(api.POST('/v1/jobs', { params, body: request, ...given({ signal }) }));
    },

    job(id: string, { signal }: CallOptions = {}): Promise<Job> {
      return answered(api.GET('/v1/jobs/{id}', { params: { path: { id } }, ...given({ signal }) }));
    },

    /** Newest first. */
    jobs({ signal, ...query }: JobsWanted = {}): Promise<Page<JobSummary>> {
      return answered(api.GET('/v1/jobs', { params: { query }, ...given({ signal }) }));
    },

    /** The job as it is, and again at each change, until it has ended. */
    wait(id: string, { signal, onRetry = at.onRetry }: Waiting = {}): AsyncGenerator<Job, void> {
      const waiting = { fetch: patientFetch(send, { patienceSeconds: waitPatienceSeconds, onRetry }) };
      const look = (header: WaitHeader) =>
        api.GET('/v1/jobs/{id}', { params: { path: { id }, header }, ...waiting, ...given({ signal }) });
      return changesOf(look, signal);
    },

    /** The job's history, each event once, in sequence. */
    events(
      id: string,
      { onRetry = at.onRetry, ...wanted }: Waiting & EventsWanted = {},
    ): AsyncGenerator<JobEvent, void> {
      const waiting = { fetch: patientFetch(send, { patienceSeconds: waitPatienceSeconds, onRetry }) };
      const look = (after: number, header: WaitHeader) =>
        api.GET('/v1/jobs/{id}/events', {
          params: { path: { id }, query: { after }, header },
          ...waiting,
          ...given({ signal: wanted.signal }),
        });
      return eventsOf(look, wanted);
    },

    /** One that has not begun is dropped, one that runs is rolled back. */
    cancel(id: string, { reason, signal }: VerbOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: given({ reason }), ...given({ signal }) };
      return answered(api.POST('/v1/jobs/{id}/cancel', init));
    },

    /** A job that is stuck goes on. */
    retry(id: string, { reason, signal }: VerbOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: given({ reason }), ...given({ signal }) };
      return answered(api.POST('/v1/jobs/{id}/retry', init));
    },

    /** Nothing touches this step of a stuck job any more; a retry can finish without it. */
    skip(id: string, step: string, { reason, signal }: VerbOptions = {}): Promise<Job> {
      const init = { params: { path: { id } }, body: { step, ...given({ reason }) }, ...given({ signal }) };
      return answered(api.POST('/v1/jobs/{id}/skip', init));
    },

    /** A stuck job is given up: it keeps its state, and the next job of its entry point can begin. */
    forget(id: string, { reason, signal }: CallOptions & { reason: string }): Promise<Job> {
      const init = { params: { path: { id } }, body: { reason }, ...given({ signal }) };
      return answered(api.POST('/v1/jobs/{id}/forget', init));
    },

    entryPoint(name: string, { signal }: CallOptions = {}): Promise<EntryPoint> {
      const init = { params: { path: { name } }, ...given({ signal }) };
      return answered(api.GET('/v1/entry-points/{name}', init));
    },

    /** What was changed in the clouds behind Gatehouse's back, read from them now. */
    drift(name: string, { signal }: CallOptions = {}): Promise<Drift> {
      const init = { params: { path: { name } }, ...given({ signal }) };
      return answered(api.GET('/v1/entry-points/{name}/drift', init));
    },

    /** The youngest first. */
    entryPoints({ signal, ...query }: EntryPointsWanted = {}): Promise<Page<EntryPointSummary>> {
      return answered(api.GET('/v1/entry-points', { params: { query }, ...given({ signal }) }));
    },
  };
}

/** One attempt, with who asks. */
function sender(at: ClientOptions): (request: globalThis.Request) => Promise<Response> {
  const identify = identityOf(at);
  return identify ? async request => fetch(await identify(request)) : request => fetch(request);
}

/** There is one header for all three. */
function identityOf({ url, aws, token, headers }: ClientOptions) {
  const ownHeader = new Headers(headers).has('authorization');
  const ways = [aws && 'aws', token !== undefined && 'token', ownHeader && 'headers.authorization'];
  const said = ways.filter(Boolean);
  if (said.length > 1) throw new TypeError(`${said.join(' and ')} both say who asks; give one of them`);
  if (token !== undefined) return withToken(token);
  const region = ownHeader ? undefined : regionOfApiGateway(url);
  const identity = aws ?? (region === undefined ? undefined : { region });
  return identity && signedBy(identity);
}

async function answered<T>(
  call: Promise<{ data?: T | undefined; error?: unknown; response: Response }>,
): Promise<T> {
  const { data, error, response } = await call;
  if (data === undefined) throw new Problem(response.status, error);
  return data;
}

/** Without the members that are not there. */
function given<T extends object>(members: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  const there = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(there) as { [Name in keyof T]?: Exclude<T[Name], undefined> };
}
