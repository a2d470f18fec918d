// A listener of AWS Global Accelerator. It belongs to an accelerator that others own, and holds its endpoint groups.
import type { Members } from '../json/plain-members.ts';
import { keyOf, portsKey } from './natural-key.ts';
import type { KindTraits } from './traits.ts';

const acceleratorOf = ({ acceleratorArn }: Members) => `accelerator/${acceleratorArn}`;

export const listener: KindTraits = {
  cloud: 'aws',
  part: 'listener',
  functionName: 'listener',
  naturalKey: desired => `${keyOf(desired, 'acceleratorArn', 'protocol')}/${portsKey(desired['portRanges'])}`,
  queue: acceleratorOf,
  lane: acceleratorOf,
  container: ({ acceleratorArn }) => acceleratorArn,
  foreignDependents: true,
  replacement: 'gap',
  usualSeconds: 5,
};
