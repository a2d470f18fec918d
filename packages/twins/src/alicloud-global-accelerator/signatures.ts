// Both signatures that the gateway accepts: ACS3-HMAC-SHA256 in headers, and the older HMAC-SHA1 among the parameters.
// A nonce is valid once, and a date can differ by fifteen minutes.
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { WireRequest } from '../http/wire.ts';
import type { CloudError, Context } from '../shared/cloud.ts';
import { gatewayError, missing } from './errors.ts';
import { accessKeys } from './keys.ts';
import { type Parameters, queryOf } from './parameters.ts';

/** Kept as long as the process runs: on disk, every read would be a write. */
export interface Nonces {
  /** The begin of `current`. */
  since: number;
  current: Set<string>;
  previous: Set<string>;
}

export function noNonces(): Nonces {
  return { since: 0, current: new Set(), previous: new Set() };
}

/** The received signature, and the expected one under the key's secret. */
export interface Signature {
  accessKeyId: string;
  signedAt: string;
  nonce: string;
  given: string;
  /** What the signature is made of, which the error about a wrong one repeats. */
  stringToSign: string;
  rightFor(secret: string): string;
}

const skewMs = 15 * 60_000;

/** Undefined when the signature is right; its nonce is used up then. */
export function refusalOf(
  wire: WireRequest,
  parameters: Parameters,
  nonces: Nonces,
  context: Context,
): CloudError | undefined {
  const signature = signatureOf(wire, parameters);
  if (!('nonce' in signature)) return signature;
  const { accessKeyId, signedAt, nonce, given } = signature;
  const key = accessKeys.get(accessKeyId);
  if (!key) return gatewayError('InvalidAccessKeyId.NotFound', 'Specified access key is not found.', 404);
  const token = wire.headers['x-acs-security-token'] ?? parameters.get('SecurityToken');
  if ((token || undefined) !== key.securityToken) {
    const message = 'Specified parameter SecurityToken does not match with AccessKey.';
    return gatewayError('InvalidSecurityToken.MismatchWithAccessKey', message);
  }
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(signedAt) || Number.isNaN(Date.parse(signedAt))) {
    return gatewayError('InvalidTimeStamp.Format', 'The date is not of the form YYYY-MM-DDThh:mm:ssZ.');
  }
  if (Math.abs(Date.parse(signedAt) - context.wallNow) > skewMs) {
    return gatewayError('InvalidTimeStamp.Expired', 'The date is too far from the time of the server.');
  }
  if (!equal(given, signature.rightFor(key.secret))) {
    const message = `Specified signature is not matched with our calculation. server string to sign is:${signature.stringToSign}`;
    return gatewayError('SignatureDoesNotMatch', message);
  }
  return useUp(nonce, nonces, context);
}

export function signatureOf(wire: WireRequest, parameters: Parameters): Signature | CloudError {
  return isV3(wire) ? v3Of(wire) : v1Of(wire, parameters);
}

export function accessKeyIdOf(wire: WireRequest, parameters: Parameters): string {
  return partOf(wire, 'Credential') ?? parameters.get('AccessKeyId') ?? '';
}

export function isV3({ headers }: WireRequest): boolean {
  return headers['authorization']?.startsWith('ACS3-HMAC-SHA256') ?? false;
}

/** A date can differ by fifteen minutes either way, so a nonce can be dropped after twice that time. */
function useUp(nonce: string, nonces: Nonces, context: Context): CloudError | undefined {
  const age = context.wallNow - nonces.since;
  if (age >= 2 * skewMs) {
    nonces.previous = age >= 4 * skewMs ? new Set() : nonces.current;
    nonces.current = new Set();
    nonces.since = context.wallNow;
  }
  if (nonces.current.has(nonce) || nonces.previous.has(nonce)) {
    return gatewayError('SignatureNonceUsed', 'Specified signature nonce was used already.');
  }
  nonces.current.add(nonce);
  return undefined;
}

/** Normalizes the request before it is signed, because clients leave some characters unencoded. */
function v3Of(wire: WireRequest): Signature | CloudError {
  const { method, headers, body, path } = wire;
  const [accessKeyId, names, given] = ['Credential', 'SignedHeaders', 'Signature'].map(name =>
    partOf(wire, name),
  );
  const [signedAt, nonce, hash] = ['x-acs-date', 'x-acs-signature-nonce', 'x-acs-content-sha256'].map(
    name => headers[name],
  );
  if (!accessKeyId || !names || !given || !signedAt || !nonce || !hash) {
    return gatewayError('IncompleteSignature', 'The request signature does not conform to the standard.');
  }
  const signedHeaders = names
    .split(';')
    .map(name => `${name}:${Object.hasOwn(headers, name) ? headers[name]?.trim() : ''}\n`)
    .join('');
  const query = canonical(new URLSearchParams(queryOf(path)));
  const request = [method, '/', query, signedHeaders, names, sha256(body)].join('\n');
  const stringToSign = `ACS3-HMAC-SHA256\n${sha256(request)}`;
  const right = (secret: string) => createHmac('sha256', secret).update(stringToSign).digest('hex');
  return { accessKeyId, signedAt, nonce, given, stringToSign, rightFor: right };
}

function v1Of({ method }: WireRequest, parameters: Parameters): Signature | CloudError {
  const given: Record<string, string> = {};
  for (const name of ['AccessKeyId', 'SignatureMethod', 'SignatureNonce', 'Timestamp', 'Signature']) {
    const value = parameters.get(name);
    if (!value) return missing(name);
    given[name] = value;
  }
  const { AccessKeyId = '', Timestamp = '', SignatureNonce = '', Signature = '', SignatureMethod } = given;
  if (SignatureMethod !== 'HMAC-SHA1') {
    return gatewayError('InvalidSignatureMethod', 'SignatureMethod must be HMAC-SHA1.');
  }
  const signed = [...parameters].filter(([name]) => name !== 'Signature');
  const stringToSign = [method, encoded('/'), encoded(canonical(signed))].join('&');
  const right = (secret: string) => createHmac('sha1', `${secret}&`).update(stringToSign).digest('base64');
  return {
    accessKeyId: AccessKeyId,
    signedAt: Timestamp,
    nonce: SignatureNonce,
    given: Signature,
    stringToSign,
    rightFor: right,
  };
}

function partOf({ headers }: WireRequest, name: string): string | undefined {
  return new RegExp(`[ ,]${name}=([^,]+)`).exec(headers['authorization'] ?? '')?.[1];
}

function canonical(parameters: Iterable<[string, string]>): string {
  return [...parameters]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
}

/** RFC 3986, which encodes some characters more than JavaScript does. */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    found => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

function equal(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}
