// The order of a step at every cloud change: it writes the intent, reads the job, calls, writes the outcome. The test
// observes the table and the wire. Its jobs have one lane and one step at a time, so each read of the job belongs to
// the step that calls next.
import assert from 'node:assert/strict';
import type { Entry } from '@gatehouse/core/record/ledger';
import { type Call, createWorld, type Fault, type World } from '../world/world.ts';
import { MUTATING } from './invariants.ts';
import { errorsOf, exampleNamed, sweep } from './sweep.ts';

type Happening = { at: number } & (
  | { what: 'call'; call: Call }
  | { what: 'job read' }
  | { what: 'step begins' }
  | { what: 'entry written'; step: string; entry: Entry }
);

type Spec = Record<string, unknown>;

interface Scene {
  name: string;
  /** What its jobs ask for, one after another; the last one meets the faults. */
  requests: Spec[];
  faults?: Fault[];
  ends: string;
}

const voice = exampleNamed('voice-udp') as Spec & { listener: Spec; endpointGroups: Spec[] };
const metrics = exampleNamed('metrics-lambda') as Spec & { targetGroups: Spec[] };

const inPlace = {
  ...voice,
  operation: 'update',
  listener: { ...voice.listener, clientAffinity: 'NONE' },
  endpointGroups: voice.endpointGroups.map(group => ({ ...group, trafficDialPercentage: 7 })),
};
const otherFunction = {
  ...metrics,
  operation: 'update',
  targetGroups: metrics.targetGroups.map(group => ({
    ...group,
    tags: { owner: 'payments' },
    targets: [{ id: 'arn:aws:lambda:eu-west-1:123456789012:function:invoices' }],
  })),
  options: { allowInterruption: true },
};
const denied = (service: string, operation: string, after = 0) => {
  return { service, operation, after, fault: 'error', times: 1, error: errorsOf(service).denied };
};

const SCENES: Scene[] = [
  ...waysOf('voice-udp', denied('globalaccelerator', 'DescribeAccelerator', 1)),
  ...waysOf('metrics-lambda', denied('vpc-lattice', 'RegisterTargets')),
  ...waysOf('app-cookie', denied('elasticloadbalancing', 'SetLoadBalancerPoliciesOfListener')),
  ...waysOf('game-udp', denied('ga', 'CreateEndpointGroup')),
  { name: 'an update in place', requests: [voice, inPlace], ends: 'SUCCEEDED' },
  {
    name: 'an update in place that is taken back',
    requests: [voice, inPlace],
    faults: [denied('globalaccelerator', 'DescribeAccelerator', 1)],
    ends: 'ROLLED_BACK',
  },
  { name: 'another function', requests: [metrics, otherFunction], ends: 'SUCCEEDED' },
];

function waysOf(example: string, fault: Fault): Scene[] {
  const spec = exampleNamed(example) as Spec;
  const removal = { operation: 'remove', entryPoint: spec['entryPoint'] };
  return [
    { name: example, requests: [spec], ends: 'SUCCEEDED' },
    { name: `${example}, taken back`, requests: [spec], faults: [fault], ends: 'ROLLED_BACK' },
    { name: `the removal of ${example}`, requests: [spec, removal], ends: 'SUCCEEDED' },
  ];
}

sweep(
  'around every change a step writes its intent, reads the job, calls, and writes the outcome',
  SCENES,
  async ({ name, requests, faults = [], ends }) => {
    const world = createWorld({}, name);
    const traced = tracing(world);
    const statuses: string[] = [];
    for (const [at, request] of requests.entries()) {
      if (at === requests.length - 1) await world.faults(faults);
      const { job } = await world.finish((await world.submit(request, `key-${at}`)).id);
      statuses.push(job.status);
    }
    const happenings = await traced();
    const changes = happenings.flatMap((each, at) => (isChange(each) ? [at] : []));
    for (const at of changes) assertOrder(happenings, at);
    assert.deepEqual(statuses, requests.map(() => 'SUCCEEDED').with(-1, ends));
    assert.ok(changes.length > 0, 'something is changed');
  },
);

function assertOrder(happenings: Happening[], at: number): void {
  const change = happenings[at];
  assert.ok(change?.what === 'call');
  const { operation, at: when } = change.call;
  const label = `${operation} at ${when}`;
  const before = happenings.slice(0, at);
  const read = before.findLastIndex(({ what }) => what === 'job read');
  const intentAt = before.findLastIndex(({ what }) => what === 'entry written');
  const intent = before[intentAt];
  assert.ok(intent?.what === 'entry written', `${label}: there is an intent`);
  assert.ok(intentAt < read, `${label}: the job is read between the intent and the call`);
  const lastChange = before.findLastIndex(isChange);
  const written = before.slice(lastChange + 1).filter(({ what }) => what === 'entry written');
  const least = lastChange < 0 ? 1 : 2;
  assert.ok(written.length >= least, `${label}: the change before has its outcome, and this one its intent`);
  assert.ok(isIntent(intent.entry), `${label}: the intent says so: ${JSON.stringify(intent.entry)}`);
  const { act, before: image } = intent.entry;
  assert.ok(act !== 'update' || image !== null, `${label}: the intent has the before-image`);

  const outcome = happenings.slice(at + 1).find(({ what }) => what !== 'call');
  assert.ok(outcome?.what === 'entry written', `${label}: the outcome is written first of all`);
  assert.equal(outcome.step, intent.step, `${label}: the outcome is of the same step`);
  assert.ok(!isInDoubt(outcome.entry), `${label}: the outcome is known: ${JSON.stringify(outcome.entry)}`);
}

/** The first call of what it makes or updates; a later call of the same; a removal. */
function isIntent({ state, updates, undo }: Entry): boolean {
  return state === 'intended' || updates > 0 || undo !== undefined;
}

/** A removal is done once a read says so. */
function isInDoubt({ state, act }: Entry): boolean {
  return state === 'intended' && act !== 'delete';
}

function isChange(happening: Happening): boolean {
  return happening.what === 'call' && MUTATING.test(happening.call.operation);
}

/** Gives all that has happened so far. No time passes at the table: what is written after an answer is as late as it. */
function tracing(world: World): () => Promise<Happening[]> {
  const { store } = world;
  const { get, many, put } = store;
  const atTable: Happening[] = [];
  const at = () => world.now().getTime();
  store.get = async key => {
    if (key.sk === 'JOB') atTable.push({ at: at(), what: 'job read' });
    return get(key);
  };
  // Everything that a call of a step begins from, the job too, in one read.
  store.many = async keys => {
    if (keys.some(({ sk }) => sk === 'JOB')) atTable.push({ at: at(), what: 'step begins' });
    return many(keys);
  };
  store.put = async (key, value, version, index) => {
    const [, step] = key.sk.split('LEDGER#');
    if (step) atTable.push({ at: at(), what: 'entry written', step, entry: value as Entry });
    return put(key, value, version, index);
  };
  return async () => {
    const calls = (await world.calls()).map((call): Happening => {
      return { at: Date.parse(call.at), what: 'call', call };
    });
    return [...calls, ...atTable].toSorted((a, b) => a.at - b.at);
  };
}
