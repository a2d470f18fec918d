// AWS JSON 1.1 in the form of Global Accelerator: the operation in X-Amz-Target, members in PascalCase, errors with
// their name in __type and a capital M in Message. Signatures are not verified, but their region is: the API exists in
// us-west-2 only.
import { parseShallowJson } from '../http/shallow-json.ts';
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { CloudError, ReadCall } from '../shared/cloud.ts';
import { type InputError, isRecord } from '../shared/input.ts';
import { cloudError } from './errors.ts';

const target = /^GlobalAccelerator_V20180706\.(\w+)$/;
const homeRegion = 'us-west-2';

export function readCall(wire: WireRequest, region: string, operations: readonly string[]): ReadCall {
  const operation = target.exec(wire.headers['x-amz-target'] ?? '')?.[1] ?? '';
  const request = parsed(wire.body);
  const requested = { operation, request };
  if (region !== homeRegion) {
    const message = `Credential should be scoped to a valid region, not '${region}'.`;
    return { ...requested, refusal: cloudError('InvalidSignatureException', message) };
  }
  if (!operations.includes(operation)) {
    const message = `There is no operation ${wire.headers['x-amz-target'] ?? '(no X-Amz-Target)'}`;
    return { ...requested, refusal: cloudError('UnknownOperationException', message) };
  }
  if (!isRecord(request)) {
    return { ...requested, refusal: cloudError('SerializationException', 'The body is not a JSON object') };
  }
  return requested;
}

export function answerOf(members: unknown, requestId: string): WireResponse {
  return answer(200, members === undefined ? '' : JSON.stringify(members), requestId);
}

export function errorAnswerOf(error: CloudError, requestId: string): WireResponse {
  return answer(error.status, JSON.stringify({ __type: error.code, Message: error.message }), requestId);
}

/** `tooMany`: the code of a list that is longer than the model allows. */
export function inputErrorOf(error: InputError, tooMany: 'InvalidArgument' | 'LimitExceeded'): CloudError {
  switch (error.kind) {
    case 'type':
      return cloudError('SerializationException', error.message);
    case 'constraint':
      return cloudError('InvalidArgumentException', error.message);
    case 'tooMany':
      return cloudError(`${tooMany}Exception`, error.message);
  }
}

function parsed(body: string): unknown {
  try {
    return parseShallowJson(body);
  } catch {
    return undefined;
  }
}

function answer(status: number, body: string, requestId: string): WireResponse {
  return {
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': requestId },
    body,
  };
}
