// A certificate that an Alibaba Cloud listener of HTTPS has for one more domain.
import { instanceOf } from './alicloud-listener.ts';
import type { KindTraits } from './traits.ts';

export const additionalCertificate: KindTraits = {
  cloud: 'alicloud',
  part: 'listener',
  functionName: 'additional-certificate',
  parents: { listenerId: 'alicloudListener' },
  lane: instanceOf,
  oneAtATime: true,
  usualSeconds: 30,
};
