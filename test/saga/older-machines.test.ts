// An execution keeps the definition with which it began, while its tasks call the present code: on every definition
// that ever existed, a job is provisioned, updated, removed and rolled back. test/fixtures/record-machine.ts recorded
// them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { type AnyFunctionName, FUNCTIONS, machine, OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { at } from '../core/requests.ts';
import { createWorld, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { errorsOf, exampleNamed } from './sweep.ts';

const FOLDER = join(import.meta.dirname, '..', 'fixtures', 'machines');
const EXAMPLE = exampleNamed('checkout-edge');

type Definition = (arnOf: (name: AnyFunctionName) => string) => unknown;

const isOurs = (name: string): name is AnyFunctionName => name in { ...FUNCTIONS, ...OLDER_FUNCTIONS };

function definitionIn(file: string): Definition {
  const text = readFileSync(join(FOLDER, file), 'utf8');
  return arnOf =>
    JSON.parse(text, (key, value) => (key === 'Resource' && isOurs(value) ? arnOf(value) : value));
}

/** As numbers: the tenth is after the ninth. */
const files = readdirSync(FOLDER).toSorted((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));

test('the newest of them is the machine of today; one that has changed is recorded, too', () => {
  const newest = definitionIn(files.at(-1) ?? '');
  const arnOf = (name: string) => `arn:${name}`;
  assert.deepEqual(newest(arnOf), JSON.parse(JSON.stringify(machine(arnOf))));
});

async function run(world: World, value: unknown, key: string) {
  const { id } = await world.submit(value, key);
  const jobRecord = await world.finish(id);
  world.pass(3600);
  return jobRecord;
}

for (const file of files) {
  const world = () => createWorld({}, 'saga', definitionIn(file));

  test(`on machine ${file} an entry point is made, changed and removed`, async () => {
    const old = world();
    const before = await pictureBefore(old);
    const made = await run(old, EXAMPLE, 'made');
    assert.equal(made.job.status, 'SUCCEEDED', JSON.stringify(made.job.problem));
    const changed = at(at(EXAMPLE, '/operation', 'update'), '/targetGroups', []);
    const updated = await run(old, changed, 'changed');
    assert.equal(updated.job.status, 'SUCCEEDED', JSON.stringify(updated.job.problem));
    const removed = await run(old, { operation: 'remove', entryPoint: 'checkout-edge' }, 'removed');
    assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.problem));
    assert.equal(await old.picture(), before.picture);
  });

  test(`on machine ${file} a failed job is rolled back`, async () => {
    const old = world();
    const before = await pictureBefore(old);
    const error = errorsOf('globalaccelerator').denied;
    await old.faults([
      {
        service: 'globalaccelerator',
        operation: 'CreateEndpointGroup',
        fault: 'error',
        times: 1,
        after: 1,
        error,
      },
    ]);
    const jobRecord = await run(old, EXAMPLE, 'failing');
    assert.equal(jobRecord.job.status, 'ROLLED_BACK', JSON.stringify(jobRecord.job.problem));
    await assertInvariants(old, before, jobRecord);
  });
}
