// The sweep over the example: whatever befalls whichever call or write, the job ends as asked or the clouds are as
// before. Each case is a world of its own, in memory and on virtual time.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { parse } from 'yaml';
import { createWorld, type Fault, type Misfortune } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';

const example: unknown = parse(readFileSync('examples/checkout-edge.yaml', 'utf8'));
const SERVICE = 'globalaccelerator';

const CREATES = [
  { operation: 'CreateListener', after: 0 },
  { operation: 'CreateEndpointGroup', after: 0 },
  { operation: 'CreateEndpointGroup', after: 1 },
];
const DELETES = [
  { operation: 'DeleteEndpointGroup', after: 0 },
  { operation: 'DeleteEndpointGroup', after: 1 },
  { operation: 'DeleteListener', after: 0 },
];
const READS = [
  'DescribeAccelerator',
  'ListListeners',
  'ListEndpointGroups',
  'DescribeListener',
  'DescribeEndpointGroup',
];

const denied = { code: 'AccessDeniedException', status: 403, message: 'not allowed' };
const invalid = { code: 'InvalidArgumentException', status: 400, message: 'no such thing' };
const throttled = { code: 'ThrottlingException', status: 400, message: 'slow down' };
const broken = { code: 'InternalServiceErrorException', status: 500, message: 'try again' };
const busy = { code: 'TransactionInProgressException', status: 409, message: 'in progress' };

/** Every reading of the accelerator after the preflight's fails for good: everything made is taken back. */
const turnBack: Fault = {
  service: SERVICE,
  operation: 'DescribeAccelerator',
  fault: 'error',
  after: 1,
  times: 1000,
  error: denied,
};

interface Case {
  faults?: Fault[];
  misfortune?: Misfortune;
  switches?: object;
  ends: string | string[];
}

async function run({ faults = [], misfortune = {}, switches, ends }: Case) {
  const world = createWorld(misfortune);
  if (switches) await world.switches({ [SERVICE]: switches });
  const before = await pictureBefore(world);
  await world.faults(faults);
  const job = await world.submit(example);
  const dossier = await world.finish(job.id);
  for (const fault of await world.reached()) {
    assert.ok(fault.reached > 0, `the planned fault was reached: ${JSON.stringify(fault)}`);
  }
  assert.ok(
    [ends].flat().includes(dossier.job.status),
    `${dossier.job.status}: ${JSON.stringify(dossier.job.problem)}`,
  );
  await assertInvariants(world, before, dossier);
  return { world, dossier };
}

const at = (
  place: { operation: string; after: number },
  fault: Omit<Fault, 'service' | 'operation'>,
): Fault => ({
  service: SERVICE,
  ...place,
  ...fault,
});

for (const place of CREATES) {
  const name = `${place.operation} #${place.after + 1}`;

  test(`${name}: an error for good before it rolls the job back`, async () => {
    await run({ faults: [at(place, { fault: 'error', times: 1, error: invalid })], ends: 'ROLLED_BACK' });
    await run({ faults: [at(place, { fault: 'error', times: 1, error: denied })], ends: 'ROLLED_BACK' });
  });

  test(`${name}: a quota is never tried again`, async () => {
    const quota = { code: 'LimitExceededException', status: 403, message: 'no more' };
    const { world } = await run({
      faults: [at(place, { fault: 'error', times: 9, error: quota })],
      ends: 'ROLLED_BACK',
    });
    const asked = (await world.calls()).filter(call => call.error === quota.code);
    assert.equal(asked.length, 1);
  });

  test(`${name}: its answer lost, it is found and not made again`, async () => {
    await run({ faults: [at(place, { fault: 'lostAnswer', times: 1 })], ends: 'SUCCEEDED' });
  });

  test(`${name}: carried out late, when its second try has forgotten the token, it is one object`, async () => {
    const faults = [
      at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 }),
      at({ ...place, after: place.after + 1 }, { fault: 'forgetTokens', times: 1 }),
    ];
    const { world } = await run({ faults, ends: 'SUCCEEDED' });
    assert.ok(
      (await world.calls()).some(call => call.late && !call.changed),
      'the late one found its place taken',
    );
  });

  test(`${name}: dropped three times, it is made in the end`, async () => {
    await run({ faults: [at(place, { fault: 'dropRequest', times: 3 })], ends: 'SUCCEEDED' });
  });

  for (const error of [throttled, broken, busy]) {
    test(`${name}: ${error.code} three times rolls nothing back`, async () => {
      await run({ faults: [at(place, { fault: 'error', times: 3, error })], ends: 'SUCCEEDED' });
    });
  }

  test(`${name}: carried out late, it is one object`, async () => {
    await run({ faults: [at(place, { fault: 'lateCreate', times: 1, delayMs: 20_000 })], ends: 'SUCCEEDED' });
  });

  test(`${name}: carried out late, while the job turns back, it is found by the second look`, async () => {
    const faults = [
      at(place, { fault: 'lateCreate', times: 1, delayMs: 40_000 }),
      // The next try is throttled, which settles nothing about the first; then it fails for good.
      at({ ...place, after: 0 }, { fault: 'error', times: 1, error: throttled }),
      at({ ...place, after: 0 }, { fault: 'error', times: 1, error: denied }),
    ];
    const { world } = await run({ faults, ends: 'ROLLED_BACK' });
    const late = (await world.calls()).filter(call => call.late);
    assert.equal(late.filter(call => call.changed).length, 1, 'the late call was carried out');
  });

  test(`${name}: an accelerator that never settles rolls the job back at its limit`, async () => {
    const { dossier } = await run({ faults: [at(place, { fault: 'stuck', times: 1 })], ends: 'ROLLED_BACK' });
    assert.equal(dossier.job.problem?.code, 'NotStabilized');
  });
}

