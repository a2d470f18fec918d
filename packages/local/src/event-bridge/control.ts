// The events that came over the buses and the messages in the queues, for people and tests. JSON over HTTP under /_bus,
// unsigned. AWS has no such API.
import type { Answer, WireService } from '@gatehouse/twins/http/wire';
import type { Queues } from '../sqs/queues.ts';
import type { EventRow } from './rows.ts';

const FILTERS = ['bus', 'source', 'detailType', 'after'];

export function controlOf({ rows, queues }: { rows(): EventRow[]; queues: Queues }): WireService {
  return async ({ method, path }) => {
    const url = new URL(path, 'http://bus');
    if (method !== 'GET') return json(405, { error: `${url.pathname} takes GET only` });
    const [, queue] = /^\/_bus\/queues\/([^/]+)$/.exec(url.pathname) ?? [];
    if (queue) return json(200, queues.messages(queue));
    if (url.pathname === '/_bus/queues') return json(200, queues.names());
    if (url.pathname !== '/_bus/events') {
      const error = `There is no ${url.pathname}; the paths are /_bus/events, /_bus/queues, /_bus/queues/{name}`;
      return json(404, { error });
    }
    const unknown = [...url.searchParams.keys()].find(name => !FILTERS.includes(name));
    if (unknown)
      return json(400, { error: `${unknown} is not a filter; the filters are ${FILTERS.join(', ')}` });
    return json(200, filtered(rows(), url.searchParams));
  };
}

function filtered(rows: EventRow[], query: URLSearchParams): EventRow[] {
  const is = (name: string, value: string) => (query.get(name) ?? value) === value;
  const after = Number(query.get('after') ?? 0);
  return rows.filter(
    ({ n, bus, event }) =>
      n > after && is('bus', bus) && is('source', event.source) && is('detailType', event['detail-type']),
  );
}

function json(status: number, body: unknown): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: `${JSON.stringify(body, undefined, 2)}\n` };
}
