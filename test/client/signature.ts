// Signature Version 4 as AWS describes it, for a check of what clients send.
import { createHash, createHmac } from 'node:crypto';
import type { Seen } from './unreliable-proxy.ts';

/** What a request should be signed with, made anew of what came over the wire. */
export function expectedSignature({ method, path, headers, body }: Seen, secret: string): string {
  const [, day = '', region = '', service = '', names = ''] =
    /Credential=[^/]+\/(\d{8})\/([^/]+)\/([^/]+)\/aws4_request, SignedHeaders=([^,]+)/.exec(
      headers['authorization'] ?? '',
    ) ?? [];
  const [pathname = '', query = ''] = path.split('?');
  const canonical = [
    method,
    // Every character of a path is escaped once more, as all services but S3 want it.
    pathname.split('/').map(encodeURIComponent).join('/'),
    query.split('&').toSorted().join('&'),
    ...names.split(';').map(name => `${name}:${headers[name]?.trim()}`),
    '',
    names,
    sha256(body),
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const key = [region, service, 'aws4_request'].reduce(hmac, hmac(`AWS4${secret}`, day));
  return hmac(key, ['AWS4-HMAC-SHA256', headers['x-amz-date'], scope, sha256(canonical)].join('\n')).toString(
    'hex',
  );
}

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');
const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
