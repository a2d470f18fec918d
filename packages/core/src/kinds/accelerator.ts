// An accelerator of AWS Global Accelerator, which others own: its step waits until it has deployed the changes of a listener.
import type { Step } from '../record/plan.ts';
import type { EndpointGroupSpec, ListenerSpec } from '../request/aws/global-accelerator.ts';
import { endpointGroupStep } from './endpoint-group.ts';
import { foldedKeyOf } from './natural-key.ts';
import type { KindTraits } from './traits.ts';
import { LISTENER } from './wanted.ts';

export const accelerator: KindTraits<'accelerator'> = {
  cloud: 'aws',
  part: 'listener',
  steps: ({ listener, endpointGroups }) => (listener ? [waitFor(listener, endpointGroups)] : []),
  // The listener names the accelerator.
  uses: () => [],
  lane: desired => `accelerator/${foldedKeyOf(desired, 'acceleratorArn')}`,
  replacement: 'in place',
  outputs: ['dnsName', 'dualStackDnsName', 'hostedZoneId', 'staticAddresses'],
  // Observed to settle in one to five minutes.
  usualSeconds: 120,
};

/** Once, after all changes of the listener and its groups. */
function waitFor(
  { acceleratorArn }: ListenerSpec,
  groups: readonly EndpointGroupSpec[],
): Step<'accelerator'> {
  return {
    id: 'accelerator',
    kind: 'accelerator',
    act: 'wait',
    title: 'accelerator deployed',
    desired: { acceleratorArn },
    needs: {},
    after: [LISTENER, ...groups.map(endpointGroupStep)],
  };
}
