// A plan says what a job of its request would meet besides the clouds: claims of other entry points, and queues.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { DeleteListenerCommand } from '@aws-sdk/client-global-accelerator';
import { MAX_JOBS_IN_QUEUE } from '@gatehouse/core/queue/room';
import { queueKey, readEntryPoint } from '@gatehouse/core/record/records';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import { submitJob } from '@gatehouse/functions/api/submit-job';
import { EDGE } from '../clouds/fixtures.ts';
import { createWorld, type World } from '../world/world.ts';

const CALLER = '123456789012/user/alice';

const edge = (entryPoint: string, more: object = {}) => ({
  operation: 'provision',
  entryPoint,
  listener: { acceleratorArn: EDGE, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
  ...more,
});

const posted = (value: unknown, key = 'key') => ({
  body: JSON.stringify(value),
  headers: { 'content-type': 'application/json', 'idempotency-key': key },
  caller: CALLER,
  parameters: {},
  query: {},
  method: 'POST',
  path: '/v1/jobs',
});

interface Told {
  code?: string;
  detail?: string;
  errors?: { detail: string }[];
  links?: object;
  warnings?: string[];
}

async function planned(world: World, value: unknown) {
  const { status, body } = await createPlan(world.ports(), posted(value));
  return { status, ...(body as Told) };
}

async function ended(world: World, value: unknown, key: string) {
  const { id } = await world.submit(value, key);
  return (await world.finish(id)).job;
}

test('a plan for what another entry point has claimed is refused like its job, by the title of the resource', async () => {
  const world = createWorld();
  assert.equal((await ended(world, edge('first'), 'first')).status, 'SUCCEEDED');
  const [listener] = (await readEntryPoint(world.store, 'first'))?.resources ?? [];
  await world.stranger().send(new DeleteListenerCommand({ ListenerArn: listener?.id }));
  const plan = await planned(world, edge('second'));
  const detail =
    'listener TCP 9443 belongs to entry point first; a resource can belong to only one entry point';
  assert.deepEqual([plan.status, plan.code], [409, 'PlanRefused']);
  assert.deepEqual(plan.errors, [{ pointer: '/listener', detail }]);
  const job = await ended(world, edge('second'), 'second');
  assert.deepEqual([job.status, job.problem?.code], ['FAILED', 'AlreadyExists']);
  assert.deepEqual(job.problem?.errors, plan.errors);
  assert.equal((await planned(world, edge('first', { operation: 'update' }))).status, 200, 'its own claim');
});

test('a plan for what a running job of another entry point is about to create is refused', async () => {
  const world = createWorld();
  const put = world.store.put;
  let plan: Awaited<ReturnType<typeof planned>> | undefined;
  world.store.put = async (key, value, version, index) => {
    const isFirst = !plan && key.sk.startsWith('LEDGER#');
    if (isFirst) {
      world.store.put = put;
      plan = await planned(world, edge('second'));
    }
    return put(key, value, version, index);
  };
  assert.equal((await ended(world, edge('first'), 'first')).status, 'SUCCEEDED');
  assert.equal(plan?.status, 409);
  assert.match(plan?.errors?.[0]?.detail ?? '', /^listener TCP 9443 belongs to entry point first;/);
});

test('a plan whose job would wait names each queue, and the job and the entry point that hold it', async () => {
  const world = createWorld();
  const error = { code: 'AccessDeniedException', status: 403, message: 'planned' };
  assert.equal((await ended(world, edge('first'), 'first')).status, 'SUCCEEDED');
  await world.faults([
    { service: 'globalaccelerator', operation: 'DeleteListener', fault: 'error', times: 1, error },
  ]);
  const stuck = await ended(world, { operation: 'remove', entryPoint: 'first' }, 'stuck');
  assert.equal(stuck.status, 'REMOVE_FAILED');
  const update = edge('first', { operation: 'update' });
  const { warnings } = await planned(world, update);
  const held = `The queue of entry-point/first is held by ${stuck.id} of entry point first, which is REMOVE_FAILED.`;
  assert.deepEqual(warnings, [
    `${held} If a job of this request began now, it would wait, and be planned after that.`,
  ]);
  const impatient = await planned(world, { ...update, options: { queueSeconds: 0 } });
  assert.match(impatient.warnings?.join() ?? '', /it would fail with QueueTimedOut/);
  const job = await ended(world, { ...update, options: { queueSeconds: 0 } }, 'impatient');
  assert.equal(job.problem?.code, 'QueueTimedOut');
});

test('a plan whose job would be refused by a full queue says so with the code and the text of the refusal', async () => {
  const world = createWorld();
  const name = `accelerator/${EDGE}`;
  const jobs = Array.from({ length: MAX_JOBS_IN_QUEUE }, (_, at) => `job-${at}`);
  await world.store.put(queueKey(name), { name, jobs }, 0);
  const { warnings = [] } = await planned(world, edge('first'));
  const { status, body } = await submitJob(world.ports(), posted(edge('first')));
  const refusal = body as Told;
  assert.deepEqual([status, refusal.code], [429, 'QueueFull']);
  assert.equal(
    warnings[0],
    `A job of this request would be refused at present with ${refusal.code}: ${refusal.detail}.`,
  );
});

test('a plan for an entry point that exists is refused like its job, with the job that made it', async () => {
  const world = createWorld();
  await ended(world, edge('first'), 'first');
  const plan = await planned(world, edge('first'));
  const { status, body } = await submitJob(world.ports(), posted(edge('first'), 'again'));
  const { code, detail, links } = body as Told;
  assert.equal(code, 'EntryPointExists');
  assert.deepEqual([plan.status, plan.code, plan.detail, plan.links], [status, code, detail, links]);
});
