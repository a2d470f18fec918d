// A listener as the API writes it, and as a spec says it. Off is off, whether it is said with a word or with nothing.
import type { AlicloudListenerSpec } from '@gatehouse/core/request/alicloud/listener';
import * as z from 'zod';
import { merged } from './ports.ts';
import { given, type Observed } from './shape.ts';

export type DesiredListener = Omit<AlicloudListenerSpec, 'additionalCertificates'>;
type Spec = Omit<DesiredListener, 'acceleratorId'>;
export type ObservedListener = Observed<DesiredListener>;

const portRange = z
  .object({ FromPort: z.int(), ToPort: z.int() })
  .transform(({ FromPort, ToPort }) => ({ fromPort: FromPort, toPort: ToPort }));

export const listenerAnswer = z.object({
  ListenerId: z.string(),
  AcceleratorId: z.string().optional(),
  State: z.string().optional(),
  Name: z.string().optional(),
  Description: z.string().optional(),
  Protocol: z.string().transform(name => name.toUpperCase()),
  PortRanges: z.array(portRange).default([]),
  ClientAffinity: z.string().optional(),
  Certificates: z.array(z.object({ Id: z.string() })).default([]),
  SecurityPolicyId: z.string().optional(),
  HttpVersion: z.string().optional(),
  IdleTimeout: z.int().optional(),
  RequestTimeout: z.int().optional(),
  XForwardedForConfig: z.record(z.string(), z.boolean()).optional(),
});
export type ListenerAnswer = z.output<typeof listenerAnswer>;

export function observed(
  answer: ListenerAnswer,
  acceleratorId: string,
  instance: string | undefined,
): ObservedListener {
  const spec = {
    acceleratorId,
    name: answer.Name ?? '',
    description: answer.Description ?? '',
    protocol: answer.Protocol,
    portRanges: merged(answer.PortRanges),
    clientAffinity: answer.ClientAffinity === 'SOURCE_IP' ? 'SOURCE_IP' : 'NONE',
    certificates: answer.Certificates.map(({ Id }) => ({ id: Id })),
    securityPolicyId: answer.SecurityPolicyId,
    httpVersion: answer.HttpVersion,
    idleTimeout: answer.IdleTimeout,
    requestTimeout: answer.RequestTimeout,
    xForwardedForConfig: answer.XForwardedForConfig && forwardedOf(answer.XForwardedForConfig),
  };
  return { id: answer.ListenerId, states: [answer.State, instance], spec: given(spec) as DesiredListener };
}

/** Order is no difference, nor how ranges that touch are written; a certificate is of HTTPS only. */
export function normalised(desired: DesiredListener): DesiredListener {
  const { certificates, ...rest } = { ...desired, portRanges: merged(desired.portRanges) };
  return desired.protocol === 'HTTPS' ? { ...rest, certificates } : (rest as DesiredListener);
}

const OF_HTTP = ['requestTimeout', 'xForwardedForConfig'];
const OF_HTTPS = ['securityPolicyId', 'httpVersion'];

/** Without what the protocol does not have, which is refused beside it. */
export function ofItsProtocol(desired: DesiredListener): DesiredListener {
  const { protocol } = desired;
  const foreign = [
    ...(protocol === 'HTTPS' ? [] : OF_HTTPS),
    ...(protocol === 'HTTPS' || protocol === 'HTTP' ? [] : OF_HTTP),
  ];
  const members = Object.entries(desired).filter(([member]) => !foreign.includes(member));
  return Object.fromEntries(members) as DesiredListener;
}

const camel = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
const pascal = (name: string) => name.charAt(0).toUpperCase() + name.slice(1);

function forwardedOf(headers: Record<string, boolean>): Record<string, boolean> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [camel(name), value]));
}

/** `changed`: all of it for a create, where it is empty. Protocol and ports are always sent. */
export function wireOf(spec: Spec, changed: readonly string[]): Record<string, unknown> {
  const sent = (name: keyof Spec) =>
    changed.length === 0 || changed.includes(name) ? spec[name] : undefined;
  // Nothing clears what a create has not said yet.
  const text = (name: 'name' | 'description') =>
    changed.length === 0 ? spec[name] || undefined : sent(name);
  const headers = sent('xForwardedForConfig');
  return {
    Protocol: spec.protocol,
    PortRanges: spec.portRanges.map(({ fromPort, toPort }) => ({ FromPort: fromPort, ToPort: toPort })),
    Name: text('name'),
    Description: text('description'),
    ClientAffinity: sent('clientAffinity'),
    Certificates:
      spec.protocol === 'HTTPS' && sent('certificates')
        ? spec.certificates.map(({ id }) => ({ Id: id }))
        : undefined,
    SecurityPolicyId: sent('securityPolicyId'),
    HttpVersion: sent('httpVersion'),
    IdleTimeout: sent('idleTimeout'),
    RequestTimeout: sent('requestTimeout'),
    XForwardedForConfig:
      headers && Object.fromEntries(Object.entries(headers).map(([name, value]) => [pascal(name), value])),
  };
}
