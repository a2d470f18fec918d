// The invariants whenever no job is in progress, whatever faults met earlier jobs: each entry point is as its last
// successful job says, every resource of Gatehouse is recorded, foreign resources are unchanged, claims and queues are
// correct.
import assert from 'node:assert/strict';
import { driftOf } from '@gatehouse/core/plan/drift';
import { isStuck } from '@gatehouse/core/record/job';
import { type EntryPoint, type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { parseRequest } from '@gatehouse/core/request/request';
import { type Asked, addedIds, assertAllAsAsked } from '../saga/as-asked.ts';
import { idsOf, withoutIds, withSpecNames } from '../saga/changes.ts';
import { eventsHaveNoGap, leftBehind } from '../saga/invariants.ts';
import { assertClaims, assertQueues } from '../saga/queues-and-claims.ts';
import type { World } from '../world/world.ts';
import { ENTRY_POINTS, type Name } from './specs.ts';

const REGION = 'eu-west-1';

export interface History {
  /** The clouds before the first job. */
  initial: string;
  /** Every job so far, as it ended last. */
  jobRecords: Map<string, JobRecord>;
  /** Things that others have made since, by their ids, and how they look. */
  foreignObjects: Map<string, unknown>;
  /** When somebody last changed what is an entry point's, by its name. */
  tampered: Map<Name, string>;
}

interface Standing {
  name: Name;
  entryPoint: EntryPoint | undefined;
  /** A person has left something of it behind, or a stranger has been at it: what stands is on record, and no more. */
  stained: boolean;
}

export async function assertHolds(world: World, history: History): Promise<void> {
  // Anything that a lost call could still do has been done by then.
  world.pass(3600);
  const calls = (await world.calls()).filter(({ late }) => !late).length;
  const picture = await world.picture();
  const standing = await Promise.all(ENTRY_POINTS.map(name => standingOf(world, history, name)));
  forgetAdopted(history);
  everyJobEnds(history);
  const jobRecords = [...history.jobRecords.values()];
  await assertQueues(world, jobRecords);
  onRecord(picture, history, standing);
  cloudsAreAsAsked(picture, history, standing);
  await assertClaims(
    world,
    jobRecords.map(({ job }) => job),
    standing.map(({ entryPoint }) => entryPoint),
  );
  await nothingDrifts(world, standing);
  const after = (await world.calls()).filter(({ late, changed }) => !late && changed).length;
  assert.ok(after <= calls, 'nothing is changed while no job is under way');
}

/** After jobs that all came to nothing, the clouds are as before them. */
export function assertAsBefore(
  now: string,
  before: string,
  jobRecords: JobRecord[],
  { tampered }: Pick<History, 'tampered'>,
): void {
  const nothing = ['FAILED', 'CANCELLED', 'ROLLED_BACK'];
  if (!jobRecords.every(({ job }) => nothing.includes(job.status) && !job.skipped)) return;
  // What had to go first is made again as the inventory has it, without what a stranger had changed on it.
  if (jobRecords.some(({ job, plan }) => plan?.lanes.restore && tampered.has(job.entryPoint as Name))) return;
  const [is, was] = [now, before].map(text => withoutIdleMembers(withoutUsualPorts(text)));
  if (!jobRecords.some(({ plan }) => plan?.lanes.restore))
    assert.deepEqual(is, was, 'the clouds are as before');
  else assert.deepEqual(withoutIds({ ...is }), withoutIds({ ...was }), 'as before, but for ids');
}

/** A health check that names the port of the traffic says what one without a port does, and no call takes it back. */
function withoutUsualPorts(picture: string): Record<string, unknown> {
  const parsed = JSON.parse(picture);
  for (const { config } of parsed['vpc-lattice']) {
    if (config?.healthCheck?.port === config?.port) delete config?.healthCheck?.port;
  }
  return parsed;
}

/** No call clears what a health check says that is off, or how a group is asked whose listener speaks no HTTP any more. */
function withoutIdleMembers(picture: Record<string, unknown>): Record<string, unknown> {
  const { ga } = picture as { ga: { EndpointGroups: Group[]; Listeners: Listener[] } };
  const EndpointGroups = ga.EndpointGroups.map(group => {
    const { Protocol = '' } = ga.Listeners.find(({ ListenerId }) => ListenerId === group['ListenerId']) ?? {};
    const { HealthCheckEnabled } = group;
    const idle = [
      ...(HealthCheckEnabled === false ? [/^HealthCheck/, /^ThresholdCount$/] : []),
      ...(/^HTTP/.test(Protocol) ? [] : [/^EndpointRequestProtocol$/, /^EndpointProtocolVersion$/]),
    ];
    const used = Object.entries(group).filter(([name]) => !idle.some(each => each.test(name)));
    return { ...Object.fromEntries(used), HealthCheckEnabled };
  });
  return { ...picture, ga: { ...ga, EndpointGroups } };
}

type Group = Record<string, unknown>;
type Listener = { ListenerId: string; Protocol: string };

async function standingOf(world: World, { jobRecords, tampered }: History, name: Name): Promise<Standing> {
  const entryPoint = await readEntryPoint(world.store, name);
  const jobs = [...jobRecords.values()]
    .map(({ job }) => job)
    .filter(job => job.entryPoint === name)
    .toSorted((a, b) => (String(a.endedAt) < String(b.endedAt) ? -1 : 1));
  const last = jobs.findLast(job => job.status === 'SUCCEEDED');
  const stains = jobs.filter(job => job.resolution || job.skipped || isStuck(job));
  const gone = jobs.findLast(job => job.status === 'SUCCEEDED' && job.operation === 'remove');
  const stained = stains.some(job => !gone || String(job.endedAt) > String(gone.endedAt));
  if (!stained) {
    const stands = last !== undefined && last.operation !== 'remove';
    assert.equal(entryPoint?.jobId, stands ? last.id : undefined, `${name} is as its last job says`);
  }
  // Only a job that began later has seen it.
  const mended = last && String(last.startedAt) > (tampered.get(name) ?? '');
  return { name, entryPoint, stained: stained || (tampered.has(name) && !mended) };
}

/** Theirs no more. */
function forgetAdopted({ jobRecords, foreignObjects }: History): void {
  for (const { job, plan } of jobRecords.values()) {
    // An update whose removals are stuck has all that it asked for.
    if (job.status !== 'SUCCEEDED' && job.status !== 'REMOVE_FAILED') continue;
    for (const { act, existingId } of plan?.steps ?? [])
      if (act === 'adopt') foreignObjects.delete(String(existingId));
  }
}

function everyJobEnds({ jobRecords }: History): void {
  for (const jobRecord of jobRecords.values()) {
    assert.ok(!jobRecord.job.open, `${jobRecord.job.id} is closed`);
    eventsHaveNoGap(jobRecord);
  }
}

/** What a person has decided to leave behind, or what a stuck job still names. */
function leftByAll({ jobRecords }: History): { ids: Set<string>; withoutId: number } {
  const left = [...jobRecords.values()].flatMap(({ job }) => leftBehind(job));
  return {
    ids: new Set(left.flatMap(({ id }) => (id === undefined ? [] : [id]))),
    withoutId: left.filter(({ id }) => id === undefined).length,
  };
}

function onRecord(picture: string, history: History, standing: Standing[]): void {
  const left = leftByAll(history);
  const owned = new Set(standing.flatMap(({ entryPoint }) => idsOf(entryPoint)));
  const added = addedIds(picture, history.initial);
  const unknown = added.filter(id => !owned.has(id) && !left.ids.has(id) && !history.foreignObjects.has(id));
  assert.ok(unknown.length <= left.withoutId, `on a record: ${unknown.join(', ')}`);
  for (const { name, entryPoint, stained } of standing) {
    if (stained) continue;
    for (const id of idsOf(entryPoint)) assert.ok(added.includes(id), `${id} of ${name} is there`);
  }
}

function cloudsAreAsAsked(picture: string, history: History, standing: Standing[]): void {
  const clean = standing.filter(({ stained }) => !stained);
  const asked = clean.flatMap(({ entryPoint, name }) =>
    entryPoint ? [askedOf(history, name, entryPoint)] : [],
  );
  const kept = new Set(clean.flatMap(({ entryPoint }) => idsOf(entryPoint)));
  const stained = standing.filter(each => each.stained).flatMap(({ entryPoint }) => idsOf(entryPoint));
  const compact = JSON.stringify(JSON.parse(picture));
  const strange = new Map([...history.foreignObjects].filter(([id]) => !kept.has(id)));
  const others = [...stained, ...leftByAll(history).ids, ...strange.keys()].filter(id => !kept.has(id));
  for (const [id, thing] of strange)
    assert.ok(compact.includes(JSON.stringify(thing)), `${id} is as it was made`);
  const named = asked.reduce(
    (text, { request }) => withSpecNames(text, request),
    without(picture, others, standing),
  );
  assertAllAsAsked(named, history.initial, asked);
}

function askedOf({ jobRecords }: History, name: Name, entryPoint: EntryPoint): Asked {
  const parsed = parseRequest(jobRecords.get(entryPoint.jobId)?.request.value, REGION);
  assert.ok(parsed.ok, `the request of ${entryPoint.jobId}, which applied ${name}`);
  const jobIds = [...jobRecords.values()]
    .filter(({ job }) => job.entryPoint === name)
    .map(({ job }) => job.id);
  return { request: parsed.request, jobIds };
}

interface Picture {
  globalaccelerator: {
    Listeners: { ListenerArn: string }[];
    EndpointGroups: { EndpointGroupArn: string; ListenerArn?: string }[];
  };
  'vpc-lattice': { arn: string; tags: Record<string, string> }[];
  ga: {
    Listeners: { ListenerId: string }[];
    EndpointGroups: { EndpointGroupId: string; ListenerId: string }[];
    ForwardingRules: { ForwardingRuleId: string; ListenerId: string }[];
    AdditionalCertificates: { ListenerId: string; Domain: string }[];
  };
  elasticloadbalancing: {
    LoadBalancers: {
      Region: string;
      LoadBalancerName: string;
      Policies: { PolicyName: string }[];
      Listeners: { PolicyNames: string[] }[];
    }[];
  };
}

/** Without things of these ids, and whatever else is of an entry point that somebody has left something of. */
function without(text: string, ids: string[], standing: Standing[]): string {
  const picture = JSON.parse(text) as Picture;
  const gone = new Set(ids);
  const names = standing.filter(({ stained }) => stained).map(({ name }) => name);
  const { globalaccelerator: ga, elasticloadbalancing: elb } = picture;
  ga.Listeners = ga.Listeners.filter(({ ListenerArn }) => !gone.has(ListenerArn));
  ga.EndpointGroups = ga.EndpointGroups.filter(({ EndpointGroupArn: arn }) => {
    return !gone.has(arn) && !gone.has(arn.replace(/\/endpoint-group\/.*/, ''));
  });
  const { Listeners, EndpointGroups, ForwardingRules, AdditionalCertificates } = picture.ga;
  picture.ga = {
    ...picture.ga,
    Listeners: Listeners.filter(({ ListenerId }) => !gone.has(ListenerId)),
    EndpointGroups: EndpointGroups.filter(
      each => !gone.has(each.EndpointGroupId) && !gone.has(each.ListenerId),
    ),
    ForwardingRules: ForwardingRules.filter(
      each => !gone.has(each.ForwardingRuleId) && !gone.has(each.ListenerId),
    ),
    AdditionalCertificates: AdditionalCertificates.filter(
      each => !gone.has(`${each.ListenerId}/certificates/${each.Domain}`) && !gone.has(each.ListenerId),
    ),
  };
  picture['vpc-lattice'] = picture['vpc-lattice'].filter(({ arn }) => !gone.has(arn));
  for (const balancer of elb.LoadBalancers) {
    const place = `${balancer.Region}/${balancer.LoadBalancerName}`;
    const policies = balancer.Policies.map(({ PolicyName }) => PolicyName).filter(
      policy => gone.has(`${place}/${policy}`) || names.some(name => policy.startsWith(`${name}-`)),
    );
    balancer.Policies = balancer.Policies.filter(({ PolicyName }) => !policies.includes(PolicyName));
    for (const listener of balancer.Listeners)
      listener.PolicyNames = listener.PolicyNames.filter(policy => !policies.includes(policy));
  }
  return JSON.stringify(picture);
}

async function nothingDrifts(world: World, standing: Standing[]): Promise<void> {
  for (const { entryPoint, stained } of standing) {
    if (!entryPoint || stained) continue;
    const { state, resources } = await driftOf(world.ports(), entryPoint);
    const drifted = resources.filter(each => each.state !== 'IN_SYNC');
    // A cloud that throttles has not answered.
    assert.notEqual(state, 'DRIFTED', `${entryPoint.name}: ${JSON.stringify(drifted)}`);
  }
}
