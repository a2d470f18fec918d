// What only Classic ELB's policies and their attachments do, beyond the contract.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CreateLoadBalancerPolicyCommand } from '@aws-sdk/client-elastic-load-balancing';
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { policyAttachmentResource } from '@gatehouse/clouds/classic-elb/policy-attachment';
import { stickinessPolicyResource } from '@gatehouse/clouds/classic-elb/stickiness-policy';
import { createWorld, type World } from '../world/world.ts';
import {
  desiredAttachment,
  desiredPolicy,
  FOREIGN_POLICY,
  OUR_POLICY,
  strangerOf,
  TLS_POLICY,
  WEB,
} from './elb-fixtures.ts';
import { foreignElb, wireOf } from './foreign-clients.ts';

const TOKEN = '';
const SET = 'SetLoadBalancerPoliciesOfListener';
const DESCRIBE = 'DescribeLoadBalancers';

const policiesOf = (world: World) => stickinessPolicyResource(classicElbClients(wireOf(world)));
const attachmentsOf = (world: World) => policyAttachmentResource(classicElbClients(wireOf(world)));

test('a period of 0 is none: the browser’s session, and no drift whichever of them was meant', async () => {
  for (const cookieExpirationPeriod of [0, undefined]) {
    const world = createWorld();
    const policies = policiesOf(world);
    const desired = { ...desiredPolicy(), ...desiredPolicy({ cookieExpirationPeriod }) };
    const { cookieExpirationPeriod: _, ...session } = desired;
    await policies.create?.(
      cookieExpirationPeriod === 0 ? { ...session, cookieExpirationPeriod } : session,
      TOKEN,
    );
    const read = await policies.read(session, undefined);
    assert.ok(read);
    assert.deepEqual(policies.drift(session, read), []);
    assert.deepEqual(policies.drift({ ...session, cookieExpirationPeriod: 0 }, read), []);
    assert.deepEqual(policies.drift({ ...session, cookieExpirationPeriod: 1 }, read), [
      'cookieExpirationPeriod',
    ]);
    const [sent] = (await world.calls()).filter(call => call.operation.startsWith('Create'));
    assert.equal(sent?.request['CookieExpirationPeriod'], undefined, 'a 0 is not sent, as it may be refused');
  }
});

test('a policy of an application’s cookie drifts by name and by kind', async () => {
  const world = createWorld();
  const policies = policiesOf(world);
  const desired = desiredPolicy({ cookieExpirationPeriod: undefined, cookieName: 'SESSION' });
  const made = await policies.create?.(desired, TOKEN);
  assert.ok(made);
  assert.deepEqual(policies.drift(desired, made), []);
  assert.deepEqual(policies.drift({ ...desired, cookieName: 'session' }, made), ['cookieName']);
  assert.deepEqual(policies.drift(desiredPolicy(), made), ['policyTypeName']);
});

for (const createSameAgain of ['refuse', 'accept']) {
  test(`a policy created again is one policy, where the API would ${createSameAgain} it`, async () => {
    const world = createWorld();
    await world.switches({ elasticloadbalancing: { createSameAgain } });
    const policies = policiesOf(world);
    await policies.create?.(desiredPolicy(), TOKEN);
    const standing = await world.picture();
    const again = async () => policies.create?.(desiredPolicy(), TOKEN);
    if (createSameAgain === 'refuse') await assert.rejects(again, { code: 'AlreadyExists', outcome: 'none' });
    else await again();
    assert.equal(await world.picture(), standing);
  });
}

for (const deleteAbsentPolicy of ['accept', 'PolicyNotFound']) {
  test(`a policy that does not exist counts as removed, if the API answers ${deleteAbsentPolicy}`, async () => {
    const world = createWorld();
    await world.switches({ elasticloadbalancing: { deleteAbsentPolicy } });
    await policiesOf(world).remove?.('', desiredPolicy(), null);
    await policiesOf(world).remove?.('', desiredPolicy({ loadBalancerName: 'gone' }), null);
  });
}

test('a policy that is still enabled is not deleted: ResourceConflict, and its ports are named', async () => {
  const world = createWorld();
  const policies = policiesOf(world);
  const made = await policies.create?.(desiredPolicy(), TOKEN);
  assert.ok(made);
  await strangerOf(world).set(443, TLS_POLICY, OUR_POLICY);
  await strangerOf(world).set(80, OUR_POLICY);
  await assert.rejects(async () => policies.remove?.(made.id, desiredPolicy(), null), {
    name: 'TerminalError',
    code: 'ResourceConflict',
  });
  assert.deepEqual(await policies.foreignDependents?.(desiredPolicy(), made), [
    `port 443 of ${WEB}`,
    `port 80 of ${WEB}`,
  ]);
  assert.ok(await policies.read(desiredPolicy(), undefined));
});

