// Alibaba Cloud's RPC by hand: raw requests, signed here, for cases that no SDK sends.
import { createHash, createHmac, randomUUID } from 'node:crypto';
import type { WireRequest } from '@gatehouse/twins/http/wire';
import { host } from './alicloud-start.ts';

export interface Signed {
  key?: string;
  secret?: string;
  nonce?: string;
  at?: string;
}

/** Without milliseconds. */
export const secondsOf = (ms: number) => new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');

/** HMAC-SHA1, all of it in the query of a GET. */
export function v1(action: string, parameters: Record<string, string>, signed: Signed = {}): WireRequest {
  const { key = 'twin', secret = 'twin-secret', nonce = randomUUID(), at = secondsOf(Date.now()) } = signed;
  const all: Record<string, string> = {
    Action: action,
    Version: '2019-11-20',
    Format: 'JSON',
    AccessKeyId: key,
    SignatureMethod: 'HMAC-SHA1',
    SignatureVersion: '1.0',
    SignatureNonce: nonce,
    Timestamp: at,
    ...parameters,
  };
  const text = `GET&%2F&${encoded(canonical(all))}`;
  const Signature = createHmac('sha1', `${secret}&`).update(text).digest('base64');
  return { method: 'GET', path: `/?${canonical({ ...all, Signature })}`, headers: { host }, body: '' };
}

/** ACS3-HMAC-SHA256; `form`: what goes into the body instead of the query. */
export function v3(
  action: string,
  { query = {}, form }: { query?: Record<string, string>; form?: Record<string, string> },
  signed: Signed & { version?: string } = {},
): WireRequest {
  const { key = 'twin', secret = 'twin-secret', nonce = randomUUID(), at = secondsOf(Date.now()) } = signed;
  const body = form ? canonical(form) : '';
  const headers: Record<string, string> = {
    host,
    'x-acs-action': action,
    'x-acs-content-sha256': sha256(body),
    'x-acs-date': at,
    'x-acs-signature-nonce': nonce,
    'x-acs-version': signed.version ?? '2019-11-20',
    ...(form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}),
  };
  const names = Object.keys(headers).sort();
  const lines = names.map(name => `${name}:${headers[name]}\n`).join('');
  const request = ['POST', '/', canonical(query), lines, names.join(';'), sha256(body)].join('\n');
  const signature = createHmac('sha256', secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(request)}`)
    .digest('hex');
  const authorization = `ACS3-HMAC-SHA256 Credential=${key},SignedHeaders=${names.join(';')},Signature=${signature}`;
  return { method: 'POST', path: `/?${canonical(query)}`, headers: { ...headers, authorization }, body };
}

function canonical(parameters: Record<string, string>): string {
  return Object.entries(parameters)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${encoded(name)}=${encoded(value)}`)
    .join('&');
}

function encoded(text: string): string {
  return encodeURIComponent(text).replace(
    /[!'()*]/g,
    each => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
