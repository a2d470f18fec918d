// A listener of AWS Global Accelerator. It belongs to an accelerator that others own, and holds its endpoint groups.

import type { Step } from '../record/plan.ts';
import type { ListenerSpec } from '../request/aws/global-accelerator.ts';
import { MAX_PORT_RANGES } from '../request/aws/listener-members.ts';
import type { Use } from '../request/permission.ts';
import { shownPorts } from '../request/port-rules.ts';
import { collectionOf } from './collections.ts';
import { foldedKeyOf, keyOf, portsKey, spellingsOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';
import { named, rangesOf } from './uses.ts';
import { LISTENER, wanted } from './wanted.ts';

export const listener: KindTraits<'listener'> = {
  cloud: 'aws',
  part: 'listener',
  steps: ({ listener: spec }) => (spec ? [stepOf(spec)] : []),
  uses: ({ listener: spec }) => (spec ? usesOf(spec) : []),
  naturalKey: desired =>
    spellingsOf(desired, 'acceleratorArn').map(
      arn => `${arn}/${keyOf(desired, 'protocol')}/${portsKey(desired['portRanges'])}`,
    ),
  queue: desired => spellingsOf(desired, 'acceleratorArn').map(arn => `accelerator/${arn}`),
  lane: desired => `accelerator/${foldedKeyOf(desired, 'acceleratorArn')}`,
  container: ({ acceleratorArn }) => acceleratorArn,
  countsIn: ({ acceleratorArn }) => ({ [collectionOf.listeners(acceleratorArn)]: 1 }),
  foreignDependents: true,
  replacement: 'gap',
  bounds: { portRanges: MAX_PORT_RANGES },
  usualSeconds: 5,
};

function usesOf({ acceleratorArn, portRanges }: ListenerSpec): Use[] {
  return [
    named('accelerators', acceleratorArn, ['listener', 'acceleratorArn']),
    ...rangesOf(portRanges, ['listener', 'portRanges']),
  ];
}

function stepOf(spec: ListenerSpec): Step<'listener'> {
  const title = `listener ${spec.protocol} ${spec.portRanges.map(shownPorts).join(', ')}`;
  return wanted('listener', { id: LISTENER, title, desired: spec, part: '/listener' });
}