/** Our policy is there, and on no port yet. */
async function bench(changes: object = {}) {
  const world = createWorld();
  await policiesOf(world).create?.(desiredPolicy(), TOKEN);
  const attachments = attachmentsOf(world);
  const desired = desiredAttachment(changes);
  const attach = async () => {
    const before = await attachments.before?.(desired);
    await attachments.create?.(desired, TOKEN);
    return before;
  };
  const detach = async (before: unknown) => attachments.remove?.('', desired, before);
  return { world, attachments, desired, attach, detach, stranger: strangerOf(world) };
}

const ON_8443 = { loadBalancerPorts: [8443], replace: true };

test('a TLS policy stays on its port when ours is set and when it is taken off', async () => {
  const { attach, detach, stranger } = await bench();
  const before = await attach();
  assert.deepEqual(await stranger.policiesOn(443), [OUR_POLICY, TLS_POLICY]);
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(443), [TLS_POLICY]);
});

test('a port without any policy has ours, and then none', async () => {
  const { attach, detach, stranger } = await bench({ loadBalancerPorts: [80] });
  const before = await attach();
  assert.deepEqual(await stranger.policiesOn(80), [OUR_POLICY]);
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(80), []);
});

test('a port that has our policy already, by a call whose answer came late, is given it once', async () => {
  const { world, attach, stranger } = await bench();
  await world.switches({ elasticloadbalancing: { policyTwice: 'refuse' } });
  await attach();
  await attach();
  assert.deepEqual(await stranger.policiesOn(443), [OUR_POLICY, TLS_POLICY]);
});

test('a cookie policy of others is not taken off without replace, and nothing is sent', async () => {
  const { world, attach, stranger } = await bench({ loadBalancerPorts: [8443] });
  await assert.rejects(attach, { name: 'TerminalError', code: 'ResourceConflict', message: /legacy-sticky/ });
  assert.deepEqual(await stranger.policiesOn(8443), [FOREIGN_POLICY, TLS_POLICY]);
  assert.deepEqual(
    (await world.calls()).filter(call => call.operation === SET),
    [],
  );
});

test('a replaced cookie policy is put back in the place of ours, and the TLS policy stays throughout', async () => {
  const { world, attach, detach, stranger } = await bench(ON_8443);
  const picture = await world.picture();
  const before = await attach();
  assert.deepEqual(await stranger.policiesOn(8443), [OUR_POLICY, TLS_POLICY].toSorted());
  await detach(before);
  assert.equal(await world.picture(), picture);
});

test('a replaced cookie policy that was deleted meanwhile is not put back', async () => {
  const { attach, detach, stranger } = await bench(ON_8443);
  const before = await attach();
  await stranger.remove(FOREIGN_POLICY);
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(8443), [TLS_POLICY]);
});

test('a foreign cookie policy that replaced ours stays, and the one before is not restored', async () => {
  const { world, attach, detach, stranger } = await bench(ON_8443);
  const before = await attach();
  await stranger.create('theirs-now');
  await stranger.set(8443, TLS_POLICY, 'theirs-now');
  const sets = (await world.calls()).filter(call => call.operation === SET).length;
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(8443), ['theirs-now', TLS_POLICY].toSorted());
  assert.equal((await world.calls()).filter(call => call.operation === SET).length, sets, 'nothing is set');
});

test('a TLS policy that others have removed meanwhile is not restored', async () => {
  const { attach, detach, stranger } = await bench();
  const before = await attach();
  await stranger.set(443, OUR_POLICY);
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(443), []);
});

test('a port or a load balancer that is gone has nothing of ours to take off', async () => {
  const { world, attachments } = await bench();
  for (const changes of [{ loadBalancerPorts: [81] }, { loadBalancerName: 'gone' }]) {
    await attachments.remove?.('', desiredAttachment(changes), null);
    await assert.rejects(async () => attachments.create?.(desiredAttachment(changes), TOKEN), {
      code: 'NotFound',
    });
  }
  assert.deepEqual(
    (await world.calls()).filter(call => call.operation === SET),
    [],
  );
});

/** Attachments whose wire somebody listens to: they act right after our n-th call of an operation. */
function overheard(world: World, act: (operation: string, nth: number) => Promise<unknown> | undefined) {
  const { requestHandler, credentials } = wireOf(world);
  const counts = new Map<string, number>();
  const handler: typeof requestHandler = {
    ...requestHandler,
    handle: async (request, options) => {
      const answer = await requestHandler.handle(request, options);
      const operation = /Action=(\w+)/.exec(String(request.body))?.[1] ?? '';
      const nth = (counts.get(operation) ?? 0) + 1;
      counts.set(operation, nth);
      await act(operation, nth);
      return answer;
    },
  };
  return policyAttachmentResource(classicElbClients({ requestHandler: handler, credentials }));
}

