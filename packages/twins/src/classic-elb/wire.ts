// AWS Query in the form of Classic Elastic Load Balancing: a form in, XML out. The newer load balancers share its
// host and signing name; only the version distinguishes them. Signatures are not verified.
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { CloudError, ReadCall } from '../shared/cloud.ts';
import { elementOf } from '../shared/xml.ts';
import { cloudError } from './errors.ts';

const version = '2012-06-01';
const attributes = ` xmlns="http://elasticloadbalancing.amazonaws.com/doc/${version}/"`;

/** Members that are lists: an empty value is the empty list. */
const lists = ['Listeners', 'LoadBalancerNames', 'LoadBalancerPorts', 'PolicyNames', 'PolicyTypeNames'];

export function readCall(wire: WireRequest, operations: readonly string[]): ReadCall {
  const { Action, Version, ...request } = parametersOf(formOf(wire));
  const requested = { operation: typeof Action === 'string' ? Action : '', request };
  if (requested.operation === '') {
    const message = 'The request has no Action: it is a form with Action and Version';
    return { ...requested, refusal: cloudError('MissingAction', message) };
  }
  if (Version !== version || !operations.includes(requested.operation)) {
    const message = `Could not find operation ${requested.operation} for version ${Version ?? '(no Version)'}`;
    return { ...requested, refusal: cloudError('InvalidAction', message) };
  }
  return requested;
}

export function answerOf(operation: string, result: unknown, requestId: string): WireResponse {
  const members = { [`${operation}Result`]: result ?? '', ResponseMetadata: { RequestId: requestId } };
  return answer(200, elementOf(`${operation}Response`, members, { attributes }), requestId);
}

export function errorAnswerOf(error: CloudError, requestId: string): WireResponse {
  const { code, status, message } = error;
  const Type = status < 500 ? 'Sender' : 'Receiver';
  const members = { Error: { Type, Code: code, Message: message }, RequestId: requestId };
  return answer(status, elementOf('ErrorResponse', members, { attributes }), requestId);
}

/** The form is the body of a POST or the query of a GET. */
function formOf({ method, path, body }: WireRequest): string {
  return method === 'GET' ? path.split('?').slice(1).join('?') : body;
}

type Item = string | Record<string, string>;

/**
 * Texts as they were sent; `Names.member.1`, `Names.member.2` as one list, in the order of the numbers, and
 * `Things.member.1.Name`, `Things.member.1.Value` as a list of objects.
 */
function parametersOf(body: string): Record<string, string | Item[]> {
  const parameters = new Map<string, string>();
  const members = new Map<string, Map<number, Item>>();
  for (const [key, text] of new URLSearchParams(body)) {
    const [, list, number, member] = /^(\w+)\.member\.(\d+)(?:\.(\w+))?$/.exec(key) ?? [];
    if (list !== undefined) {
      const [items, position] = [members.get(list) ?? new Map<number, Item>(), Number(number)];
      const existing = items.get(position);
      if (member === undefined) items.set(position, text);
      else if (typeof existing === 'object') existing[member] = text;
      else items.set(position, { [member]: text });
      members.set(list, items);
    } else if (text === '' && lists.includes(key)) {
      members.set(key, new Map());
    } else {
      parameters.set(key, text);
    }
  }
  const inOrder = [...members].map(([list, each]): [string, Item[]] => {
    return [list, [...each].toSorted(([a], [b]) => a - b).map(([, item]) => item)];
  });
  return Object.fromEntries([...parameters, ...inOrder]);
}

function answer(status: number, body: string, requestId: string): WireResponse {
  return { status, headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId }, body };
}
