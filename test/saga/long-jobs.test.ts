// A job of many steps that a cloud takes one at a time, a minute each: 57 steps, all within the default quotas. With default options
// it is provisioned, rolled back from its last call, and removed, without a person. Time limits end what makes no progress.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { performAction } from '@gatehouse/core/api/act';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { getJob } from '@gatehouse/functions/api/get-job';
import { got, posted, told } from '../functions/api-cases.ts';
import { createWorld, type World } from '../world/world.ts';
import { denied, run } from './alicloud-run.ts';
import { MINUTES, outage } from './outages.ts';
import { errorsOf } from './sweep.ts';

const NAMES = Array.from({ length: 25 }, (_, at) => at);
const RULES = 20;

/** One listener, 25 certificates, 11 groups and 20 rules. */
const LONG = {
  operation: 'provision',
  entryPoint: 'long',
  cloud: 'alicloud',
  listener: {
    acceleratorId: 'ga-bp1arcade5n8r2v6y3j0',
    protocol: 'HTTPS',
    portRanges: [{ fromPort: 443, toPort: 443 }],
    certificates: [{ id: '4490001-cn-hangzhou' }],
    additionalCertificates: NAMES.map(at => ({ domain: `d${at}.example.com`, id: '4490002-cn-hangzhou' })),
  },
  endpointGroups: [group({}), ...NAMES.slice(0, 10).map(at => group({ type: 'virtual', name: `v${at}` }))],
  forwardingRules: NAMES.slice(0, RULES).map(at => ({
    name: `rule-${at}`,
    priority: at + 1,
    ruleConditions: [{ type: 'Path', values: [`/p${at}/*`] }],
    ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'v0' }],
  })),
};
const STEPS = 57;
const REMOVAL = { operation: 'remove', entryPoint: 'long', cloud: 'alicloud' };

function group(of: object): object {
  return { region: 'cn-hangzhou', endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.1' }], ...of };
}

/** The last call of the job is refused. */
const REFUSED = { ...denied('CreateForwardingRules'), after: RULES - 1 };
const BUSY = { ...denied('DeleteEndpointGroup', 1_000_000), error: errorsOf('ga').broken };
const SIX_HOURS = { deadlineSeconds: 21_600 };
const USUAL_SECONDS = (STEPS + 1) * 90;

test('a job of 57 steps, a minute each, is provisioned and removed with default options', async () => {
  const world = createWorld();
  const before = await world.picture();
  const { job, plan } = await run(world, LONG, 'made');
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  assert.equal(plan?.steps.length, STEPS);
  const removed = await run(world, REMOVAL, 'removed');
  assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));
  assert.equal(await world.picture(), before);
});

test('it is rolled back from its last call', async () => {
  const world = createWorld();
  const before = await world.picture();
  await world.faults([REFUSED]);
  const { job } = await run(world, { ...LONG, options: SIX_HOURS }, 'refused');
  assert.equal(job.problem?.code, 'AccessDenied');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  assert.equal(await world.picture(), before);
});

test('it is rolled back when it is cancelled after its last call', async () => {
  const cancelling: { world?: World; id?: string } = {};
  let calls = 0;
  const world = createWorld({
    crash({ name, act }) {
      if (name !== 'forwarding-rule' || act !== 'apply' || ++calls !== 100) return undefined;
      const asking = { action: 'cancel', by: '123456789012/user/alice' } as const;
      if (cancelling.id) void performAction(world.ports(), cancelling.id, asking);
      return undefined;
    },
  });
  const before = await world.picture();
  cancelling.id = (await world.submit({ ...LONG, options: SIX_HOURS }, 'cancelled')).id;
  const { job } = await world.finish(cancelling.id);
  world.pass(3600);
  assert.equal(job.problem?.code, 'Cancelled');
  assert.equal(job.status, 'ROLLED_BACK', JSON.stringify(job.leftovers));
  assert.equal(await world.picture(), before);
});

