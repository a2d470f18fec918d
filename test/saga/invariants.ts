// What must hold after every job, whatever befell it. One place; every sweep calls it.
import assert from 'node:assert/strict';
import { hasEnded } from '@gatehouse/core/events';
import { type Dossier, entryPointKey, lineKey } from '@gatehouse/core/records';
import { parseRequest, type Request } from '@gatehouse/core/request';
import type { Call, World } from '../world/world.ts';

const MUTATING = /^(Create|Update|Delete|Add|Remove)/;

export interface Before {
  picture: string;
}

export async function pictureBefore(world: World): Promise<Before> {
  return { picture: await world.picture() };
}

export async function assertInvariants(world: World, before: Before, dossier: Dossier): Promise<void> {
  const { job } = dossier;
  const request = requestOf(dossier);
  assert.ok(hasEnded(job.status), `the job ends; it is ${job.status}`);
  await cloudsAreAs(world, before, dossier, request);
  await createdOnce(world, request);
  await onlyOurs(world, dossier, request);
  await nothingAfterTheEnd(world, dossier);
  eventsHaveNoGap(dossier);
  await targetsAreFree(world, request, dossier);
}

/** 2, 3: as the spec after success, as before after a rollback, and nothing that no record leads to. */
async function cloudsAreAs(world: World, before: Before, { job, ledger }: Dossier, request: Request) {
  // Anything that a lost call could still do has been done by then.
  world.pass(3600);
  const now = globalAccelerator(await world.picture());
  const then = globalAccelerator(before.picture);
  if (job.status === 'SUCCEEDED') {
    const ours = withoutStanding(now, then);
    assert.deepEqual(
      ours.map(shapeOf).toSorted(byText),
      expected(request).toSorted(byText),
      'the clouds equal the spec',
    );
    const ids = [...ledger.values()].filter(entry => entry.kind !== 'accelerator').map(entry => entry.id);
    assert.deepEqual(
      ours.map(idOf).toSorted(),
      ids.toSorted(),
      'every live resource of ours is in the ledger',
    );
    const standing = (await world.store.get(entryPointKey(request.entryPoint)))?.value;
    assert.equal(standing?.jobId, job.id, 'the inventory knows the entry point');
    return;
  }
  assert.equal(
    await world.store.get(entryPointKey(request.entryPoint)),
    undefined,
    'the inventory has no such name',
  );
  if (job.status === 'ROLLBACK_FAILED') {
    const left = withoutStanding(now, then).map(idOf);
    const named = (job.left ?? []).map(each => each.id);
    assert.deepEqual(named.toSorted(), left.toSorted(), 'exactly what is left is named');
    return;
  }
  assert.equal(await world.picture(), before.picture, `the clouds are as before after ${job.status}`);
}

/** 1: at most one effective create for each thing asked for. */
async function createdOnce(world: World, request: Request) {
  const effective = (await world.calls()).filter(call => call.changed && call.operation.startsWith('Create'));
  const keys = effective.map(
    call => `${call.operation} ${String(call.request['EndpointGroupRegion'] ?? '')}`,
  );
  const limit = 1 + request.endpointGroups.length;
  assert.equal(new Set(keys).size, keys.length, `nothing is created twice: ${keys.join(', ')}`);
  assert.ok(keys.length <= limit);
}

/** 11: what is not ours is not touched, on the wire as little as in the state. */
async function onlyOurs(world: World, { ledger }: Dossier, request: Request) {
  const ours = new Set<unknown>([...ledger.values()].map(entry => entry.id));
  for (const { operation, request: sent } of await mutations(world)) {
    if (operation === 'CreateListener') assert.equal(sent['AcceleratorArn'], request.listener.acceleratorArn);
    else if (operation === 'CreateEndpointGroup')
      assert.ok(ours.has(sent['ListenerArn']), `${operation} on ours`);
    else
      assert.ok(
        ours.has(sent['ListenerArn'] ?? sent['EndpointGroupArn']),
        `${operation} ${JSON.stringify(sent)} is ours`,
      );
  }
}

