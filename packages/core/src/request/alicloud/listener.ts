// A listener of Alibaba Cloud Global Accelerator in a request, with every member of CreateListener of a standard
// instance and the additional certificates that are associated afterwards. Ranges and defaults are those of the API (version
// 2019-11-20) unless stated otherwise. Not supported: endpoint groups in the same call, as their removal is not documented,
// custom routing, and ProxyProtocol, which is deprecated.
import * as z from 'zod';
import { flag, lenient, lenientOr, listOf, oneOf, text, wholeNumber } from '../../json/members.ts';
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

/** 65500 to 65535 are reserved by the cloud (SystemPort.Listener). */
const LAST_PORT = 65_499;

/** Accepts the names of both profiles; a rule checks the profile of the installation. */
export function alicloudName(what: string) {
  return text(`a name of ${what}: a letter, then letters, digits, \`_\`, \`-\` and \`.\``, {
    from: 1,
    to: 128,
    pattern: /^[A-Za-z][A-Za-z0-9_.-]*$/,
  });
}

export function alicloudDescription() {
  return text('text that does not begin with `http://` or `https://`', {
    from: 1,
    to: 200,
    pattern: /^(?!https?:\/\/)/,
  })
    .exactOptional()
    .meta({ description: 'A description for readers.' });
}

const listenerPort = wholeNumber(1, LAST_PORT);

const portRangeSpec = objectByTable('a port range', ALICLOUD_LISTENER.portRanges.items, {
  fromPort: listenerPort.meta({ description: 'The first port of the range, inclusive.' }),
  toPort: listenerPort.meta({
    description: 'The last port of the range, inclusive. Equal to `fromPort` for a single port.',
  }),
}).meta({ id: 'AlicloudPortRange' });

const certificateId = text("a certificate's id, like `1234567-cn-hangzhou`", {
  from: 1,
  to: 128,
  pattern: /^[0-9A-Za-z-]+$/,
});

const certificateSpec = objectByTable('a certificate', ALICLOUD_LISTENER.certificates.items, {
  id: certificateId.meta({
    description: 'The id of the certificate in the SSL Certificates Service. It must exist.',
  }),
}).meta({ id: 'AlicloudCertificate' });

export const domain = text('a domain name like `shop.example.com` or `*.example.com`', {
  from: 3,
  to: 253,
  pattern: /^(\*\.)?([A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z0-9-]*[A-Za-z]$/,
});

const additionalCertificateSpec = objectByTable('an additional certificate', ADDITIONAL_CERTIFICATE, {
  domain: domain.meta({ description: 'The domain of the certificate.' }),
  id: certificateId.meta({
    description: 'The id of the certificate in the SSL Certificates Service. It must exist.',
  }),
}).meta({ id: 'AlicloudAdditionalCertificate' });

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
}).meta({ id: 'AlicloudForwardedHeaders' });

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
    description: 'The protocol of the clients. The vendor may have to enable HTTP and HTTPS for the account.',
  }),
  portRanges: listOf(portRangeSpec, { from: 1, to: MAX_PORT_RANGES, called: 'port ranges' }).meta({
    description:
      'The ports that clients connect to: at most 30 in all, exactly one for HTTP and HTTPS. A TCP listener may have a single range of 301 to 2000 ports instead, if the vendor has enabled this for the account.',
  }),
  clientAffinity: oneOf(['NONE', 'SOURCE_IP']).default(ALICLOUD_LISTENER.clientAffinity.default).meta({
    description: 'SOURCE_IP routes all connections of a client address to the same endpoint; NONE does not.',
  }),
  certificates: listOf(certificateSpec, { from: 0, to: MAX_CERTIFICATES, called: 'certificates' })
    .default([])
    .meta({
      description: 'The certificate of an HTTPS listener, which has exactly one. Other listeners have none.',
    }),
  additionalCertificates: listOf(additionalCertificateSpec, {
    from: 0,
    to: MAX_ADDITIONAL_CERTIFICATES,
    called: 'additional certificates',
  })
    .default([])
    .meta({
      description: 'Certificates of an HTTPS listener for additional domains, one per domain.',
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
    description: 'The highest HTTP version of an HTTPS listener. The default is http2.',
  }),
  idleTimeout: wholeNumber(1, 900).exactOptional().meta({
    description:
      'The time after which an idle connection is closed: TCP 10 to 900 (default 900), UDP 10 to 20 (default 20), HTTP and HTTPS 1 to 60 (default 15).',
    unit: 'seconds',
  }),
  requestTimeout: wholeNumber(1, 180).exactOptional().meta({
    description: 'The time limit of an HTTP or HTTPS request. The default is 60.',
    unit: 'seconds',
  }),
  xForwardedForConfig: xForwardedForSpec.exactOptional().meta({
    description: 'The headers that an HTTP or HTTPS listener adds. By default it adds none of them.',
    inPlace: true,
  }),
}).meta({ id: 'AlicloudListener' });

const given = () => lenient(z.unknown());

/** The input of the rules: an invalid part is undefined or null. */
export const lenientListener = z.object({
  name: lenient(alicloudListenerSpec.shape.name),
  protocol: lenient(protocol),
  portRanges: lenient(z.array(lenient(portRangeSpec))),
  certificates: lenientOr(z.array(z.unknown())),
  additionalCertificates: lenientOr(z.array(lenient(z.object({ domain: lenient(domain) })))),
  securityPolicyId: given(),
  httpVersion: given(),
  idleTimeout: lenientOr(wholeNumber(1, 900)),
  requestTimeout: given(),
  xForwardedForConfig: given(),
}) satisfies z.ZodType<ListenerToCheck>;
