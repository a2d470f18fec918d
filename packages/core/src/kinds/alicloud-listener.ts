// A listener of Alibaba Cloud Global Accelerator. It belongs to an instance that others own, and holds its certificates,
// endpoint groups and forwarding rules. An instance takes one change at a time.

import type { Members } from '../json/plain-members.ts';
import type { Step } from '../record/plan.ts';
import type { AlicloudListenerSpec } from '../request/alicloud/listener.ts';
import {
  ALICLOUD_LISTENER,
  MAX_CERTIFICATES,
  MAX_PORT_RANGES,
} from '../request/alicloud/listener-members.ts';
import { defaultsOf } from '../request/member-table.ts';
import type { Use } from '../request/permission.ts';
import { shownPorts } from '../request/port-rules.ts';
import { collectionOf } from './collections.ts';
import { keyOf, portsKey } from './natural-key.ts';
import { omittedDefaults, retainedOf } from './omitted.ts';
import type { KindTraits } from './traits.ts';
import { named, rangesOf } from './uses.ts';
import { LISTENER, wanted } from './wanted.ts';

/** The lane of everything that an instance has, and the queue for it. */
export const instanceOf = ({ acceleratorId }: Members) => `instance/${acceleratorId}`;

/**
 * A later change takes an instance about a minute (docs/clouds/alicloud-global-accelerator.md, AG-7). Half a minute more passes until its end is seen and the instance takes the next
 * change.
 */
export const USUAL_CHANGE_SECONDS = 90;

export const alicloudListener: KindTraits<'alicloudListener'> = {
  cloud: 'alicloud',
  part: 'listener',
  steps: ({ listener: spec }) => (spec ? [stepOf(spec)] : []),
  uses: ({ listener: spec }) => (spec ? usesOf(spec) : []),
  naturalKey: desired => `${keyOf(desired, 'acceleratorId', 'protocol')}/${portsKey(desired['portRanges'])}`,
  queue: instanceOf,
  lane: instanceOf,
  oneAtATime: true,
  container: ({ acceleratorId }) => acceleratorId,
  defaults: ({ desired }) => omittedDefaults(defaultsOf(ALICLOUD_LISTENER, desired), desired),
  omittedButRetained: ({ desired }, owned) => retainedOf(ALICLOUD_LISTENER, desired, owned.desired),
  countsIn: ({ acceleratorId }) => ({ [collectionOf.listeners(acceleratorId)]: 1 }),
  foreignDependents: true,
  replacement: 'gap',
  bounds: { portRanges: MAX_PORT_RANGES, certificates: MAX_CERTIFICATES },
  // Of its instance.
  outputs: ['dnsName'],
  // The first listener of an instance takes about three minutes.
  usualSeconds: 2 * USUAL_CHANGE_SECONDS,
};

export function isHttp(protocol: unknown): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

function usesOf({ acceleratorId, portRanges, certificates }: AlicloudListenerSpec): Use[] {
  return [
    named('accelerators', acceleratorId, ['listener', 'acceleratorId']),
    ...rangesOf(portRanges, ['listener', 'portRanges']),
    ...certificates.map(({ id }, at) => named('certificates', id, ['listener', 'certificates', at, 'id'])),
  ];
}

function stepOf({ additionalCertificates: _, ...spec }: AlicloudListenerSpec): Step<'alicloudListener'> {
  const title = `listener ${spec.protocol} ${spec.portRanges.map(shownPorts).join(', ')}`;
  return wanted('alicloudListener', { id: LISTENER, title, desired: spec, part: '/listener' });
}
