// A listener of Alibaba Cloud Global Accelerator. It belongs to an instance that others own, and holds its certificates,
// endpoint groups and forwarding rules. An instance takes one change at a time.
import type { Members } from '../json/plain-members.ts';
import { keyOf, portsKey } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

/** The lane of everything that an instance has, and the queue for it. */
export const instanceOf = ({ acceleratorId }: Members) => `instance/${acceleratorId}`;

export const alicloudListener: KindTraits = {
  cloud: 'alicloud',
  part: 'listener',
  functionName: 'alicloud-listener',
  naturalKey: desired => `${keyOf(desired, 'acceleratorId', 'protocol')}/${portsKey(desired['portRanges'])}`,
  queue: instanceOf,
  lane: instanceOf,
  oneAtATime: true,
  container: ({ acceleratorId }) => acceleratorId,
  foreignDependents: true,
  usualSeconds: 30,
};