test('a list that others overwrite between our set and our read-back is busy, and is set again from its current state', async () => {
  const { world, desired, stranger } = await bench();
  await stranger.create('theirs');
  const attachments = overheard(world, (operation, nth) =>
    operation === SET && nth <= 2 ? stranger.set(443, TLS_POLICY) : undefined,
  );
  for (let times = 0; times < 2; times++) {
    await assert.rejects(async () => attachments.create?.(desired, TOKEN), {
      name: 'RetryableError',
      code: 'Busy',
    });
    assert.equal(await attachments.read(desired, undefined), undefined);
  }
  await attachments.create?.(desired, TOKEN);
  assert.deepEqual(await stranger.policiesOn(443), [OUR_POLICY, TLS_POLICY]);
});

test('policies that others set between two attempts are merged, not overwritten', async () => {
  const { world, desired, stranger } = await bench(ON_8443);
  await stranger.create('theirs');
  const attachments = overheard(world, (operation, nth) =>
    operation === SET && nth === 1 ? stranger.set(8443, FOREIGN_POLICY) : undefined,
  );
  await assert.rejects(async () => attachments.create?.(desired, TOKEN), { code: 'Busy' });
  await attachments.create?.(desired, TOKEN);
  assert.deepEqual(
    await stranger.policiesOn(8443),
    [OUR_POLICY],
    'the TLS policy that they took off stays off',
  );
});

test('a policy that came onto the port after the before-image was read is not taken off until it is in it', async () => {
  const { world, attachments, desired, detach, stranger } = await bench(ON_8443);
  const earlier = await attachments.before?.(desired);
  await stranger.create('theirs');
  await stranger.set(8443, TLS_POLICY, 'theirs');
  const sets = (await world.calls()).filter(call => call.operation === SET).length;
  await assert.rejects(async () => attachments.create?.(desired, TOKEN, earlier), {
    name: 'RetryableError',
    code: 'Busy',
    outcome: 'none',
  });
  assert.equal((await world.calls()).filter(call => call.operation === SET).length, sets, 'nothing is set');
  const before = await attachments.before?.(desired, earlier);
  await attachments.create?.(desired, TOKEN, before);
  await detach(before);
  assert.deepEqual(
    await stranger.policiesOn(8443),
    ['theirs', TLS_POLICY].toSorted(),
    'the latest is put back',
  );
});

test('a before-image that is read again keeps the policies that a first call may have removed', async () => {
  const { attachments, desired, attach, detach, stranger } = await bench(ON_8443);
  const earlier = await attach();
  const before = await attachments.before?.(desired, earlier);
  await detach(before);
  assert.deepEqual(await stranger.policiesOn(8443), [FOREIGN_POLICY, TLS_POLICY]);
});

test('a policy that was set and cannot be read back right after is of unknown outcome', async () => {
  for (const code of ['DependencyThrottle', 'Throttling', 'AccessDenied']) {
    const { world, attachments, desired, stranger } = await bench();
    const error = { code, status: 400, message: 'not now' };
    const readBack = {
      service: 'elasticloadbalancing',
      operation: DESCRIBE,
      fault: 'error',
      times: 1,
      error,
    };
    await world.faults([{ ...readBack, after: 1 }]);
    await assert.rejects(async () => attachments.create?.(desired, TOKEN), { outcome: 'unknown' }, code);
    assert.deepEqual(await stranger.policiesOn(443), [OUR_POLICY, TLS_POLICY]);
  }
});

test('the gap between our read and our set, in which others can set a policy, is reported', async () => {
  const { world, desired, stranger } = await bench(ON_8443);
  await stranger.create('theirs');
  let heard = 0;
  const attachments = overheard(world, operation => {
    if (operation !== DESCRIBE || ++heard !== 2) return undefined;
    return stranger.set(8443, TLS_POLICY, 'theirs');
  });
  // It was on another port when we first looked.
  await stranger.set(80, 'theirs');
  const before = await attachments.before?.(desired);
  await stranger.set(80);
  await attachments.create?.(desired, TOKEN);
  const read = await attachments.read(desired, undefined);
  assert.ok(read);
  const notices = attachments.notices?.(desired, read, before) ?? [];
  assert.equal(notices.length, 1);
  assert.match(notices[0] ?? '', /policy theirs of checkout-classic is no longer set on any port/);
});

const SUCCESSOR = 'checkout-sticky-2';