for (const [what, operation] of [
  ['a rollback', 'undo'],
  ['a removal', 'apply'],
] as const) {
  test(`${what} of it goes on after a crash of all functions an hour after its begin`, async () => {
    let began: number | undefined;
    const bad = outage({
      from({ act, step = '', at }) {
        if (act !== operation || (act === 'apply' && !step.startsWith('remove-'))) return false;
        began ??= at;
        return at > began + 55 * MINUTES;
      },
      lastsMs: 30 * MINUTES,
    });
    const world = createWorld({ ...bad, schedule: true });
    const before = await world.picture();
    await world.faults(operation === 'undo' ? [REFUSED] : []);
    const { job } = await run(world, { ...LONG, options: SIX_HOURS }, 'made');
    const last = operation === 'undo' ? job : (await run(world, REMOVAL, 'removed')).job;
    assert.ok(bad.crashes() > 10);
    assert.equal(
      last.status,
      operation === 'undo' ? 'ROLLED_BACK' : 'SUCCEEDED',
      JSON.stringify(last.leftovers),
    );
    assert.equal(await world.picture(), before);
  });
}

test('a rollback that is stuck in its middle ends an hour after its last progress', async () => {
  const world = createWorld({ schedule: true });
  await world.faults([REFUSED, BUSY]);
  const { job, ledger } = await run(world, { ...LONG, options: SIX_HOURS }, 'stuck');
  assert.equal(job.status, 'ROLLBACK_FAILED');
  const undone = [...ledger.values()].filter(({ state }) => state === 'undone').map(({ since }) => since);
  assert.ok(undone.length > 15, `${undone.length} steps`);
  const seconds = (Date.parse(String(job.endedAt)) - Math.max(...undone.map(at => Date.parse(at)))) / 1000;
  assert.ok(seconds >= 3600 && seconds < 3600 + 600, `${seconds} s`);
});

test('a removal that is stuck in its middle ends as long after its last progress as its deadline says', async () => {
  const world = createWorld({ schedule: true });
  await run(world, LONG, 'made');
  await world.faults([BUSY]);
  const { job, ledger } = await run(world, { ...REMOVAL, options: { deadlineSeconds: 900 } }, 'stuck');
  assert.equal(job.status, 'REMOVE_FAILED');
  assert.match(String(job.problem?.message), /not finished within 900 seconds, and without progress since/);
  const gone = [...ledger.values()].filter(({ state }) => state === 'applied').map(({ since }) => since);
  assert.ok(gone.length > 15, `${gone.length} steps`);
  const seconds = (Date.parse(String(job.endedAt)) - Math.max(...gone.map(at => Date.parse(at)))) / 1000;
  assert.ok(seconds >= 900 && seconds < 900 + 300, `${seconds} s`);
});

test('the deadline that a request does not name follows from the plan, and both show it', async () => {
  const world = createWorld();
  const plan = await createPlan(world.ports(), posted(LONG));
  assert.deepEqual(
    ['usualSeconds', 'deadlineSeconds'].map(name => told(plan, name)),
    [USUAL_SECONDS, 2 * USUAL_SECONDS],
  );
  assert.doesNotMatch(String(told(plan, 'warnings')), /deadlineSeconds/);
  const { job } = await run(world, LONG, 'made');
  const view = await getJob(world.ports(), got(job.id));
  assert.equal(told(view, 'deadlineSeconds'), 2 * USUAL_SECONDS);
  assert.equal(Date.parse(String(job.deadlineAt)) - Date.parse(String(job.startedAt)), 2000 * USUAL_SECONDS);
});

test('a plan that its deadline usually ends says so, with a deadline that fits', async () => {
  const world = createWorld();
  const plan = await createPlan(world.ports(), posted({ ...LONG, options: { deadlineSeconds: 3600 } }));
  assert.equal(told(plan, 'deadlineSeconds'), 3600);
  assert.equal(
    [told(plan, 'warnings')].flat().at(-1),
    'this usually takes 5220 seconds, and after deadlineSeconds, 3600 seconds, the job rolls back; set options.deadlineSeconds to 10440, or omit it',
  );
});
