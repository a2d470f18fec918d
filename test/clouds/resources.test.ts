// The contract for every resource, one line each.
import { resourceContract } from './contract.ts';
import { appCookiePolicy, policyAttachment, stickinessPolicy } from './elb-fixtures.ts';
import { endpointGroup, listener } from './fixtures.ts';
import { targetGroup, targets } from './lattice-fixtures.ts';
import { updateContract } from './update-contract.ts';

for (const subject of [
  listener,
  endpointGroup,
  targetGroup,
  targets,
  stickinessPolicy,
  appCookiePolicy,
  policyAttachment,
]) {
  resourceContract(subject);
  updateContract(subject);
}

/** What AWS does not document, the other way round. */
const OTHERWISE = {
  globalaccelerator: {
    updateOmittedMember: 'reset',
    preservationInPlace: 'refuse',
    nlbPreservationDefault: 'on',
    preservationOff: 'absent',
    addPresentEndpoint: 'refuse',
    removeAbsentEndpoint: 'refuse',
  },
  'vpc-lattice': { updateOmittedMember: 'reset', zeroInHealthCheck: 'refuse', drainOfUnused: 'immediate' },
};

for (const subject of [listener, endpointGroup, targetGroup]) {
  updateContract({
    ...subject,
    name: `${subject.name} of a less forgiving API`,
    async fixture(world) {
      await world.switches(OTHERWISE);
      return subject.fixture(world);
    },
  });
}
