// The wire to Alibaba Cloud: the vendor's own core client, which signs (ACS3-HMAC-SHA256) and flattens lists. Loaded at
// the first call, as it is heavy and most jobs never need it. It retries nothing: a retry in here would hide a lost answer
// from the look-up for it. What it throws carries whole answers, so that nothing of it but plain words leaves this file.
import type { OpenApiRequest } from '@alicloud/openapi-core/dist/utils.js';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { Failure } from '../cloud-call.ts';

export interface AlicloudCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** Of temporary credentials. */
  securityToken?: string;
}

export interface AlicloudConfig {
  /** With its scheme; the vendor's own by default. */
  endpoint?: string;
  /** Absent where an installation has none: then every call is refused. */
  credentials?: AlicloudCredentials;
}

export type Answer = Record<string, unknown>;

/** `lists` may be long, and go into the body; all else goes into the query. */
export type Send = (operation: string, query: object, lists: object) => Promise<Answer>;

const ENDPOINT = 'https://ga.cn-hangzhou.aliyuncs.com';
const VERSION = '2019-11-20';
/** Of the whole answer; the client's second one is for a connection that says nothing. It has no meaning alone. */
const TIMEOUT_MS = 8_000;
/** The longest wish that the vendor's own client follows. */
const MAX_RETRY_AFTER_MS = 120_000;

/** What went wrong, in plain words; its name is the cloud's code where it gave one. */
export class WireFailure extends Error implements Failure {
  readonly code: string | undefined;
  readonly status: number | undefined;
  readonly requestId: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor({ name, message, code, status, requestId, retryAfterSeconds }: Failure) {
    super(message);
    this.name = name;
    this.code = code;
    this.status = status;
    this.requestId = requestId;
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Made once per Lambda instance; opens nothing before its first call. */
export function wireTo({ endpoint = ENDPOINT, credentials }: AlicloudConfig): Send {
  let loading: ReturnType<typeof load> | undefined;
  return async (operation, query, lists) => {
    if (!credentials) {
      const variables = 'ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET';
      throw new TerminalError('AccessDenied', `there are no credentials of Alibaba Cloud: set ${variables}`);
    }
    loading ??= load(endpoint, credentials);
    const { client, sdk } = await loading.catch((thrown: unknown) => {
      loading = undefined;
      throw thrown;
    });
    const params = new sdk.$OpenApiUtil.Params({
      action: operation,
      version: VERSION,
      protocol: 'HTTPS',
      method: 'POST',
      pathname: '/',
      authType: 'AK',
      style: 'RPC',
      reqBodyType: 'formData',
      bodyType: 'json',
    });
    const request: Partial<OpenApiRequest> = { query: sdk.OpenApiUtil.query(query) };
    if (Object.keys(lists).length > 0) request.body = lists;
    try {
      return answerOf(await client.callApi(params, new sdk.$OpenApiUtil.OpenApiRequest(request), RUNTIME));
    } catch (thrown) {
      throw plain(thrown);
    }
  };
}

/** Both timeouts are in the client's own configuration. */
const RUNTIME = {} as Parameters<Awaited<ReturnType<typeof load>>['client']['callApi']>[2];

async function load(endpoint: string, credentials: AlicloudCredentials) {
  // A CommonJS module: all of it is its default, whoever loads it, and what it calls its own default is within.
  const { default: sdk } = await import('@alicloud/openapi-core');
  const { protocol, host } = new URL(endpoint);
  const config = new sdk.$OpenApiUtil.Config({
    ...credentials,
    type: credentials.securityToken ? 'sts' : 'access_key',
    protocol: protocol.replace(':', ''),
    endpoint: host,
    regionId: 'cn-hangzhou',
    readTimeout: TIMEOUT_MS,
    connectTimeout: TIMEOUT_MS,
  });
  return { client: new sdk.default(config), sdk };
}

/** Whatever is no plain success is a failure: the client resolves for a 302, and for a 200 that holds an error. */
function answerOf({ statusCode, body }: Answer): Answer {
  const status = typeof statusCode === 'number' ? statusCode : undefined;
  const said: Answer = isAnswer(body) ? body : {};
  const name = text(said['Code']);
  if (status !== undefined && status >= 200 && status < 300 && isAnswer(body) && name === undefined)
    return said;
  throw new WireFailure({
    name: name ?? 'SyntaxError',
    message: text(said['Message']) ?? `no answer of this API, but HTTP status ${status}`,
    code: undefined,
    status,
    requestId: text(said['RequestId']),
  });
}

function plain(thrown: unknown): Error {
  if (thrown instanceof WireFailure || !(thrown instanceof Error)) return failureOf(thrown);
  const [code, status] = [text(Reflect.get(thrown, 'code')), Reflect.get(thrown, 'statusCode')];
  const data: unknown = Reflect.get(thrown, 'data');
  const requestId = text(Reflect.get(thrown, 'requestId'));
  const answered = typeof status === 'number';
  // An answer without a code is none of this API's; the client says `undefined` as a text.
  const named = answered && code !== undefined && code !== 'undefined';
  return new WireFailure({
    name: named ? code : answered ? 'SyntaxError' : (code ?? thrown.name),
    message: (isAnswer(data) ? text(data['Message']) : undefined) ?? wordsFor(thrown, answered),
    code: answered ? undefined : code,
    status: answered ? status : undefined,
    requestId: requestId === 'undefined' ? undefined : requestId,
    retryAfterSeconds: retryAfterOf(thrown),
  });
}

/** A throttle's own wish, in milliseconds as the client reads its header. A wish beyond reason is none. */
function retryAfterOf(thrown: Error): number | undefined {
  const wish: unknown = Reflect.get(thrown, 'retryAfter');
  return typeof wish === 'number' && wish > 0 && wish <= MAX_RETRY_AFTER_MS ? wish / 1_000 : undefined;
}

/** Their own words hold the whole URL. */
function wordsFor(thrown: Error, answered: boolean): string {
  if (answered) return 'an answer without a message';
  if (thrown instanceof SyntaxError) return 'an answer that is no JSON';
  if (thrown.name.startsWith('RequestTimeout')) return `no answer within ${TIMEOUT_MS / 1_000} seconds`;
  return 'the connection failed before an answer came';
}

function failureOf(thrown: unknown): WireFailure {
  if (thrown instanceof WireFailure) return thrown;
  return new WireFailure({
    name: 'Error',
    message: 'the client failed',
    code: undefined,
    status: undefined,
    requestId: undefined,
  });
}

function isAnswer(value: unknown): value is Answer {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
