// The engine of the sweeps over exchanges at a bound: each is run once in peace; then a fault or a death is put at each of its
// places, and the clouds are compared with those of that run, or with those before it.
import assert from 'node:assert/strict';
import { pictureOf } from '@gatehouse/twins/shared/picture';
import { createWorld, type Fault, type LambdaFaults, type World } from '../world/world.ts';
import { type Exchange, provisioned } from './bounds.ts';
import { placesOf, withoutIds } from './changes.ts';
import { at, errorsOf, nameOf } from './sweep.ts';

/** The run in peace. */
export interface Baseline {
  exchange: Exchange;
  before: unknown;
  after: unknown;
  places: ReturnType<typeof placesOf>;
  /** Writes of the Lambdas, before the exchange and at its end. */
  writes: { before: number; after: number };
}

export interface ExchangeCase {
  name: string;
  baseline: Baseline;
  faults?: Fault[];
  lambdaFaults?: LambdaFaults;
  ends: string[];
}

/** The request of the exchange. */
export function allowed({ to, fits }: Exchange) {
  return { ...to, operation: 'update', options: fits ? {} : { allowInterruption: true } };
}

export async function baselineOf(exchange: Exchange): Promise<Baseline> {
  const { world, before, writes, calls } = await standing(exchange, {});
  const { job } = await world.finish((await world.submit(allowed(exchange), 'second')).id);
  assert.equal(job.status, 'SUCCEEDED', `${exchange.name}: ${JSON.stringify(job.problem)}`);
  const after = world.writes();
  const places = placesOf((await world.calls()).slice(calls));
  return { exchange, before, after: await meaningIn(world), places, writes: { before: writes, after } };
}

export async function runExchange({
  baseline,
  faults = [],
  lambdaFaults = {},
  ends,
}: ExchangeCase): Promise<World> {
  const { world } = await standing(baseline.exchange, lambdaFaults);
  await world.faults(faults);
  const { job } = await world.finish((await world.submit(allowed(baseline.exchange), 'second')).id);
  assert.ok(
    ends.includes(job.status),
    `it ended ${job.status}: ${JSON.stringify([job.problem, job.leftovers])}`,
  );
  if (job.status === 'SUCCEEDED') assert.deepEqual(await meaningIn(world), baseline.after, 'as asked');
  if (job.status === 'ROLLED_BACK') assert.deepEqual(await meaningIn(world), baseline.before, 'as before');
  return world;
}

async function standing(exchange: Exchange, lambdaFaults: LambdaFaults) {
  const world = createWorld(lambdaFaults, exchange.name);
  await exchange.others?.(world);
  await provisioned(world, exchange.from);
  const calls = (await world.calls()).length;
  return { world, before: await meaningIn(world), writes: world.writes(), calls };
}

/** A fault at each mutating call: refused for good, its answer lost, its request lost. */
export function faultsOf(baseline: Baseline): ExchangeCase[] {
  const { exchange, places } = baseline;
  return places.flatMap(place => {
    const denied = { fault: 'error', times: 1, error: errorsOf(place.service).denied };
    const name = `${exchange.name}, ${nameOf(place)}`;
    return [
      // A removal or the cleanup names what is left instead.
      {
        name: `${name} denied`,
        baseline,
        faults: [at(place, denied)],
        ends: ['ROLLED_BACK', 'REMOVE_FAILED'],
      },
      ...['lostAnswer', 'dropRequest'].map(fault => ({
        name: `${name} ${fault}`,
        baseline,
        faults: [at(place, { fault, times: 1 })],
        ends: ['SUCCEEDED'],
      })),
    ];
  });
}

/** A death before and after each write, on the way and, refused at the last call that turns it back, on the way back. */
export async function deathsOf(baseline: Baseline): Promise<ExchangeCase[]> {
  const { exchange, writes } = baseline;
  const faults = [refusalAtLast(baseline)];
  const back = await runExchange({ name: exchange.name, baseline, faults, ends: ['ROLLED_BACK'] });
  const deaths = (until: number, way: Omit<ExchangeCase, 'baseline'>) =>
    Array.from({ length: until - writes.before }, (_, index) => index).flatMap(index =>
      (['before', 'after'] as const).map(when => ({
        ...way,
        baseline,
        name: `${way.name}, death ${when} write ${index + 1}`,
        lambdaFaults: { dieAtWrite: (n: number) => (n === writes.before + index + 1 ? when : undefined) },
      })),
    );
  return [
    ...deaths(writes.after, { name: exchange.name, ends: ['SUCCEEDED'] }),
    // A death can take the refusal with it.
    ...deaths(back.writes(), { name: `${exchange.name}, back`, faults, ends: ['ROLLED_BACK', 'SUCCEEDED'] }),
  ];
}

/** Everything else of the exchange has been done by then, but for the cleanup. */
export function refusalAtLast({ exchange, places }: Baseline): Fault {
  const last = places.findLast(({ operation }) => operation === exchange.creates);
  assert.ok(last, `${exchange.name} has a ${exchange.creates}`);
  return at(last, { fault: 'error', times: 1, error: errorsOf(last.service).denied });
}

/** Ids of what was deleted and made again differ. */
export async function meaningIn(world: World): Promise<unknown> {
  world.pass(3600);
  const text = (await world.picture())
    .replaceAll(/\b(epg|frule|lsr)-[0-9a-z]+/g, '$1-id')
    .replaceAll(/(endpoint-group|listener)\/[0-9a-f]+/g, '$1/id');
  return withoutIds(Object(pictureOf(JSON.parse(text))));
}
