// The invariants after every job, whatever its faults. Every sweep calls them. The numbers in the comments below:
//    1  one job, step and generation has at most one live cloud resource
//    2  after a rollback the clouds are as before the job, after success as in the spec
//    3  a record leads to every live resource of Gatehouse
//    4  the same key and request are the same job; the key with another request is refused
//    5  a finished job stays finished unless an action reopens it
//    6  in a lane, undo goes in reverse order
//    7  no mutating call for a job after its end, or by an attempt that is not current
//    8  a queue has one running job
//    9  the sequence of a job's events has no gap
//   10  every job ends, or says what it waits for and until when
//   11  foreign objects do not change, except those that a plan named and the request allowed
//   12  every step that acts is in exactly one wave
import assert from 'node:assert/strict';
import { hasEnded } from '@gatehouse/core/record/events';
import type { Job } from '@gatehouse/core/record/job';
import { type JobRecord, readEntryPoint } from '@gatehouse/core/record/records';
import { type AwsRequest, parseRequest, type Request } from '@gatehouse/core/request/request';
import type { Call, World } from '../world/world.ts';
import { onlyOursOnAlicloud, stepOnAlicloud } from './alicloud-invariants.ts';
import { addedIds, assertAsAsked, onAws } from './as-asked.ts';
import { assertAllPublished } from './published-events.ts';
import { assertClaims, assertQueues } from './queues-and-claims.ts';

export const MUTATING =
  /^(Create|Update|Delete|Add|Remove|Register|Deregister|Set|Tag|Untag|Associate|Dissociate)/;

export interface Before {
  picture: string;
}

export async function pictureBefore(world: World): Promise<Before> {
  return { picture: await world.picture() };
}

export async function assertInvariants(world: World, before: Before, jobRecord: JobRecord): Promise<void> {
  const { job } = jobRecord;
  const request = requestOf(jobRecord);
  assert.ok(hasEnded(job.status), `the job ends; it is ${job.status}`);
  await cloudsAreAs(world, before, jobRecord, request);
  await madeOnce(world);
  await onlyOurs(world, before, request);
  await nothingAfterTheEnd(world, jobRecord);
  undoneInReverse(jobRecord);
  eventsHaveNoGap(jobRecord);
  await assertAllPublished(world, job);
  await assertQueues(world, [jobRecord]);
  const standing = await readEntryPoint(world.store, request.entryPoint);
  await assertClaims(world, [job], [standing]);
}

/** 2, 3: as the spec after success, as before after a rollback, and nothing that no record leads to. */
async function cloudsAreAs(world: World, before: Before, jobRecord: JobRecord, request: Request) {
  const { job, ledger } = jobRecord;
  // Anything that a lost call could still do has been done by then.
  world.pass(3600);
  const now = await world.picture();
  const standing = await readEntryPoint(world.store, request.entryPoint);
  if (job.status === 'SUCCEEDED') {
    assertAsAsked(now, before.picture, request, job.id);
    const ids = [...ledger.values()].filter(entry => entry.kind !== 'accelerator').map(entry => entry.id);
    assert.deepEqual(
      addedIds(now, before.picture).toSorted(),
      ids.toSorted(),
      'all that is new is in the ledger',
    );
    assert.equal(standing?.jobId, job.id, 'the inventory knows the entry point');
    return;
  }
  assert.equal(standing, undefined, 'the inventory has no such name');
  if (job.status === 'ROLLBACK_FAILED') {
    await leftIsNamed(world, jobRecord, addedIds(now, before.picture));
    return;
  }
  if (job.skipped?.length) {
    const skipped = job.skipped.map(({ id }) => id);
    assert.deepEqual(
      addedIds(now, before.picture).toSorted(),
      skipped.toSorted(),
      'all but what was skipped',
    );
    return;
  }
  assert.equal(now, before.picture, `the clouds are as before after ${job.status}`);
}

/**
 * 2: exactly what is left is named, by its id where that was ever known. What a removal took away may
 * be named too, where its answer was lost or a look at it was refused, which nothing but a fault does here.
 */
async function leftIsNamed(world: World, { job }: JobRecord, standing: string[]) {
  const left = leftBehind(job);
  const named = left.flatMap(({ id }) => (id === undefined ? [] : [id]));
  const unnamed = standing.filter(id => !named.includes(id));
  assert.ok(
    unnamed.length <= left.length - named.length,
    `what is left is named: ${unnamed.join(', ')} is not among ${JSON.stringify(left)}`,
  );
  const inDoubt = (await world.calls()).filter(({ operation, changed, status, late, error }) =>
    MUTATING.test(operation)
      ? changed && (status === 'dropped' || late)
      : /^(AccessDenied|Forbidden)/.test(error ?? ''),
  );
  const gone = left.length - standing.length;
  assert.ok(gone <= inDoubt.length, `only what is left is named: ${JSON.stringify({ left, standing })}`);
}

/** What a job has left in the clouds, as far as anybody has been told. */
export function leftBehind({ leftovers = [], skipped = [], resolution }: Job): { id?: string }[] {
  return resolution?.leftovers ?? [...leftovers, ...skipped];
}

