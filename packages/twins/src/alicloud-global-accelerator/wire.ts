// Alibaba Cloud's RPC: one path, GET or POST, query and form together; the operation is in headers or among the
// parameters, depending on the signature's version. Errors have their name in Code, beside the called host.
import type { WireRequest, WireResponse } from '../http/wire.ts';
import type { Call, Caller, CloudError, Context, ReadCall } from '../shared/cloud.ts';
import { elementOf } from '../shared/xml.ts';
import { gatewayError } from './errors.ts';
import { nested, parametersOf } from './parameters.ts';
import { accessKeyIdOf, isV3, type Nonces, refusalOf } from './signatures.ts';
import { jsonLists, retryAfterMs } from './switches.ts';

const version = '2019-11-20';
const homeRegion = 'cn-hangzhou';
const ruleLists = ['ForwardingRules', 'ForwardingRuleIds'];
/** JSON texts that are not lists. */
const jsonTexts = /\.Rule(Condition|Action)Value$/;
const commonParameters = [
  'AccessKeyId',
  'Action',
  'Format',
  'SecurityToken',
  'Signature',
  'SignatureMethod',
  'SignatureNonce',
  'SignatureType',
  'SignatureVersion',
  'Timestamp',
  'Version',
];

/** Whether it is an RPC call at all; its version selects the product. */
export function takes(wire: WireRequest): { region: string } | undefined {
  if (wire.path.split('?')[0] !== '/') return undefined;
  const parameters = parametersOf(wire);
  const isRpc = isV3(wire) || wire.headers['x-acs-action'] !== undefined || parameters.has('Action');
  return isRpc ? { region: parameters.get('RegionId') ?? homeRegion } : undefined;
}

export function readCall(
  wire: WireRequest,
  known: { operations: readonly string[]; nonces: Nonces },
  context: Context,
): ReadCall {
  const parameters = parametersOf(wire);
  const { headers } = wire;
  const operation = (isV3(wire) ? headers['x-acs-action'] : parameters.get('Action')) ?? '';
  const requested = {
    operation,
    request: nested(new Map([...parameters].filter(([name]) => !commonParameters.includes(name))), name =>
      isJson(name, context),
    ),
    caller: {
      accessKeyId: accessKeyIdOf(wire, parameters),
      host: headers['host'] ?? '',
      format: parameters.get('Format')?.toUpperCase() === 'XML' ? ('XML' as const) : ('JSON' as const),
    },
  };
  if (wire.method !== 'GET' && wire.method !== 'POST') {
    return { ...requested, refusal: gatewayError('UnsupportedHTTPMethod', 'Use GET or POST.') };
  }
  if ((isV3(wire) ? headers['x-acs-version'] : parameters.get('Version')) !== version) {
    return {
      ...requested,
      refusal: gatewayError('InvalidVersion', 'Specified parameter Version is not valid.'),
    };
  }
  if (!known.operations.includes(operation)) {
    const message = 'Specified api is not found, please check your url and method.';
    return { ...requested, refusal: gatewayError('InvalidAction.NotFound', message, 404) };
  }
  const refusal = refusalOf(wire, parameters, known.nonces, context);
  return refusal ? { ...requested, refusal } : requested;
}

export function answerOf(members: unknown, call: Call, context: Context): WireResponse {
  const RequestId = context.requestId.toUpperCase();
  const body = { RequestId, ...(typeof members === 'object' ? members : {}) };
  return answer(200, { name: `${call.operation}Response`, body }, call.caller);
}

export function errorAnswerOf(error: CloudError, context: Context, caller: Caller | undefined): WireResponse {
  const { status, code, message, members } = error;
  const body = {
    RequestId: context.requestId.toUpperCase(),
    HostId: caller?.host,
    Code: code,
    Message: message,
    Recommend: `https://api.alibabacloud.com/troubleshoot?q=${encodeURIComponent(code)}&product=Ga`,
    ...members,
  };
  const wait = code.startsWith('Throttling') ? context.setting(retryAfterMs) : 0;
  const headers = wait > 0 ? { 'x-acs-retry-after': String(wait) } : {};
  return answer(status, { name: 'Error', body, headers }, caller);
}

function isJson(name: string, context: Context): boolean {
  const setting = context.setting(jsonLists);
  return (
    (setting === 'all' && !jsonTexts.test(name)) ||
    (setting === 'forwardingRules' && ruleLists.includes(name))
  );
}

/** Clients read XML only under exactly this content type. */
function answer(
  status: number,
  { name, body, headers = {} }: { name: string; body: unknown; headers?: Record<string, string> },
  caller: Caller | undefined,
): WireResponse {
  if (caller?.format === 'XML') {
    const xml = `<?xml version="1.0" encoding="UTF-8"?>${elementOf(name, body, { lists: 'repeated' })}`;
    return { status, headers: { 'content-type': 'text/xml;charset=utf-8', ...headers }, body: xml };
  }
  return {
    status,
    headers: { 'content-type': 'application/json;charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}
