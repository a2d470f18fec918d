// An accelerator of AWS Global Accelerator, which others own: its step waits until it has deployed the changes of a listener.
import type { KindTraits } from './traits.ts';

export const accelerator: KindTraits = {
  cloud: 'aws',
  part: 'listener',
  functionName: 'accelerator',
  lane: ({ acceleratorArn }) => `accelerator/${acceleratorArn}`,
  replacement: 'in place',
  // It was seen to settle in one to five minutes.
  usualSeconds: 120,
};
