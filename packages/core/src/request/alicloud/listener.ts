// A listener of Alibaba Cloud Global Accelerator in a request, with every member of CreateListener of a standard
// instance and the additional certificates that are associated after it. Ranges and defaults are those of the API
// (version 2019-11-20) unless said otherwise. Not here: endpoint groups made in the same call, whose undo nobody
// documents, custom routing, and ProxyProtocol, which the API has given up.
import * as z from 'zod';
import { flag, listOf, oneOf, readable, readableOr, text, wholeNumber } from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import {
  ADDITIONAL_CERTIFICATE,
  ALICLOUD_LISTENER,
  MAX_ADDITIONAL_CERTIFICATES,
  MAX_CERTIFICATES,
  MAX_PORT_RANGES,
} from './listener-members.ts';
import type { ListenerToCheck } from './listener-rules.ts';

export type AlicloudListenerSpec = z.output<typeof alicloudListenerSpec>;

/** 65500 to 65535 are the cloud's own (SystemPort.Listener). */
const LAST_PORT = 65_499;

/** As wide as both profiles; which of it an installation takes is a rule. */
export function alicloudName(what: string) {
  return text(`a name of ${what}: first a letter, then letters, digits, \`_\`, \`-\` and \`.\``, {
    from: 1,
    to: 128,
    pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/,
  });
}

export function alicloudDescription() {
  return text('a text that does not begin with `http://` or `https://`', {
    from: 1,
    to: 200,
    pattern: /^(?!https?:\/\/)/,
  })
    .exactOptional()
    .meta({ description: 'For people.' });
}

const listenerPort = wholeNumber(1, LAST_PORT);

const portRangeSpec = objectByTable('a port range', ALICLOUD_LISTENER.portRanges.items, {
  fromPort: listenerPort.meta({ description: 'First port of the range, included.' }),
  toPort: listenerPort.meta({
    description: 'Last port of the range, included; the first one again for a single port.',
  }),
});

const certificateId = text("a certificate's id, like `1234567-cn-hangzhou`", {
  from: 1,
  to: 128,
  pattern: /^[0-9A-Za-z-]+$/,
});

const certificateSpec = objectByTable('a certificate', ALICLOUD_LISTENER.certificates.items, {
  id: certificateId.meta({
    description: 'Its id in the SSL Certificates Service. It must exist.',
  }),
});

export const domain = text('a domain name like `shop.example.com` or `*.example.com`', {
  from: 3,
  to: 253,
  pattern: /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z]$/,
});

const additionalCertificateSpec = objectByTable('an additional certificate', ADDITIONAL_CERTIFICATE, {
  domain: domain.meta({ description: 'The domain that it is shown for.' }),
  id: certificateId.meta({
    description: 'Its id in the SSL Certificates Service. It must exist.',
  }),
});

const forwarded = (header: string) =>
  flag()
    .default(false)
    .meta({ description: `Whether the header ${header} is added to requests.` });

const xForwardedForSpec = objectByTable('headers', ALICLOUD_LISTENER.xForwardedForConfig.members, {
  xForwardedForGaIdEnabled: forwarded('GA-ID, the id of the instance,'),
  xForwardedForGaApEnabled: forwarded('GA-AP, the acceleration region,'),
  xForwardedForProtoEnabled: forwarded('GA-X-Forward-Proto, the protocol of the listener,'),
  xForwardedForPortEnabled: forwarded('GA-X-Forward-Port, the port of the listener,'),
  xRealIpEnabled: forwarded("X-Real-IP, the client's address,"),
});

const protocol = oneOf(['TCP', 'UDP', 'HTTP', 'HTTPS']);

export const alicloudListenerSpec = objectByTable('a listener', ALICLOUD_LISTENER, {
  acceleratorId: text('the id of a Global Accelerator instance, like `ga-bp1odcab8tmno0hdq4k7w`', {
    from: 4,
    to: 64,
    pattern: /^ga-[0-9a-z]+$/,
  }).meta({ description: 'The instance that the listener belongs to. It must exist.' }),
  name: alicloudName('a listener')
    .exactOptional()
    .meta({ description: 'The name of the listener. It need not be unique.' }),
  description: alicloudDescription(),
  protocol: protocol.meta({
    description:
      'The protocol that clients speak. HTTP and HTTPS may need to be opened for an account by the vendor.',
  }),
  portRanges: listOf(portRangeSpec, { from: 1, to: MAX_PORT_RANGES, called: 'port ranges' }).meta({
    description:
      'The ports that clients connect to, 30 in all; HTTP and HTTPS have one. A TCP listener may have a single range of 301 to 2000 ports instead, where the vendor has opened that for the account.',
  }),
  clientAffinity: oneOf(['NONE', 'SOURCE_IP']).default(ALICLOUD_LISTENER.clientAffinity.default).meta({
    description: 'SOURCE_IP keeps a client address on one endpoint; NONE does not.',
  }),
  certificates: listOf(certificateSpec, { from: 0, to: MAX_CERTIFICATES, called: 'certificates' })
    .default([])
    .meta({
      description: 'The certificate of an HTTPS listener, and no other: exactly one.',
    }),
  additionalCertificates: listOf(additionalCertificateSpec, {
    from: 0,
    to: MAX_ADDITIONAL_CERTIFICATES,
    called: 'additional certificates',
  })
    .default([])
    .meta({
      description: 'Certificates that an HTTPS listener shows for further domains, one for each.',
    }),
  securityPolicyId: oneOf([
    'tls_cipher_policy_1_0',
    'tls_cipher_policy_1_1',
    'tls_cipher_policy_1_2',
    'tls_cipher_policy_1_2_strict',
    'tls_cipher_policy_1_2_strict_with_1_3',
  ])
    .exactOptional()
    .meta({ description: 'The TLS versions and ciphers of an HTTPS listener.' }),
  httpVersion: oneOf(['http1.1', 'http2', 'http3']).exactOptional().meta({
    description: 'The newest HTTP version of an HTTPS listener. When left out the cloud takes http2.',
  }),
  idleTimeout: wholeNumber(1, 900).exactOptional().meta({
    description:
      'When an idle connection ends: TCP 10 to 900 (900 when left out), UDP 10 to 20 (20), HTTP and HTTPS 1 to 60 (15).',
    unit: 'seconds',
  }),
  requestTimeout: wholeNumber(1, 180).exactOptional().meta({
    description: 'How long an HTTP or HTTPS request may take. When left out the cloud takes 60.',
    unit: 'seconds',
  }),
  xForwardedForConfig: xForwardedForSpec.exactOptional().meta({
    description: 'Which headers an HTTP or HTTPS listener adds. When left out the cloud adds none of them.',
    inPlace: true,
  }),
});

const given = () => readable(z.unknown());

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined, or null. */
export const readableListener = z.object({
  name: readable(alicloudListenerSpec.shape.name),
  protocol: readable(protocol),
  portRanges: readable(z.array(readable(portRangeSpec))),
  certificates: readableOr(z.array(z.unknown())),
  additionalCertificates: readableOr(z.array(readable(z.object({ domain: readable(domain) })))),
  securityPolicyId: given(),
  httpVersion: given(),
  idleTimeout: readableOr(wholeNumber(1, 900)),
  requestTimeout: given(),
  xForwardedForConfig: given(),
}) satisfies z.ZodType<ListenerToCheck>;
