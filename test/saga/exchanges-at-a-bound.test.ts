// Every bounded collection of the clouds at its bound: items are exchanged, rolled back and removed. Items that leave first are an
// interruption, which must be allowed; a plan says so, or warns of the peak where the bound may have been raised.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { pictureOf } from '@gatehouse/twins/shared/picture';
import { createWorld, type World } from '../world/world.ts';
import { EXCHANGES, type Exchange, planOf, provisioned, updated } from './bounds.ts';
import { withoutIds } from './changes.ts';
import { errorsOf } from './sweep.ts';

for (const exchange of EXCHANGES) {
  const { name, from, to, others, service, creates } = exchange;
  const options = { ...(exchange.deadlineSeconds ? { deadlineSeconds: exchange.deadlineSeconds } : {}) };
  const allowed = { ...to, options: { ...options, ...(exchange.fits ? {} : { allowInterruption: true }) } };

  test(`at the bound: ${name}`, async () => {
    const world = createWorld();
    await others?.(world);
    const initial = await world.picture();
    await provisioned(world, { ...from, options });
    const before = await world.picture();
    await assertPlans(world, exchange);

    // Refused at the last call that creates something: everything comes back.
    const rehearsal = createWorld();
    await others?.(rehearsal);
    await provisioned(rehearsal, { ...from, options });
    const { job: done, operations } = await updated(rehearsal, allowed);
    assert.equal(done.status, 'SUCCEEDED', JSON.stringify(done.problem));
    const last = operations.filter(operation => operation === creates).length - 1;
    await world.faults([
      { service, operation: creates, after: last, fault: 'error', times: 1, error: errorsOf(service).denied },
    ]);
    const failed = await updated(world, allowed);
    assert.equal(
      failed.job.status,
      'ROLLED_BACK',
      JSON.stringify([failed.job.problem, failed.job.leftovers]),
    );
    world.pass(3600);
    assert.deepEqual(meaningOf(await world.picture()), meaningOf(before), 'as before, but for ids');

    const { job } = await updated(world, allowed, 'third');
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.problem));
    const removal = { operation: 'remove', entryPoint: from.entryPoint, options };
    const removed = await world.finish((await world.submit(removal, 'removal')).id);
    assert.equal(removed.job.status, 'SUCCEEDED', JSON.stringify(removed.job.leftovers));
    world.pass(3600);
    assert.equal(await world.picture(), initial);
  });
}

async function assertPlans(world: World, { to, fixed, fits }: Exchange): Promise<void> {
  const asked = { ...to, operation: 'update' };
  const refused = await planOf(world, asked);
  const allowed = await planOf(world, { ...asked, options: { allowInterruption: true } });
  assert.deepEqual(allowed.findings, []);
  assert.equal(allowed.interruptions.length > 0, !fits, allowed.interruptions.join());
  if (fits) return;
  const ways = /set options.allowInterruption: true.*, or drop the old one in a separate update first$/;
  const text = fixed ? refused.findings.map(({ detail }) => detail) : refused.warnings;
  assert.ok(
    text.some(each => ways.test(each)),
    text.join(),
  );
}

/** Ids of what was deleted and made again differ. */
function meaningOf(picture: string): unknown {
  const text = picture
    .replaceAll(/\b(epg|frule|lsr)-[0-9a-z]+/g, '$1-id')
    .replaceAll(/endpoint-group\/[0-9a-f]+/g, 'endpoint-group/id');
  return withoutIds(Object(pictureOf(JSON.parse(text))));
}
