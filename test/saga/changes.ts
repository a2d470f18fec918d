// The changes of an existing entry point: every kind of update, and its removal; and the invariants after each,
// whatever the fault. The engine of its sweeps: an entry point is provisioned without faults, then the faults begin.
import assert from 'node:assert/strict';
import { type EntryPoint, type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { parseRequest, type Request } from '@gatehouse/core/request/request';
import { endpointTargets } from '@gatehouse/twins/global-accelerator/seed';
import { type Call, createWorld, type Fault, type LambdaFaults, type World } from '../world/world.ts';
import { addedIds, assertAsAsked, onAws } from './as-asked.ts';
import { eventsHaveNoGap, leftBehind, MUTATING } from './invariants.ts';
import { assertClaims, assertQueues } from './queues-and-claims.ts';
import { assertReached, exampleNamed, type Place } from './sweep.ts';

type Spec = Record<string, unknown>;

export interface Change {
  name: string;
  /** Provisioned first. */
  from: Spec;
  /** The request that changes it. */
  to: Spec;
}

export interface ChangeCase {
  name: string;
  change: Change;
  faults?: Fault[];
  switches?: Record<string, object>;
  /** `writes`: how many there were before the change began. */
  lambdaFaults?: (writes: number) => LambdaFaults;
  ends: string | string[];
  /** What happens until the change's job has ended; unsaid, nothing but the schedule. */
  until?: (world: World, jobId: string) => Promise<JobRecord>;
  also?: (ran: ChangeRan) => void | Promise<void>;
}

export interface ChangeRan {
  world: World;
  jobRecord: JobRecord;
  /** Calls of the change alone. */
  calls: Call[];
  writes: { before: number; after: number };
}

const REGION = 'eu-west-1';

/** The writes of provisioning are the same in every run of a change: they are counted once. */
const writesBefore = new Map<string, number>();

export async function runChange(planned: ChangeCase): Promise<ChangeRan> {
  const { change, lambdaFaults } = planned;
  const known = writesBefore.get(change.name);
  if (lambdaFaults && known === undefined) throw new Error(`${change.name} has had no run without faults`);
  const world = createWorld(lambdaFaults?.(known ?? 0), change.name);
  const stands = await standsOf(world, change);
  const writes = world.writes();
  writesBefore.set(change.name, writes);
  if (planned.switches) await world.switches(planned.switches);
  const callsBefore = (await world.calls()).length;
  await world.faults(planned.faults ?? []);
  const { id } = await world.submit(change.to, 'second');
  const jobRecord = await (planned.until ? planned.until(world, id) : world.finish(id));
  await assertReached(world, planned.faults);
  const { status, problem } = jobRecord.job;
  assert.ok([planned.ends].flat().includes(status), `it ended ${status}: ${JSON.stringify(problem)}`);
  const after = world.writes();
  await assertChanged(world, { ...stands, jobRecord });
  const calls = (await world.calls()).slice(callsBefore);
  const ran = { world, jobRecord, calls, writes: { before: writes, after } };
  await planned.also?.(ran);
  return ran;
}

/** Provisions in peace what a change is of. */
export async function standsOf(world: World, change: Change): Promise<Omit<Run, 'jobRecord'>> {
  const initial = await world.picture();
  const first = await world.finish((await world.submit(change.from, 'first')).id);
  assert.equal(first.job.status, 'SUCCEEDED');
  return { initial, first, before: await world.picture(), stood: await inventoryOf(world, change) };
}

interface Run {
  /** Pictures of the clouds before the entry point was made, and before its change. */
  initial: string;
  before: string;
  stood: EntryPoint | undefined;
  first: JobRecord;
  jobRecord: JobRecord;
}

/** What must hold after a change, whatever befell it. */
export async function assertChanged(world: World, run: Run): Promise<void> {
  const { initial, before, stood, first, jobRecord } = run;
  const { job } = jobRecord;
  const request = parsed(jobRecord.request.value);
  // Anything that a lost call could still do has been done by then.
  world.pass(3600);
  const now = await world.picture();
  const standing = await readEntryPoint(world.store, job.entryPoint);
  const owned = idsOf(standing);
  const behind = leftBehind(job);
  const left = behind.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const added = addedIds(now, initial).toSorted();
  switch (job.status) {
    case 'SUCCEEDED':
      if (job.operation === 'remove') assert.equal(now, initial, 'the clouds are as before the entry point');
      else assertAsAsked(withSpecNames(now, request), initial, request, first.job.id, job.id);
      assert.deepEqual(owned, added, 'the inventory knows all that is there');
      break;
    case 'REMOVE_FAILED':
      assert.ok(behind.length > 0, 'what is left is named');
      for (const id of added) assert.ok(owned.includes(id) || left.includes(id), `${id} is on a record`);
      break;
    case 'ROLLBACK_FAILED':
      assert.ok(behind.length > 0, 'what is left is named');
      break;
    default:
      assertAsBefore(now, before, jobRecord);
      assertSameEntryPoint(standing, stood, jobRecord);
      assert.deepEqual(owned, added, 'the inventory knows all that is there');
  }
  await assertClaims(world, [first.job, job], [standing]);
  await assertQueues(world, [first, jobRecord]);
  eventsHaveNoGap(jobRecord);
  for (const call of (await world.calls()).filter(({ operation }) => MUTATING.test(operation))) {
    assert.ok(call.late || call.at <= (job.endedAt ?? ''), `${call.operation} after the end`);
  }
}

/** The resources that had to go first, or in older plans their steps: a rollback makes them again under other ids. */
function remadeIn({ plan }: JobRecord): Set<string> {
  const restoring = plan?.steps.filter(({ restores }) => restores !== undefined) ?? [];
  return new Set(restoring.map(({ id, of = id }) => of));
}

/** The inventory is as before, but for the outputs of what was made again. Its resources are compared with the clouds. */
function assertSameEntryPoint(now: EntryPoint | undefined, before: EntryPoint | undefined, ran: JobRecord) {
  const remade = remadeIn(ran);
  const kept = (entryPoint: EntryPoint | undefined) => ({
    ...entryPoint,
    resources: [],
    outputs: entryPoint?.outputs?.map(each => (remade.has(each.step) ? each.step : each)),
  });
  assert.deepEqual(kept(now), kept(before));
}

/** What had to go first and was made again has another id, and else is the same. */
function assertAsBefore(now: string, before: string, ran: JobRecord): void {
  if (remadeIn(ran).size === 0) assert.equal(now, before, 'the clouds are as before');
  else
    assert.deepEqual(withoutIds(JSON.parse(now)), withoutIds(JSON.parse(before)), 'as before, but for ids');
}

export function withoutIds(picture: Record<string, unknown>): unknown {
  const groups: Record<string, unknown>[] = [picture['vpc-lattice']].flat() as Record<string, unknown>[];
  const withIds = JSON.stringify(picture['ga'] ?? {});
  const ga: Record<string, unknown[]> = JSON.parse(withIds.replaceAll(/(epg|frule)-bp1[0-9a-f]+/g, '$1'));
  const lattice = groups.map(({ arn: _, id: __, tags, ...group }) => {
    const { 'gatehouse:job': ___, ...kept } = Object(tags);
    return { ...group, tags: kept };
  });
  const sorted = Object.entries(ga).map(([name, list]) => [name, list.toSorted(byText)]);
  return { ...picture, ga: Object.fromEntries(sorted), 'vpc-lattice': lattice.toSorted(byText) };
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}

/** A policy's successor has another name on the wire than in the spec. */
export function withSpecNames(picture: string, request: Request): string {
  const { stickinessPolicies } = onAws(request);
  let text = picture;
  for (const { policyName } of stickinessPolicies) {
    text = text.replaceAll(new RegExp(`"${policyName}-[0-9a-f]{8}"`, 'g'), `"${policyName}"`);
  }
  return text;
}

async function inventoryOf(world: World, { from }: Change): Promise<EntryPoint | undefined> {
  return readEntryPoint(world.store, String(from['entryPoint']));
}

export function idsOf(entryPoint: EntryPoint | undefined): string[] {
  return (entryPoint?.resources ?? []).map(({ id }) => id).toSorted();
}

function parsed(value: unknown): Request {
  const result = parseRequest(value, REGION);
  assert.ok(result.ok, JSON.stringify(result));
  return result.request;
}

/** An update of an example: whatever is said here instead of what it says. */
function updateOf(example: string, change: (spec: Draft) => void, options: Spec = {}): Omit<Change, 'name'> {
  const from = exampleNamed(example) as Spec;
  const to = structuredClone({ ...from, operation: 'update', options });
  change(to as unknown as Draft);
  return { from, to };
}

/** An example as its tests change it. */
interface Draft {
  listener?: Spec & { portRanges: Spec[] };
  endpointGroups: (Spec & { endpoints: Spec[] })[];
  targetGroups: (Spec & { config: Spec & { healthCheck: Spec }; tags: Spec; targets: Spec[] })[];
  stickinessPolicies: Spec[];
}

const INTERNAL = 'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
const NLB =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/ingest-nlb/50dc6c495c0c918a';
const STORE =
  'arn:aws:elasticloadbalancing:ap-southeast-2:123456789012:loadbalancer/app/store-alb/c19e7b5d02f38888';

const HERE = endpointTargets.filter(({ region }) => region === REGION);
/** As many as a group can have, and one that another account shares. */
const TEN = HERE.filter(({ attachmentArn }) => attachmentArn === undefined).map(
  ({ id: endpointId, ...of }) => ({
    endpointId,
    weight: 1,
    // An internal Network Load Balancer must preserve addresses.
    ...(of.kind === 'nlb' && of.internal ? { clientIPPreservationEnabled: true } : {}),
  }),
);
const SHARED = HERE.flatMap(({ id: endpointId, attachmentArn }) =>
  attachmentArn === undefined ? [] : [{ endpointId, attachmentArn, weight: 1 }],
);

function fullGroup(endpoints: Spec[]): Spec {
  return {
    operation: 'provision',
    entryPoint: 'full-group',
    listener: { acceleratorArn: INTERNAL, protocol: 'TCP', portRanges: [{ fromPort: 80, toPort: 80 }] },
    endpointGroups: [{ region: REGION, endpoints }],
  };
}

/** Two tags are Gatehouse's own. */
function fullOfTags(from: number): Spec {
  const tags = Object.fromEntries(Array.from({ length: 48 }, (_, at) => [`k${at + from}`, 'v']));
  const targetGroups = [{ name: 'full-of-tags', region: REGION, type: 'LAMBDA', tags }];
  return { operation: 'provision', entryPoint: 'full-of-tags', targetGroups };
}

export const CHANGES: Change[] = [
  {
    name: 'nothing',
    ...updateOf('checkout-edge', () => {}),
  },
  {
    name: 'every member in place',
    ...updateOf('checkout-edge', ({ listener, endpointGroups: [first, second], targetGroups: [group] }) => {
      Object.assign(listener ?? {}, { clientAffinity: 'NONE' });
      Object.assign(first ?? {}, { trafficDialPercentage: 0, thresholdCount: 5, healthCheckPath: '/up' });
      if (second) second.endpoints = second.endpoints.map(endpoint => ({ ...endpoint, weight: 7 }));
      if (group) {
        group.config.healthCheck = { path: '/ready', healthCheckIntervalSeconds: 20 };
        group.tags = { owner: 'payments' };
      }
    }),
  },
  {
    name: 'ports that rule out an override',
    ...updateOf('checkout-edge', ({ listener, endpointGroups: [first, second] }) => {
      if (listener) listener.portRanges = [{ fromPort: 8443, toPort: 8445 }];
      if (first) first['portOverrides'] = [{ listenerPort: 8444, endpointPort: 443 }];
      // Else it stays what AWS took for its default when the group was made.
      if (second) second['healthCheckPort'] = 8443;
    }),
  },
  {
    name: 'groups and endpoints that come and go',
    ...updateOf('checkout-edge', spec => {
      const [first] = spec.endpointGroups;
      if (!first) return;
      first.endpoints = [{ endpointId: NLB, weight: 0 }];
      const third = { region: 'ap-southeast-2', endpoints: [{ endpointId: STORE }] };
      spec.endpointGroups = [first, third];
    }),
  },
  {
    name: 'another accelerator',
    ...updateOf('checkout-edge', ({ listener }) => {
      Object.assign(listener ?? {}, { acceleratorArn: INTERNAL });
    }),
  },
  {
    name: 'another protocol, and endpoints that can serve it',
    ...updateOf(
      'checkout-edge',
      ({ listener, endpointGroups: [first, second] }) => {
        Object.assign(listener ?? {}, { protocol: 'UDP' });
        Object.assign(first ?? {}, { endpoints: [{ endpointId: NLB }], portOverrides: [] });
        Object.assign(second ?? {}, { endpoints: second?.endpoints.slice(1) });
      },
      { allowInterruption: true },
    ),
  },
  {
    name: 'another protocol, and endpoints that are asked by it',
    ...updateOf(
      'shop-accelerator',
      ({ listener, endpointGroups: [first] }) => {
        Object.assign(listener ?? {}, { protocol: 'HTTP', certificates: [], additionalCertificates: [] });
        Object.assign(first ?? {}, { endpointRequestProtocol: 'HTTP', healthCheckProtocol: 'http' });
      },
      { allowInterruption: true },
    ),
  },
  {
    name: 'another protocol, without virtual groups and rules',
    ...updateOf(
      'shop-accelerator',
      spec => {
        Object.assign(spec.listener ?? {}, {
          protocol: 'TCP',
          certificates: [],
          additionalCertificates: [],
        });
        const [first] = spec.endpointGroups;
        for (const member of ['endpointRequestProtocol', 'portOverrides']) delete first?.[member];
        Object.assign(spec, { endpointGroups: [first], forwardingRules: [] });
      },
      { allowInterruption: true },
    ),
  },
  {
    name: 'targets that come and go',
    ...updateOf('checkout-edge', ({ targetGroups: [group] }) => {
      if (group) group.targets = [{ id: '10.0.2.5', port: 8080 }, { id: '10.0.3.5' }];
    }),
  },
  {
    name: 'a target group that has to go first',
    ...updateOf(
      'checkout-edge',
      ({ targetGroups: [group] }) => Object.assign(group?.config ?? {}, { protocol: 'HTTPS' }),
      { allowInterruption: true },
    ),
  },
  {
    name: 'another function',
    ...updateOf(
      'metrics-lambda',
      ({ targetGroups: [group] }) => {
        if (group) group.targets = [{ id: 'arn:aws:lambda:eu-west-1:123456789012:function:invoices' }];
      },
      { allowInterruption: true },
    ),
  },
  {
    name: 'a load balancer on another port',
    ...updateOf(
      'backoffice-alb',
      ({ targetGroups: [group] }) => {
        if (group) group.targets = group.targets.map(target => ({ ...target, port: 8443 }));
      },
      { allowInterruption: true },
    ),
  },
  {
    name: 'another target group',
    ...updateOf('checkout-edge', ({ targetGroups: [group] }) => Object.assign(group ?? {}, { name: 'till' })),
  },
  {
    name: 'a policy that gets a successor',
    ...updateOf('checkout-edge', ({ stickinessPolicies: [policy] }) =>
      Object.assign(policy ?? {}, { cookieExpirationPeriod: 60 }),
    ),
  },
  {
    name: 'a policy on another port',
    ...updateOf('checkout-edge', ({ stickinessPolicies: [policy] }) =>
      Object.assign(policy ?? {}, { loadBalancerPorts: [80] }),
    ),
  },
  {
    name: 'another policy on the same port',
    ...updateOf('checkout-edge', ({ stickinessPolicies: [policy] }) =>
      Object.assign(policy ?? {}, { policyName: 'till-sticky' }),
    ),
  },
  {
    name: 'a policy of the other kind',
    ...updateOf('app-cookie', ({ stickinessPolicies: [policy] }) => {
      delete policy?.['cookieName'];
      Object.assign(policy ?? {}, { cookieExpirationPeriod: 60 });
    }),
  },
  {
    name: 'all but the listener dropped',
    ...updateOf('checkout-edge', spec =>
      Object.assign(spec, { endpointGroups: [], targetGroups: [], stickinessPolicies: [] }),
    ),
  },
  {
    name: 'every lane at once',
    ...updateOf('checkout-edge', spec => {
      const [first] = spec.endpointGroups;
      const [group] = spec.targetGroups;
      const [policy] = spec.stickinessPolicies;
      Object.assign(spec.listener ?? {}, { clientAffinity: 'NONE' });
      if (first) {
        first['trafficDialPercentage'] = 10;
        first.endpoints = [{ endpointId: NLB, weight: 3 }];
        spec.endpointGroups = [first, { region: 'ap-southeast-2', endpoints: [{ endpointId: STORE }] }];
      }
      if (group) {
        group.tags = {};
        group.targets = [{ id: '10.0.3.5', port: 8080 }];
      }
      Object.assign(policy ?? {}, { cookieExpirationPeriod: 60, loadBalancerPorts: [80, 443] });
    }),
  },
  {
    name: 'a listener beside a function',
    ...updateOf('metrics-lambda', spec =>
      Object.assign(spec, {
        listener: {
          acceleratorArn: INTERNAL,
          protocol: 'UDP',
          portRanges: [{ fromPort: 9000, toPort: 9001 }],
        },
      }),
    ),
  },
  {
    name: 'an endpoint of a full group',
    from: fullGroup(TEN),
    to: { ...fullGroup([...TEN.slice(1), ...SHARED]), operation: 'update' },
  },
  {
    name: 'a tag of a full target group',
    from: fullOfTags(0),
    to: { ...fullOfTags(1), operation: 'update' },
  },
  ...['checkout-edge', 'voice-udp', 'metrics-lambda', 'backoffice-alb', 'app-cookie'].map(name => ({
    name: `the removal of ${name}`,
    from: exampleNamed(name) as Spec,
    to: { operation: 'remove', entryPoint: name },
  })),
];

/** A change in peace, with each of its mutating calls. */
export async function baselineOfChange(change: Change): Promise<{ ran: ChangeRan; places: PlaceInChange[] }> {
  const ran = await runChange({ name: change.name, change, ends: 'SUCCEEDED' });
  return { ran, places: placesOf(ran.calls) };
}

/** `ofService`: its number among the change's calls of its service, looks too, counted from 1. */
export type PlaceInChange = Place & { ofService: number };

/** Its mutating calls, each by its number among those of its operation. */
export function placesOf(calls: Call[]): PlaceInChange[] {
  const seen = new Map<string, number>();
  return calls
    .filter(({ operation }) => MUTATING.test(operation))
    .map(({ n, service, operation }): PlaceInChange => {
      const index = seen.get(operation) ?? 0;
      seen.set(operation, index + 1);
      const ofService = calls.filter(call => call.service === service && call.n <= n).length;
      return { service, operation, index, direction: 'forward', call: n, ofService };
    });
}
