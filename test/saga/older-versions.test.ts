// A deployment meets jobs that an older version of the code has begun: from whatever moment it takes over, with the
// plan and the ledger as that version wrote them, each of them still runs to its end. What test/fixtures/record.ts
// recorded is put in the table, and what the ledger says stands is made in the clouds; their ids are of today.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ask } from '@gatehouse/core/ask';
import { type Job, jobIndex } from '@gatehouse/core/job';
import type { Entry } from '@gatehouse/core/ledger';
import type { Plan } from '@gatehouse/core/plan';
import { type EntryPoint, entryPointIndex } from '@gatehouse/core/records';
import type { Recorded } from '../fixtures/record.ts';
import { createWorld, type World } from '../world/world.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { sweep } from './sweep.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');

const ENDS: Record<string, string> = {
  'heads-its-lines': 'SUCCEEDED',
  started: 'SUCCEEDED',
  planned: 'SUCCEEDED',
  'first-intent': 'SUCCEEDED',
  'half-made': 'SUCCEEDED',
  'all-applied': 'SUCCEEDED',
  'in-the-inventory': 'SUCCEEDED',
  'succeeded-in-its-lines': 'SUCCEEDED',
  marked: 'ROLLED_BACK',
  'turned-back': 'ROLLED_BACK',
  'half-undone': 'ROLLED_BACK',
  'rollback-failed': 'ROLLED_BACK',
};

interface Fixture {
  name: string;
  recorded: Recorded;
  ends: string | undefined;
}

const fixtures = readdirSync(FIXTURES)
  .filter(version => version.startsWith('plan-'))
  .flatMap(version => readdirSync(join(FIXTURES, version)).map(file => fixtureIn(version, file)));

sweep('a job begun by an older version runs to its end', fixtures, async ({ name, recorded, ends }) => {
  assert.ok(ends, `${name} is a moment that this test knows`);
  const world = createWorld({}, name);
  const before = await pictureBefore(world);
  await restore(world, recorded);
  if (name.endsWith('rollback-failed'))
    await ask(world.ports(), recorded.jobId, { verb: 'retry', by: 'test' });
  const dossier = await world.finish(recorded.jobId);
  assert.equal(dossier.job.status, ends, JSON.stringify(dossier.job.problem));
  await assertInvariants(world, before, dossier);
});

function fixtureIn(version: string, file: string): Fixture {
  const moment = file.replace('.json', '');
  const recorded = JSON.parse(readFileSync(join(FIXTURES, version, file), 'utf8')) as Recorded;
  return { name: `${version}, ${moment}`, recorded, ends: ENDS[moment] };
}

async function restore(world: World, recorded: Recorded): Promise<void> {
  const { items } = recorded;
  const plan = items.find(item => item.sk === 'PLAN')?.value as Plan | undefined;
  const entries = items.filter(item => item.sk.startsWith('LEDGER#')).map(item => item.value as Entry);
  const ids = plan ? await makeWhatStands(world, plan, entries) : new Map<string, string>();
  // The longest first: an endpoint group's id begins with its listener's.
  const longestFirst = [...ids].toSorted(([a], [b]) => b.length - a.length);
  const text = longestFirst.reduce((all, [then, now]) => all.replaceAll(then, now), JSON.stringify(items));
  const { store } = world.ports();
  for (const { pk, sk, value } of JSON.parse(text) as Recorded['items']) {
    const index =
      sk === 'JOB'
        ? jobIndex(value as Job)
        : sk === 'ENTRYPOINT'
          ? entryPointIndex(value as EntryPoint)
          : undefined;
    await store.put({ pk, sk }, value, 0, index);
  }
  world.pass(Math.max(0, (Date.parse(recorded.at) - world.now().getTime()) / 1000));
}

/** Cloud ids as recorded, and as they are now. */
async function makeWhatStands(world: World, plan: Plan, entries: Entry[]): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  const now = new Map<string, string>();
  for (const step of plan.steps) {
    const entry = entries.find(each => each.step === step.id);
    if (!entry?.id || (entry.state !== 'made' && entry.state !== 'applied')) continue;
    const needed = Object.entries(step.needs).map(([member, needs]) => [member, now.get(needs)]);
    const desired = { ...step.desired, ...Object.fromEntries(needed) };
    // Its group has to be active first.
    if (step.kind === 'targets') world.pass(60);
    const resource = world.ports().resource(step.kind);
    const id = resource.idOf(await resource.create?.(desired, entry.token, entry.before));
    ids.set(entry.id, id);
    now.set(step.id, id);
  }
  return ids;
}
