// A forwarding rule of an Alibaba Cloud listener of HTTP or HTTPS.
import { instanceOf } from './alicloud-listener.ts';
import type { KindTraits } from './traits.ts';

export const forwardingRule: KindTraits = {
  cloud: 'alicloud',
  part: 'forwardingRules',
  functionName: 'forwarding-rule',
  parents: { listenerId: 'alicloudListener' },
  references: { endpointGroupId: 'alicloudEndpointGroup' },
  lane: instanceOf,
  oneAtATime: true,
  usualSeconds: 30,
};