/** 1: while one stands that a step has made, no create of the same generation makes another one. */
async function madeOnce(world: World) {
  const standing = new Map<string, unknown>();
  for (const call of await mutations(world)) {
    if (!call.changed) continue;
    const step = stepOf(world, call);
    if (/^(Delete|Dissociate)/.test(call.operation)) standing.delete(step);
    if (!/^(Create|Associate)/.test(call.operation)) continue;
    const { clientToken, IdempotencyToken, ClientToken } = call.request;
    const token = clientToken ?? IdempotencyToken ?? ClientToken ?? 'none';
    assert.notEqual(standing.get(step), token, `${step} is not made twice: ${call.operation} at ${call.at}`);
    standing.set(step, token);
  }
}

/** By what the call names; a removal by the step that had its id in the ledger. */
function stepOf(world: World, { service, region, request }: Call): string {
  if (service === 'ga') return stepOnAlicloud(world.everyId(), request);
  const id = request['EndpointGroupArn'] ?? request['targetGroupIdentifier'];
  // A listener's ARN is in the create of its groups too.
  const listener = request['EndpointGroupRegion'] === undefined ? request['ListenerArn'] : undefined;
  const known = world.everyId().get(String(id ?? listener));
  if (known !== undefined) return known;
  if (request['EndpointGroupRegion'] !== undefined) return `endpoint-group-${request['EndpointGroupRegion']}`;
  if (request['name'] !== undefined) return `target-group-${region}-${request['name']}`;
  if (request['PolicyName'] !== undefined)
    return `policy-${region}-${request['LoadBalancerName']}-${request['PolicyName']}`;
  return 'listener';
}

/** 11: what is not ours is not touched, on the wire as little as in the state. */
async function onlyOurs(world: World, before: Before, request: Request) {
  const asked = onAws(request);
  const ours = new Set<unknown>(world.everyId().keys());
  for (const { service, operation, request: sent } of await mutations(world)) {
    if (service === 'ga') {
      onlyOursOnAlicloud(operation, sent, { ours, request });
      continue;
    }
    if (operation === 'CreateListener') assert.equal(sent['AcceleratorArn'], asked.listener?.acceleratorArn);
    else if (operation === 'CreateTargetGroup')
      assert.ok(asked.targetGroups.some(group => group.name === sent['name']));
    else if ('PolicyName' in sent)
      assert.ok(asked.stickinessPolicies.some(policy => policy.policyName === sent['PolicyName']));
    else if ('PolicyNames' in sent) keepsForeignPolicies(before, asked, sent);
    else {
      const id =
        sent['EndpointGroupArn'] ??
        sent['ListenerArn'] ??
        sent['targetGroupIdentifier'] ??
        sent['resourceArn'];
      assert.ok(ours.has(id), `${operation} ${JSON.stringify(sent)} is on what is ours`);
    }
  }
}

/** What a port had stays on it, but for a cookie policy that the request replaces. */
function keepsForeignPolicies(
  before: Before,
  { stickinessPolicies }: AwsRequest,
  sent: Record<string, unknown>,
) {
  const { LoadBalancers } = JSON.parse(before.picture).elasticloadbalancing;
  const names = sent['PolicyNames'];
  assert.ok(Array.isArray(names));
  for (const { LoadBalancerName, Listeners, Policies } of LoadBalancers) {
    if (LoadBalancerName !== sent['LoadBalancerName']) continue;
    const cookies = Policies.filter((each: { PolicyTypeName: string }) => /Cookie/.test(each.PolicyTypeName));
    const replaced = stickinessPolicies.some(
      policy => policy.loadBalancerName === LoadBalancerName && policy.replace,
    )
      ? cookies.map((each: { PolicyName: string }) => each.PolicyName)
      : [];
    for (const { LoadBalancerPort, PolicyNames } of Listeners) {
      if (String(LoadBalancerPort) !== String(sent['LoadBalancerPort'])) continue;
      for (const name of PolicyNames)
        assert.ok(names.includes(name) || replaced.includes(name), `${name} stays on ${LoadBalancerPort}`);
    }
  }
}

/** 7: no mutating call for a job after it ended. */
async function nothingAfterTheEnd(world: World, { job }: JobRecord) {
  for (const call of await mutations(world)) {
    if (!call.late && call.n !== world.releasedCall())
      assert.ok(call.at <= (job.endedAt ?? ''), `${call.operation} at ${call.at}, after ${job.endedAt}`);
  }
}

/** 6: what needs another step is undone no later than it. */
function undoneInReverse({ plan, ledger }: JobRecord) {
  for (const step of plan?.steps ?? []) {
    for (const needed of Object.values(step.needs)) {
      const [child, parent] = [ledger.get(step.id), ledger.get(needed)];
      if (child?.state !== 'undone' || parent?.state !== 'undone') continue;
      assert.ok(child.since <= parent.since, `${step.id} is undone before ${needed}`);
    }
  }
}

/** 5, 9: the history is gapless, and nothing follows the end. */
export function eventsHaveNoGap({ job }: Pick<JobRecord, 'job'>): void {
  assert.deepEqual(
    job.events.map(event => event.sequence),
    job.events.map((_, at) => at + 1),
  );
  const ends = job.events.filter(event => hasEnded(event.status) && event.action === undefined);
  const retries = job.events.filter(event => event.action === 'retry');
  assert.equal(ends.length, 1 + retries.length, 'a job ends once, and once more for each retry');
  assert.equal(job.events.at(-1)?.status, job.status);
}

async function mutations(world: World): Promise<Call[]> {
  return (await world.calls()).filter(call => MUTATING.test(call.operation));
}

function requestOf(jobRecord: JobRecord): Request {
  const parsed = parseRequest(jobRecord.request.value);
  assert.ok(parsed.ok);
  return parsed.request;
}
