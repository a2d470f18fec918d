// Converts a listener between the API and a spec. The API has several values for `off`; they are all equal here.

import { ALICLOUD_LISTENER } from '@gatehouse/core/request/alicloud/listener-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import { applicable } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import * as z from 'zod';
import type { Accelerator } from './client.ts';
import { type Observed, only } from './shape.ts';

export type DesiredListener = DesiredByKind['alicloudListener'];
/** `dnsName`: of its instance. */
export type ObservedListener = Observed<DesiredListener> & { dnsName?: string };

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
  instance: Accelerator | undefined,
): ObservedListener {
  const spec = fromWire(ALICLOUD_LISTENER, answer, {
    acceleratorId: () => acceleratorId,
    portRanges: ({ PortRanges }) => PortRanges,
    // Off is `NONE`, an empty text or an omitted member.
    clientAffinity: ({ ClientAffinity }) => (ClientAffinity === 'SOURCE_IP' ? 'SOURCE_IP' : 'NONE'),
  });
  return {
    id: answer.ListenerId,
    states: [answer.State, instance?.State],
    spec: spec as DesiredListener,
    dnsName: instance?.DnsName ?? '',
  };
}

const compared = comparedBy<typeof ALICLOUD_LISTENER, DesiredListener, ObservedListener>(
  ALICLOUD_LISTENER,
  ({ spec }) => spec,
  {},
);

export const listenerMembers = {
  ...compared,
  /** Without members that do not apply to the protocol, which the API rejects. */
  reverted: (...change: Parameters<typeof compared.reverted>) =>
    applicable(ALICLOUD_LISTENER, compared.reverted(...change)),
};

export function wireToCreate(desired: DesiredListener) {
  const { name, description, ...spec } = applicable(ALICLOUD_LISTENER, desired);
  // A create omits empty texts, as there is nothing to clear.
  const texts = { ...(name ? { name } : {}), ...(description ? { description } : {}) };
  return createInput(ALICLOUD_LISTENER, { ...spec, ...texts });
}

/** An update keeps omitted members. Protocol and ports are always sent. */
export function wireToUpdate(desired: DesiredListener, changed: readonly string[]) {
  const spec = applicable(ALICLOUD_LISTENER, desired);
  // It is not documented which settings survive a change of protocol, so all are sent.
  const members = changed.includes('protocol') ? Object.keys(spec) : [...changed, 'protocol', 'portRanges'];
  return updateInput(ALICLOUD_LISTENER, only(spec, members));
}