/** 7: no mutating call for a job after it ended. */
async function nothingAfterTheEnd(world: World, { job }: Dossier) {
  for (const call of await mutations(world)) {
    if (!call.late)
      assert.ok(call.at <= (job.endedAt ?? ''), `${call.operation} at ${call.at}, after ${job.endedAt}`);
  }
}

/** 5, 9: the history is gapless, and nothing follows the end. */
function eventsHaveNoGap({ job }: Dossier) {
  assert.deepEqual(
    job.events.map(event => event.sequence),
    job.events.map((_, at) => at + 1),
  );
  const ends = job.events.filter(event => hasEnded(event.status));
  assert.equal(ends.length, 1, 'a job ends once');
  assert.equal(job.events.at(-1)?.status, job.status);
}

/** 8, 10: the lines are given back, so that nobody waits for a job that has ended. */
async function targetsAreFree(world: World, request: Request, { job }: Dossier) {
  const targets = [`entry-point/${request.entryPoint}`, `accelerator/${request.listener.acceleratorArn}`];
  for (const target of targets) {
    const line = (await world.store.get(lineKey(target)))?.value;
    assert.ok(!line?.jobs.includes(job.id), `${target} is free`);
  }
}

async function mutations(world: World): Promise<Call[]> {
  return (await world.calls()).filter(call => MUTATING.test(call.operation));
}

function requestOf(dossier: Dossier): Request {
  const parsed = parseRequest(dossier.request.value);
  assert.ok(parsed.ok);
  return parsed.request;
}

type Thing = Record<string, unknown>;

function globalAccelerator(picture: string): Thing[] {
  const { Listeners, EndpointGroups } = JSON.parse(picture).globalaccelerator;
  return [...Listeners, ...EndpointGroups];
}

function withoutStanding(now: Thing[], then: Thing[]): Thing[] {
  const stood = new Set(then.map(thing => JSON.stringify(thing)));
  return now.filter(thing => !stood.has(JSON.stringify(thing)));
}

function idOf(thing: Thing): unknown {
  return thing['EndpointGroupArn'] ?? thing['ListenerArn'];
}

function shapeOf({ EndpointGroupArn, ListenerArn, ...members }: Thing): Thing {
  return members;
}

/** The spec in the cloud's own words, written out apart from the code that sends it. */
function expected({ listener, endpointGroups }: Request): Thing[] {
  return [
    {
      ClientAffinity: listener.clientAffinity,
      PortRanges: listener.portRanges
        .map(range => ({ FromPort: range.fromPort, ToPort: range.toPort }))
        .toSorted(byText),
      Protocol: listener.protocol,
    },
    ...endpointGroups.map(group => ({
      EndpointConfigurations: group.endpoints
        .map(endpoint => ({
          ClientIPPreservationEnabled: endpoint.endpointId.includes(':loadbalancer/app/'),
          EndpointId: endpoint.endpointId,
          Weight: endpoint.weight,
        }))
        .toSorted((a, b) => (a.EndpointId < b.EndpointId ? -1 : 1)),
      EndpointGroupRegion: group.region,
      HealthCheckIntervalSeconds: group.healthCheckIntervalSeconds,
      HealthCheckPath: group.healthCheckPath,
      HealthCheckPort: group.healthCheckPort ?? listener.portRanges[0]?.fromPort,
      HealthCheckProtocol: group.healthCheckProtocol,
      PortOverrides: group.portOverrides.map(({ listenerPort, endpointPort }) => ({
        EndpointPort: endpointPort,
        ListenerPort: listenerPort,
      })),
      ThresholdCount: group.thresholdCount,
      TrafficDialPercentage: group.trafficDialPercentage,
    })),
  ].map(thing => sorted(thing));
}

/** The picture sorts lists by their text; so does this. */
function sorted(thing: Thing): Thing {
  return Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.toSorted(byText) : value,
    ]),
  );
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
