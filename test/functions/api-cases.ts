// Requests for the tests of the API, and calls of its routes' logic as API Gateway would make them.
import type { OutgoingEvent } from '@gatehouse/core/ports/ports';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import type { ApiRequest } from '@gatehouse/functions/api/http';
import { EDGE } from '../clouds/fixtures.ts';
import { memoryStore } from '../world/memory-store.ts';

export const REQUEST = {
  operation: 'provision',
  entryPoint: 'checkout-edge',
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 443, toPort: 443 }] },
  endpointGroups: [{ region: 'eu-west-1', trafficDialPercentage: 0 }],
};

/** The same request, as another hand would write it. */
export const AS_YAML = `
# white space, order and comments make no difference
endpointGroups:
  - { trafficDialPercentage: 0, region: eu-west-1 }
listener:
  portRanges: [{ toPort: 443, fromPort: 443 }]
  protocol: TCP
  acceleratorArn: "${EDGE}"
entryPoint: checkout-edge
operation: provision
`;

export function apiRequest(changes: Partial<ApiRequest> = {}): ApiRequest {
  return {
    caller: '123456789012/user/alice',
    method: 'POST',
    path: '/v1/jobs',
    headers: {},
    query: {},
    parameters: {},
    body: '',
    ...changes,
  };
}

/** `POST /v1/jobs`; a value that is no text is sent as JSON. */
export function posted(value: unknown, headers: Record<string, string> = {}): ApiRequest {
  const body = typeof value === 'string' ? value : JSON.stringify(value);
  return apiRequest({
    headers: { 'idempotency-key': 'key-1', 'content-type': 'application/json', ...headers },
    body,
  });
}

export function got(id: string, headers: Record<string, string> = {}): ApiRequest {
  return apiRequest({ method: 'GET', path: `/v1/jobs/${id}`, parameters: { id }, headers });
}

export function listed(query: Record<string, string> = {}): ApiRequest {
  return apiRequest({ method: 'GET', query });
}

/** A member of an answer's body, at a path. */
export function told({ body }: Pick<ApiAnswer, 'body'>, ...path: (string | number)[]): unknown {
  return path.reduce<unknown>(
    (at, name) => (typeof at === 'object' && at !== null ? Reflect.get(at, name) : undefined),
    body,
  );
}

/**
 * The ports of the API with a table in memory, whose writes are counted, and a Step Functions that takes every start
 * and runs nothing: what the API itself does is seen alone.
 */
export function apiPorts() {
  const store = memoryStore();
  const counted = { writes: 0, started: [] as string[], told: [] as OutgoingEvent[] };
  const ports: RequestPorts = {
    clock: {
      now: () => new Date('2026-03-01T12:00:00.000Z'),
      after: seconds => new Date(Date.UTC(2026, 2, 1, 12) + seconds * 1000),
    },
    store: {
      ...store,
      async put(key, value, version, index) {
        const written = await store.put(key, value, version, index);
        if (written.written) counted.writes++;
        return written;
      },
    },
    executions: {
      async start(name) {
        counted.started.push(name);
        return 'running';
      },
      describe: async () => ({ state: 'running' }),
      running: async () => new Set(),
    },
    bus: { put: async events => void counted.told.push(...events) },
    log: { info() {}, warn() {}, error() {} },
    settings: {
      eventSources: ['com.example.*'],
      region: 'eu-west-1',
      stepTimeoutSeconds: 30,
      latenessSeconds: 60,
      historyEvents: 25_000,
      attemptGapSeconds: 60,
    },
  };
  return { ports, counted };
}
