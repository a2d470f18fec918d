// A certificate of an Alibaba Cloud HTTPS listener for an additional domain. The documentation does not define its fate when the
// listener changes to another protocol. So it is removed before that change, and a rollback adds it again.
import type { Step } from '../record/plan.ts';
import type { AlicloudListenerSpec } from '../request/alicloud/listener.ts';
import { MAX_ADDITIONAL_CERTIFICATES } from '../request/alicloud/listener-members.ts';
import { instanceOf, USUAL_CHANGE_SECONDS } from './alicloud-listener.ts';
import { collectionOf } from './collections.ts';
import type { Beforehand, ParentUpdate } from './decision.ts';
import { protocolChangeOf, removedBefore } from './protocol-change.ts';
import type { KindTraits } from './traits.ts';
import { named } from './uses.ts';
import { LISTENER, wanted } from './wanted.ts';

export const additionalCertificate: KindTraits<'additionalCertificate'> = {
  cloud: 'alicloud',
  part: 'listener',
  steps: ({ listener }) => (listener ? stepsOf(listener) : []),
  uses: ({ listener }) =>
    (listener?.additionalCertificates ?? []).map(({ id }, at) =>
      named('certificates', id, ['listener', 'additionalCertificates', at, 'id']),
    ),
  parents: { listenerId: 'alicloudListener' },
  lane: instanceOf,
  oneAtATime: true,
  replacement: 'in place',
  countsIn: ({ acceleratorId }) => ({ [collectionOf.certificates(acceleratorId)]: 1 }),
  beforeParentUpdate,
  bounds: { additionalCertificates: MAX_ADDITIONAL_CERTIFICATES },
  usualSeconds: USUAL_CHANGE_SECONDS,
};

function beforeParentUpdate(update: ParentUpdate): Beforehand {
  const { from, to } = protocolChangeOf(update) ?? {};
  if (from !== 'HTTPS') return {};
  return removedBefore(update.dependents, update, {
    from,
    reason: `a listener of ${to} has no certificates`,
  });
}

function stepsOf({
  acceleratorId,
  additionalCertificates,
}: AlicloudListenerSpec): Step<'additionalCertificate'>[] {
  return additionalCertificates.map(({ domain, id }, index) =>
    wanted('additionalCertificate', {
      id: `certificate-${domain.toLowerCase()}`,
      title: `certificate of ${domain}`,
      desired: { acceleratorId, domain, certificateId: id },
      part: `/listener/additionalCertificates/${index}`,
      needs: { listenerId: LISTENER },
    }),
  );
}