/** Our policy is on 443 beside the TLS policy, and another of ours is there to take its place. */
async function successor() {
  const { world, attachments, attach, stranger } = await bench();
  await attach();
  await policiesOf(world).create?.(desiredPolicy({ policyName: SUCCESSOR }), TOKEN);
  const desired = { ...desiredAttachment({ policyName: SUCCESSOR }), inPlaceOf: OUR_POLICY };
  const before = await attachments.before?.(desired);
  const setsBefore = (await world.calls()).filter(call => call.operation === SET).length;
  const sets = async () => (await world.calls()).filter(call => call.operation === SET).slice(setsBefore);
  return { world, attachments, desired, before, stranger, sets };
}

test('another policy of ours takes the place of ours in one call, also where nothing may be replaced', async () => {
  const { attachments, desired, before, stranger, sets } = await successor();
  assert.equal(desired.replace, false);
  const made = await attachments.create?.(desired, TOKEN, before);
  assert.ok(made);
  assert.deepEqual(attachments.snapshot?.(made), { policies: [SUCCESSOR, TLS_POLICY] });
  assert.deepEqual(
    attachments.notices?.(desired, made, before),
    [],
    'what it replaced is no trace of others',
  );
  assert.equal((await sets()).length, 1);
  assert.deepEqual(await stranger.policiesOn(443), [SUCCESSOR, TLS_POLICY]);
});

test('its undo restores the policy of ours that it replaced, in one call, unless that policy was deleted', async () => {
  for (const gone of [false, true]) {
    const { attachments, desired, before, stranger, sets } = await successor();
    await attachments.create?.(desired, TOKEN, before);
    if (gone) await stranger.remove(OUR_POLICY);
    await attachments.remove?.('', desired, before);
    assert.equal((await sets()).length, 2);
    assert.deepEqual(await stranger.policiesOn(443), gone ? [TLS_POLICY] : [OUR_POLICY, TLS_POLICY]);
  }
});

test('a TLS policy that came onto the port meanwhile stays, when ours takes the place and when it gives it back', async () => {
  const { world, attachments, desired, before, stranger } = await successor();
  await foreignElb(world).send(
    new CreateLoadBalancerPolicyCommand({
      LoadBalancerName: WEB,
      PolicyName: 'tls-2026',
      PolicyTypeName: 'SSLNegotiationPolicyType',
      PolicyAttributes: [{ AttributeName: 'Protocol-TLSv1.2', AttributeValue: 'true' }],
    }),
  );
  await stranger.set(443, 'tls-2026', OUR_POLICY);
  await attachments.create?.(desired, TOKEN, before);
  assert.deepEqual(await stranger.policiesOn(443), [SUCCESSOR, 'tls-2026']);
  await attachments.remove?.('', desired, before);
  assert.deepEqual(await stranger.policiesOn(443), [OUR_POLICY, 'tls-2026']);
});

test('it does not replace a foreign policy that came onto the port instead of ours', async () => {
  const { attachments, desired, stranger, sets } = await successor();
  await stranger.set(443, TLS_POLICY, FOREIGN_POLICY);
  await assert.rejects(
    async () => attachments.create?.(desired, TOKEN, await attachments.before?.(desired)),
    { code: 'ResourceConflict', message: new RegExp(FOREIGN_POLICY) },
  );
  assert.equal((await sets()).length, 1, 'only theirs');
});

test('our policy is taken off a port that others set it on, and everything else on that port stays', async () => {
  const { world, stranger } = await bench();
  const policies = policiesOf(world);
  await stranger.set(8443, TLS_POLICY, OUR_POLICY);
  const read = await policies.read(desiredPolicy(), undefined);
  assert.ok(read);
  await stranger.set(80, OUR_POLICY);
  await policies.deleteForeign?.(desiredPolicy(), read, ['port 8443 of checkout-classic']);
  assert.deepEqual(await stranger.policiesOn(8443), [TLS_POLICY]);
  assert.deepEqual(await policies.foreignDependents?.(desiredPolicy(), read), [
    'port 80 of checkout-classic',
  ]);
});

test('the image of a policy names its kind and what it holds, and of a session nothing more', async () => {
  for (const [changes, image] of [
    [{}, { policyTypeName: 'LBCookieStickinessPolicyType', cookieExpirationPeriod: 3600 }],
    [{ cookieExpirationPeriod: undefined }, { policyTypeName: 'LBCookieStickinessPolicyType' }],
    [
      { cookieExpirationPeriod: undefined, cookieName: 'SESSION' },
      { policyTypeName: 'AppCookieStickinessPolicyType', cookieName: 'SESSION' },
    ],
  ] as const) {
    const policies = policiesOf(createWorld());
    await policies.create?.(desiredPolicy(changes), TOKEN);
    const read = await policies.read(desiredPolicy(changes), undefined);
    assert.ok(read);
    assert.deepEqual(policies.snapshot?.(read), image);
  }
});
