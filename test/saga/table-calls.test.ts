// The cost of a job in table calls, and the table calls around each change of a cloud. A read is one GetItem,
// BatchGetItem or Query, whatever its size; a write is one PutItem or DeleteItem. Polls, calls of a step that has
// answered pending before, are counted apart.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobKey } from '@gatehouse/core/record/records';
import { createWorld, type SeenCall } from '../world/world.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

interface Counted {
  reads: number;
  writes: number;
}

async function callsOf(value: unknown): Promise<SeenCall[]> {
  const seen: SeenCall[] = [];
  const world = createWorld({ onCall: call => seen.push(call) });
  const { id } = await world.submit(value);
  const { job } = await world.finish(id);
  assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
  return seen;
}

function count(calls: readonly SeenCall[]): Counted {
  const of = (kind: SeenCall['kind']) => calls.filter(call => call.kind === kind).length;
  return { reads: of('read'), writes: of('write') };
}

function assertAtMost(counted: Counted, { reads, writes }: Counted, what: string): void {
  assert.ok(counted.reads <= reads, `${what}: ${counted.reads} reads, at most ${reads}`);
  assert.ok(counted.writes <= writes, `${what}: ${counted.writes} writes, at most ${writes}`);
}

const BOUNDS: [example: string, bounds: Counted][] = [
  ['checkout-edge', { reads: 30, writes: 38 }],
  ['metrics-lambda', { reads: 18, writes: 19 }],
  ['app-cookie', { reads: 19, writes: 23 }],
];

for (const [example, bounds] of BOUNDS) {
  test(`${example} costs at most ${bounds.reads} reads and ${bounds.writes} writes, and one of each for a poll`, async () => {
    const seen = await callsOf(exampleNamed(example));
    assertAtMost(count(seen.filter(({ poll }) => !poll)), bounds, example);
    const polls = Map.groupBy(
      seen.filter(({ poll }) => poll),
      ({ invocation }) => invocation,
    );
    for (const calls of polls.values())
      assertAtMost(count(calls), { reads: 1, writes: 1 }, `${calls[0]?.by}`);
  });
}

test('accepting a request takes 8 calls with one queue, and at most 3 more for each further one', async () => {
  for (const [example, queues] of [
    ['metrics-lambda', 1],
    ['app-cookie', 2],
    ['checkout-edge', 3],
  ] as const) {
    const accepting = (await callsOf(exampleNamed(example))).filter(({ by }) => by === '');
    const { reads, writes } = count(accepting);
    assert.ok(reads + writes <= 8 + 3 * (queues - 1), `${example}: ${reads + writes} calls`);
  }
});

const MUTATING = /^(Create|Update|Delete|Add|Remove|Register|Deregister|Tag|Untag|Set|Associate|Dissociate)/;

/** An entry point made, changed in every kind, rolled back and removed. */
async function whole(): Promise<{ seen: SeenCall[]; operations: Map<string, string> }> {
  const seen: SeenCall[] = [];
  const world = createWorld({ onCall: call => seen.push(call) });
  const checkout = exampleNamed('checkout-edge') as Record<string, Record<string, unknown>[]>;
  const run = async (value: unknown, key: string, status: string) => {
    const { id } = await world.submit(value, key);
    const { job } = await world.finish(id);
    assert.equal(job.status, status, JSON.stringify(job.problem));
    world.pass(3600);
  };
  await run(checkout, 'made', 'SUCCEEDED');
  const changed = structuredClone(checkout);
  Object.assign(changed['listener'] ?? {}, { clientAffinity: 'NONE' });
  Object.assign(changed['endpointGroups']?.[0] ?? {}, { trafficDialPercentage: 0 });
  Object.assign(changed['stickinessPolicies']?.[0] ?? {}, { cookieExpirationPeriod: 60 });
  const fault = { service: 'globalaccelerator', operation: 'UpdateEndpointGroup', fault: 'error', times: 1 };
  const error = { code: 'AccessDeniedException', status: 403, message: 'not allowed' };
  await world.faults([{ ...fault, error }]);
  await run({ ...changed, operation: 'update' }, 'back', 'ROLLED_BACK');
  await run({ ...changed, operation: 'update' }, 'changed', 'SUCCEEDED');
  await run({ operation: 'remove', entryPoint: 'checkout-edge' }, 'removed', 'SUCCEEDED');
  const operations = new Map((await world.calls()).map(({ n, operation }) => [String(n), operation]));
  return { seen, operations };
}

test('the fence comes right before every cloud change, the intent before it, the outcome after it', async () => {
  const { seen, operations } = await whole();
  const changes = seen.filter(
    ({ kind, key }) => kind === 'cloud' && MUTATING.test(operations.get(key) ?? ''),
  );
  assert.ok(changes.length > 20, `${changes.length} changes`);
  for (const change of changes) {
    const own = seen.filter(({ invocation }) => invocation === change.invocation);
    const at = own.indexOf(change);
    const what = `${change.by}: ${operations.get(change.key)}`;
    const before = own.slice(0, at).filter(({ kind }) => kind !== 'cloud');
    const [fence, intent] = before.toReversed();
    assert.match(
      `${fence?.kind} ${fence?.key}`,
      /^read JOB#\S+ JOB$/,
      `${what}: the job is read right before`,
    );
    assert.match(
      `${intent?.kind} ${intent?.key}`,
      /^write JOB#\S+ LEDGER#/,
      `${what}: the intent is written`,
    );
    const between = own.slice(own.indexOf(fence ?? change) + 1, at);
    const isLook = ({ kind, key }: SeenCall) => kind === 'cloud' && !MUTATING.test(operations.get(key) ?? '');
    assert.ok(between.every(isLook), `${what}: between the fence and the change, only the cloud is read`);
    const outcome = own.slice(at + 1).find(({ kind }) => kind === 'write');
    assert.match(String(outcome?.key), /^JOB#\S+ LEDGER#/, `${what}: the outcome is written`);
  }
});

/** What DynamoDB takes of one partition of an index in a second, and the jobs that are to be served in it: docs/deploy.md. */
const PARTITION_UNITS = 1000;
const JOBS_PER_SECOND = 300;
const SHARDS = 16;

for (const [example, ...ended] of [
  ['checkout-edge', 'SUCCEEDED'],
  ['shop-accelerator', 'SUCCEEDED'],
  ['checkout-edge', 'ROLLED_BACK', 'CreateEndpointGroup'],
] as const) {
  test(`300 jobs a second like ${example}, ${ended[0]}, take less than a shard of an index takes`, async () => {
    const [status, operation] = ended;
    const world = createWorld();
    if (operation) {
      const error = errorsOf('globalaccelerator').denied;
      await world.faults([{ service: 'globalaccelerator', operation, fault: 'error', error, times: 1 }]);
    }
    const { id } = await world.submit(exampleNamed(example));
    assert.equal((await world.finish(id)).job.status, status);
    const stored = await world.store.get(jobKey(id));
    assert.ok(stored);
    // The size grows from write to write. A change of the status writes twice: away from its key, and to the next one.
    const units = Math.ceil(Buffer.byteLength(JSON.stringify(stored.value)) / 1024);
    const writes = stored.version + stored.value.events.length;
    const perShard = (JOBS_PER_SECOND * writes * units) / SHARDS;
    assert.ok(perShard < PARTITION_UNITS, `${writes} writes of ${units} units: ${perShard} units a second`);
  });
}
