// The transport to Alibaba Cloud: the vendor's core client, which signs (ACS3-HMAC-SHA256) and flattens lists. Loaded at the
// first call, as it is large and most jobs do not need it. It does not retry: a retry would hide a lost response. Its errors
// contain whole responses, so only plain text from them leaves this file.
import type { OpenApiRequest } from '@alicloud/openapi-core/dist/utils.js';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Failure } from '../cloud-call.ts';

export interface AlicloudCredentials {
  accessKeyId: string;
  accessKeySecret: string;
  /** For temporary credentials. */
  securityToken?: string;
}

/** The access key of an installation, which can be exchanged while the installation runs. */
export interface KeySource {
  /** Throws RetryableError or TerminalError if there is no key. */
  key(): Promise<AlicloudCredentials>;
  /** The cloud has refused the key. Returns whether there is another one by now. */
  isReplaced(refused: AlicloudCredentials): Promise<boolean>;
}

export interface AlicloudConfig {
  /** With its scheme; by default that of the vendor. */
  endpoint?: string;
  /** If an installation has none, every call fails. */
  keys?: KeySource;
}

/** A key that is never exchanged. */
export function fixedKey(credentials: AlicloudCredentials): KeySource {
  return { key: async () => credentials, isReplaced: async () => false };
}

export type Answer = Record<string, unknown>;

/** `lists` can be long and are sent in the body, everything else in the query. */
export type Send = (operation: string, query: object, lists: object) => Promise<Answer>;

const ENDPOINT = 'https://ga.cn-hangzhou.aliyuncs.com';
const VERSION = '2019-11-20';
/** For the whole response; the client's connect timeout covers a silent connection. The two belong together. */
export const TIMEOUT_MS = 5_000;
/** The longest delay that the vendor's client accepts. */
const MAX_RETRY_AFTER_MS = 120_000;

/** A failed call, with plain text only. Its name is the cloud's code, if it returned one. */
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

/** Codes that refuse a key or its signature. */
const REFUSED_KEY = /^(?:SignatureDoesNotMatch|InvalidAccessKeyId|InvalidSecurityToken|IncompleteSignature)/;

/** Created once per Lambda instance; opens no connection before the first call. */
export function wireTo({ endpoint = ENDPOINT, keys }: AlicloudConfig): Send {
  let loaded: { key: AlicloudCredentials; client: ReturnType<typeof load> } | undefined;

  function clientWith(key: AlicloudCredentials): ReturnType<typeof load> {
    if (loaded?.key !== key) {
      const client = load(endpoint, key);
      loaded = { key, client };
      client.catch(() => {
        loaded = undefined;
      });
    }
    return loaded.client;
  }

  /** The refusal names the key, and its text has the signed request. */
  async function ofKey(failure: WireFailure, keys: KeySource, key: AlicloudCredentials): Promise<Error> {
    if (await keys.isReplaced(key))
      return new RetryableError(
        'Busy',
        'The access key of Alibaba Cloud was exchanged; the call is repeated',
        {
          cause: failure,
        },
      );
    const { name, status, requestId } = failure;
    const message =
      'Alibaba Cloud refuses the access key of this installation; check the key and its permissions';
    return new WireFailure({ name, message, code: undefined, status, requestId });
  }

  return async (operation, query, lists) => {
    if (!keys)
      throw new TerminalError(
        'AccessDenied',
        'The access key of Alibaba Cloud is missing: set GATEHOUSE_ALICLOUD_SECRET',
      );
    const key = await keys.key();
    const { client, sdk } = await clientWith(key);
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
      const failure = withoutKey(plain(thrown), key);
      throw REFUSED_KEY.test(failure.name) ? await ofKey(failure, keys, key) : failure;
    }
  };
}

/** Messages of the cloud can quote the key. */
function withoutKey(failure: WireFailure, { accessKeyId, securityToken }: AlicloudCredentials): WireFailure {
  const secrets = [accessKeyId, ...(securityToken ? [securityToken] : [])];
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), failure.message);
  return message === failure.message ? failure : new WireFailure({ ...failure, name: failure.name, message });
}

/** Both timeouts are in the client's configuration. */
const RUNTIME = {} as Parameters<Awaited<ReturnType<typeof load>>['client']['callApi']>[2];

async function load(endpoint: string, credentials: AlicloudCredentials) {
  // A CommonJS module: its exports are the default import, and its own default export is a member of them.
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

/** Everything but a plain success is a failure: the client resolves for a 302, and for a 200 with an error in the body. */
function answerOf({ statusCode, body }: Answer): Answer {
  const status = typeof statusCode === 'number' ? statusCode : undefined;
  const content: Answer = isAnswer(body) ? body : {};
  const name = text(content['Code']);
  if (status !== undefined && status >= 200 && status < 300 && isAnswer(body) && name === undefined)
    return content;
  throw new WireFailure({
    name: name ?? 'SyntaxError',
    message: text(content['Message']) ?? `HTTP status ${status} with an unknown response`,
    code: undefined,
    status,
    requestId: text(content['RequestId']),
  });
}

function plain(thrown: unknown): WireFailure {
  if (thrown instanceof WireFailure || !(thrown instanceof Error)) return failureOf(thrown);
  const [code, status] = [text(Reflect.get(thrown, 'code')), Reflect.get(thrown, 'statusCode')];
  const data: unknown = Reflect.get(thrown, 'data');
  const requestId = text(Reflect.get(thrown, 'requestId'));
  const answered = typeof status === 'number';
  // A response without a code is not from this API; the client then has the text `undefined`.
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

/** The retry delay of a throttle, in milliseconds from the client. An excessive delay is ignored. */
function retryAfterOf(thrown: Error): number | undefined {
  const delay: unknown = Reflect.get(thrown, 'retryAfter');
  return typeof delay === 'number' && delay > 0 && delay <= MAX_RETRY_AFTER_MS ? delay / 1_000 : undefined;
}

/** The client's own messages contain the whole URL. */
function wordsFor(thrown: Error, answered: boolean): string {
  if (answered) return 'a response without a message';
  if (thrown instanceof SyntaxError) return 'a response that is not JSON';
  if (thrown.name.startsWith('RequestTimeout')) return `no response within ${TIMEOUT_MS / 1_000} seconds`;
  return 'the connection failed before a response arrived';
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
