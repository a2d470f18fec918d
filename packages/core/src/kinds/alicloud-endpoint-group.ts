// An endpoint group of an Alibaba Cloud listener, default or virtual. Others can put endpoints of their own into it.
import { instanceOf } from './alicloud-listener.ts';
import type { KindTraits } from './traits.ts';

export const alicloudEndpointGroup: KindTraits = {
  cloud: 'alicloud',
  part: 'endpointGroups',
  functionName: 'alicloud-endpoint-group',
  parents: { listenerId: 'alicloudListener' },
  lane: instanceOf,
  oneAtATime: true,
  foreignDependents: true,
  instructions: ['dropped', 'droppedTags'],
  usualSeconds: 30,
};
