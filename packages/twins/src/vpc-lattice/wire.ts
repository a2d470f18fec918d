// REST JSON in the form of VPC Lattice: the operation in method and path, labels percent-encoded, errors with their
// name in X-Amzn-ErrorType and a small m in message. Signatures are not verified; any region is accepted.
import { parseShallowJson } from '../http/shallow-json.ts';
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { CloudError, ReadCall } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import { cannotParse, membersOf, unknownOperation } from './errors.ts';

const routes = Object.entries({
  CreateTargetGroup: 'POST /targetgroups',
  GetTargetGroup: 'GET /targetgroups/{targetGroupIdentifier}',
  UpdateTargetGroup: 'PATCH /targetgroups/{targetGroupIdentifier}',
  DeleteTargetGroup: 'DELETE /targetgroups/{targetGroupIdentifier}',
  ListTargetGroups: 'GET /targetgroups',
  RegisterTargets: 'POST /targetgroups/{targetGroupIdentifier}/registertargets',
  DeregisterTargets: 'POST /targetgroups/{targetGroupIdentifier}/deregistertargets',
  ListTargets: 'POST /targetgroups/{targetGroupIdentifier}/listtargets',
  TagResource: 'POST /tags/{resourceArn}',
  UntagResource: 'DELETE /tags/{resourceArn}',
  ListTagsForResource: 'GET /tags/{resourceArn}',
  ListServices: 'GET /services',
  GetService: 'GET /services/{serviceIdentifier}',
  CreateListener: 'POST /services/{serviceIdentifier}/listeners',
  GetListener: 'GET /services/{serviceIdentifier}/listeners/{listenerIdentifier}',
  ListListeners: 'GET /services/{serviceIdentifier}/listeners',
  DeleteListener: 'DELETE /services/{serviceIdentifier}/listeners/{listenerIdentifier}',
}).map(([operation, route]) => ({ operation, pattern: patternOf(route) }));

/** The statuses other than 200; a 204 has no body. */
const statuses: Record<string, number> = { CreateTargetGroup: 201, CreateListener: 201, DeleteListener: 204 };

/** The request's members, wherever they are: in a label, the query or the body. */
export function readCall(wire: WireRequest): ReadCall {
  const [path = '', ...query] = wire.path.split('?');
  const requested = `${wire.method} ${path}`;
  for (const { operation, pattern } of routes) {
    const match = pattern.exec(requested);
    if (!match) continue;
    try {
      const request = { ...bodyOf(wire), ...queryOf(query.join('?')), ...labelsOf(match.groups ?? {}) };
      return { operation, request };
    } catch {
      return { operation, request: undefined, refusal: cannotParse('The request cannot be parsed') };
    }
  }
  return { operation: requested, request: undefined, refusal: unknownOperation(requested) };
}

export function answerOf(operation: string, members: unknown, requestId: string): WireResponse {
  return answer({ status: statuses[operation] ?? 200, body: members ?? {}, requestId });
}

export function errorAnswerOf(error: CloudError, requestId: string): WireResponse {
  const headers = { 'x-amzn-errortype': error.code, ...retryAfterOf(error) };
  const body = { message: error.message, ...membersOf(error) };
  return answer({ status: error.status, body, requestId, headers });
}

/** A blank label gives the collection's path with a slash, which is the collection. */
function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}/?$`);
}

function labelsOf(groups: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, decodeURIComponent(value)]));
}

function queryOf(query: string): Record<string, unknown> {
  const parameters = new URLSearchParams(query);
  return Object.fromEntries(
    [...new Set(parameters.keys())].map(name => [name, queryMemberOf(name, parameters.getAll(name))]),
  );
}

function queryMemberOf(name: string, values: string[]): unknown {
  if (name === 'tagKeys') return values;
  const value = values.at(-1) ?? '';
  return name === 'maxResults' && /^-?\d+$/.test(value) ? Number(value) : value;
}

function bodyOf({ body }: WireRequest): Record<string, unknown> {
  if (body === '') return {};
  const members = parseShallowJson(body);
  if (!isRecord(members)) throw new TypeError('The body is not a JSON object');
  return members;
}

/** In seconds of our own clock: waits of HTTP clients do not scale. */
function retryAfterOf({ status }: CloudError): Record<string, string> {
  return status === 429 || status === 500 ? { 'retry-after': '1' } : {};
}

function answer(given: {
  status: number;
  body: unknown;
  requestId: string;
  headers?: Record<string, string>;
}): WireResponse {
  return {
    status: given.status,
    headers: {
      'content-type': 'application/json',
      'x-amzn-requestid': given.requestId,
      ...given.headers,
    },
    body: given.status === 204 ? '' : JSON.stringify(given.body),
  };
}