for (const place of DELETES) {
  const name = `undo, ${place.operation} #${place.after + 1}`;

  for (const fault of ['lostAnswer', 'dropRequest'] as const) {
    test(`${name}: ${fault} is answered by looking again`, async () => {
      await run({ faults: [turnBack, at(place, { fault, times: 1 })], ends: 'ROLLED_BACK' });
    });
  }

  for (const error of [throttled, broken, busy]) {
    test(`${name}: ${error.code} three times leaves nothing behind`, async () => {
      await run({ faults: [turnBack, at(place, { fault: 'error', times: 3, error })], ends: 'ROLLED_BACK' });
    });
  }

  test(`${name}: an error for good is named with exactly what is left`, async () => {
    const { dossier } = await run({
      faults: [turnBack, at(place, { fault: 'error', times: 1, error: denied })],
      ends: 'ROLLBACK_FAILED',
    });
    const [first] = dossier.job.left ?? [];
    assert.ok(
      dossier.job.left?.some(left => left.problem.code === 'AccessDenied'),
      JSON.stringify(first),
    );
  });
}

for (const operation of READS) {
  for (const error of [throttled, broken]) {
    test(`${operation}: ${error.code} three times changes nothing about the end`, async () => {
      const fault = { service: SERVICE, operation, fault: 'error', times: 3, error };
      const reachedForward = !operation.startsWith('Describe') || operation === 'DescribeAccelerator';
      if (reachedForward) await run({ faults: [fault], ends: 'SUCCEEDED' });
      else await run({ faults: [turnBack, fault], ends: 'ROLLED_BACK' });
    });
  }
}

test('every step called twice makes one object, forward and backward', async () => {
  await run({ misfortune: { twice: true }, ends: 'SUCCEEDED' });
  await run({ misfortune: { twice: true }, faults: [{ ...turnBack, after: 2 }], ends: 'ROLLED_BACK' });
});

for (const [direction, faults, ends] of [
  ['forward', [], ['SUCCEEDED']],
  // Where Begin is the one that dies, its second look at the accelerator meets the fault: nothing was changed yet.
  ['backward', [turnBack], ['ROLLED_BACK', 'FAILED']],
] as const) {
  for (const when of ['before', 'after'] as const) {
    test(`${direction}: a Lambda that dies right ${when} any one write is made up for`, async () => {
      const counted = await run({ faults: [...faults], ends: [...ends] });
      const total = counted.world.writes();
      assert.ok(total > 20, `there are writes to die at: ${total}`);
      for (let n = 1; n <= total; n++) {
        let died = false;
        const dieAtWrite = (write: number) => {
          if (write !== n) return undefined;
          died = true;
          return when;
        };
        await run({ faults: [...faults], misfortune: { dieAtWrite }, ends: [...ends] });
        assert.ok(died, `write ${n} was reached`);
      }
    });
  }
}

for (const [name, value] of [
  ['staleDescribeReads', 3],
  ['notFoundAfterCreateReads', 2],
  ['transactionInProgress', 'endpoints'],
  ['clientErrorStatus', 'flat400'],
  ['tokenMismatch', 'replay'],
] as const) {
  test(`the unsure fact ${name} = ${value} changes nothing about the end`, async () => {
    await run({ switches: { [name]: value }, ends: 'SUCCEEDED' });
    await run({ switches: { [name]: value }, faults: [turnBack], ends: ['ROLLED_BACK'] });
  });
}

test('a duplicate run of the same seed is the same run', async () => {
  const [one, two] = [await run({ ends: 'SUCCEEDED' }), await run({ ends: 'SUCCEEDED' })];
  assert.deepEqual(await one.world.calls(), await two.world.calls());
});
