// Lambda's Invoke operation, asynchronous invocations only: the event is accepted and kept before the answer, as for a rule.
import type { WireResponse, WireService } from '@gatehouse/twins/http/wire';

const PATH = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/;

/** `accept`: returns false if there is no such function. */
export function createInvokeApi(accept: (functionName: string, event: unknown) => boolean): WireService {
  return async ({ method, path, headers, body }) => {
    const [, named] = PATH.exec(path) ?? [];
    if (method !== 'POST' || named === undefined)
      return refused(404, 'UnknownOperationException', `Lambda here has no ${method} ${path}`);
    if (headers['x-amz-invocation-type'] !== 'Event')
      return refused(400, 'InvalidParameterValueException', 'This host runs InvocationType Event only');
    // A name, or an ARN, which can end with a version.
    const name = /^(?:arn:aws:lambda:[^:]+:\d{12}:function:)?([\w-]+)(?::[^:]+)?$/.exec(
      decodeURIComponent(named),
    )?.[1];
    const event = eventIn(body);
    if (event === undefined)
      return refused(400, 'InvalidRequestContentException', 'Could not parse request body into json');
    if (name === undefined || !accept(name, event.value))
      return refused(404, 'ResourceNotFoundException', `Function not found: ${decodeURIComponent(named)}`);
    return { status: 202, headers: {}, body: '' };
  };
}

function eventIn(body: string): { value: unknown } | undefined {
  try {
    return { value: body === '' ? {} : JSON.parse(body) };
  } catch {
    return undefined;
  }
}

function refused(status: number, type: string, Message: string): WireResponse {
  const headers = { 'content-type': 'application/json', 'x-amzn-errortype': type };
  return { status, headers, body: JSON.stringify({ Message }) };
}
