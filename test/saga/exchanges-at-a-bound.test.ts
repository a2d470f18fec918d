// Every bounded collection of the clouds at its bound: items are exchanged, rolled back and removed. Items that leave first are an
// interruption, which must be allowed; a plan says so, or warns of the peak where the bound may have been raised.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createWorld, type World } from '../world/world.ts';
import { EXCHANGES, type Exchange, planOf, provisioned } from './bounds.ts';
import {
  allowed,
  type Baseline,
  baselineOf,
  deathsOf,
  faultsOf,
  meaningIn,
  refusalAtLast,
  runExchange,
} from './exchanges.ts';
import { sweep } from './sweep.ts';

const baselines: Baseline[] = [];
for (const exchange of EXCHANGES) baselines.push(await baselineOf(exchange));

for (const baseline of baselines) {
  const { exchange, before, after } = baseline;
  const { name, from, others } = exchange;

  test(`at the bound, planned, rolled back, exchanged and removed: ${name}`, async () => {
    const world = createWorld();
    await others?.(world);
    const initial = await world.picture();
    await provisioned(world, from);
    await assertPlans(world, exchange);
    await world.faults([refusalAtLast(baseline)]);
    const failed = await world.finish((await world.submit(allowed(exchange), 'second')).id);
    assert.equal(failed.job.status, 'ROLLED_BACK', JSON.stringify(failed.job.leftovers));
    assert.deepEqual(await meaningIn(world), before);
    const { job } = await world.finish((await world.submit(allowed(exchange), 'third')).id);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    assert.deepEqual(await meaningIn(world), after);
    const removal = { operation: 'remove', entryPoint: from.entryPoint };
    const removed = await world.finish((await world.submit(removal, 'removal')).id);
    assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.leftovers));
    world.pass(3600);
    assert.equal(await world.picture(), initial);
  });
}

async function assertPlans(world: World, { to, fixed, fits }: Exchange): Promise<void> {
  const asked = { ...to, operation: 'update' };
  const refused = await planOf(world, asked);
  const permitted = await planOf(world, { ...asked, options: { allowInterruption: true } });
  assert.deepEqual(permitted.findings, []);
  assert.equal(permitted.interruptions.length > 0, !fits, permitted.interruptions.join());
  if (fits) return;
  const ways = /set options.allowInterruption: true.*, or drop the old one in a separate update first$/;
  const text = fixed ? refused.findings.map(({ detail }) => detail) : refused.warnings;
  assert.ok(
    text.some(each => ways.test(each)),
    text.join(),
  );
}

// Every one in full/exchanges.sweep.ts.
const short = baselines.filter(({ exchange }) => !exchange.isLong);
const sampleOf = <T>(cases: T[], every: number) => cases.filter((_, index) => index % every === 0);
const deaths = (await Promise.all(short.map(deathsOf))).flat();
sweep('a fault at a call of an exchange at a bound', sampleOf(short.flatMap(faultsOf), 11), runExchange);
sweep('a death at a write of an exchange at a bound', sampleOf(deaths, 97), runExchange);
