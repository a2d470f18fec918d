// A request as large as a body can be is served like any other: its records are kept in as many items as they need, and no
// event and no state of the machine outgrows what AWS takes.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { MAX_BODY_BYTES } from '@gatehouse/core/json/body';
import { boundsOf, HISTORY_EVENTS } from '@gatehouse/core/record/history';
import { PLAN_VERSION, type Plan, type Step } from '@gatehouse/core/record/plan';
import { walkOf } from '@gatehouse/core/saga/walk-phase';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { getEntryPoint } from '@gatehouse/functions/api/get-entry-point';
import { getJob } from '@gatehouse/functions/api/get-job';
import { apiRequest, got, posted, told } from '../functions/api-cases.ts';
import { createWorld, type World } from '../world/world.ts';
import { errorsOf } from './sweep.ts';

const MAX_EVENT_BYTES = 256 * 1024;
/** Of Step Functions. */
const MAX_STATE_BYTES = 256 * 1024;
/** Of an answer of Lambda. */
const MAX_ANSWER_BYTES = 6 * 1024 * 1024;

const GROUPS = 20;
const TAGS = 40;

/** 20 target groups whose every tag is as long as the body permits; `letter` is all that differs between two of them. */
function request(operation: string, letter: string) {
  const tags = Object.fromEntries(
    Array.from({ length: TAGS }, (_, at) => [`tag-${at}`, `${at}`.padEnd(220, letter)]),
  );
  const targetGroups = Array.from({ length: GROUPS }, (_, at) => ({
    name: `large-${at}`,
    region: 'eu-west-1',
    type: 'LAMBDA',
    config: { lambdaEventStructureVersion: 'V2' },
    tags,
    targets: [],
  }));
  return { operation, entryPoint: 'large-one', targetGroups };
}

const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

async function assertWithinLimits(world: World, jobId: string): Promise<void> {
  for (const event of await world.told()) assert.ok(bytesOf(event) < MAX_EVENT_BYTES);
  const job = await getJob(world.ports(), got(jobId));
  assert.equal(job.status, 200);
  assert.ok(bytesOf(job.body) < MAX_ANSWER_BYTES);
}

async function changed(world: World, value: object, key: string, ends: string): Promise<string> {
  const { id } = await world.submit(value, key);
  const { job } = await world.finish(id);
  assert.equal(job.status, ends, JSON.stringify(job.problem));
  await assertWithinLimits(world, id);
  return id;
}

test('a body of the largest size is provisioned, changed in every member, rolled back and removed', async () => {
  const first = request('provision', 'a');
  const size = bytesOf(first);
  assert.ok(size > 0.9 * MAX_BODY_BYTES && size <= MAX_BODY_BYTES, `${size} bytes`);
  const world = createWorld();
  await changed(world, first, 'first', 'SUCCEEDED');

  const update = request('update', 'b');
  const plan = await createPlan(world.ports(), posted(update));
  assert.equal(plan.status, 200, JSON.stringify(plan.body));
  assert.ok(bytesOf(plan.body) < MAX_ANSWER_BYTES);
  const planned = await world.submit(update, 'second', String(told(plan, 'planHash')));
  assert.equal((await world.finish(planned.id)).job.status, 'SUCCEEDED');
  await assertWithinLimits(world, planned.id);

  const error = errorsOf('vpc-lattice').denied;
  await world.faults([{ service: 'vpc-lattice', operation: 'TagResource', fault: 'error', error, times: 1 }]);
  await changed(world, request('update', 'c'), 'third', 'ROLLED_BACK');

  const entryPoint = await getEntryPoint(
    world.ports(),
    apiRequest({ method: 'GET', parameters: { name: 'large-one' } }),
  );
  assert.equal(entryPoint.status, 200);
  await changed(world, { operation: 'remove', entryPoint: 'large-one' }, 'fourth', 'SUCCEEDED');
});

test('the state of the machine holds the longest walk', () => {
  const id = (at: number) => `${at}`.padEnd(255, 's');
  const { part } = boundsOf(HISTORY_EVENTS);
  const all = Array.from({ length: part }, (_, at) => at);
  const needs = (at: number) =>
    Object.fromEntries([1, 2, 3].map(each => [`member${each}`, id((at + each) % part)]));
  // The state has no desired members; its longest entry is of the kind with the longest name.
  const [kind, desired] = ['alicloudEndpointGroup', {} as Step<'alicloudEndpointGroup'>['desired']] as const;
  const steps = all.map(
    (at): Step => ({ id: id(at), kind, act: 'create', title: '', desired, needs: needs(at) }),
  );
  const lanes = all.map(at => [[id(at)]]);
  const plan: Plan = { version: PLAN_VERSION, steps, lanes: { forward: lanes } };
  const next = walkOf(
    { jobId: 'job-1', attempt: 1 },
    { plan },
    { phase: 'forward', lanes, part: 0, steps: 0 },
  );
  assert.equal(next.steps, part);
  assert.ok(bytesOf(next) < MAX_STATE_BYTES, `${bytesOf(next)} bytes`);
});
