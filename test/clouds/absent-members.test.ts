// What an answer leaves out has its documented value: no drift where that is wanted, drift where anything else is, and in
// neither case another object.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { membersOf } from '@gatehouse/core/json/plain-members';
import type { Resource } from '@gatehouse/core/ports/resource';
import { createWorld, type World } from '../world/world.ts';
import { alicloudEndpointGroup, alicloudListener } from './alicloud-fixtures.ts';
import type { Subject } from './contract.ts';
import { stickinessPolicy } from './elb-fixtures.ts';
import { endpointGroup, listener } from './fixtures.ts';
import { targetGroup } from './lattice-fixtures.ts';

type Members = Record<string, unknown>;

interface Case {
  subject: Subject;
  /** Members, by their paths in what a read gives, that the answer leaves out. */
  absent: string[];
  /** What they are then, and something else, with the drift that it makes. */
  same: Members;
  other: Members;
  drift: string[];
}

const endpointWith = (endpoint: unknown, members: Members) => ({ ...(endpoint as Members), ...members });

const CONFIG = { port: 8080, protocol: 'HTTP' };

const CASES: Case[] = [
  {
    subject: listener,
    absent: ['ClientAffinity'],
    same: { clientAffinity: 'NONE' },
    other: { clientAffinity: 'SOURCE_IP' },
    drift: ['clientAffinity'],
  },
  {
    subject: endpointGroup,
    absent: [
      ...['TrafficDialPercentage', 'HealthCheckProtocol', 'HealthCheckPath', 'HealthCheckIntervalSeconds'],
      ...['ThresholdCount', 'PortOverrides'],
    ],
    same: {
      ...{ trafficDialPercentage: 100, healthCheckProtocol: 'TCP', healthCheckPath: '/up' },
      ...{ healthCheckIntervalSeconds: 30, thresholdCount: 3, portOverrides: [] },
    },
    other: {
      ...{ trafficDialPercentage: 0, healthCheckProtocol: 'HTTP', healthCheckPath: '/up' },
      ...{ healthCheckIntervalSeconds: 10, thresholdCount: 1 },
      portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
    },
    drift: [
      ...['trafficDialPercentage', 'healthCheckProtocol', 'healthCheckPath', 'healthCheckIntervalSeconds'],
      ...['thresholdCount', 'portOverrides'],
    ],
  },
  {
    subject: targetGroup,
    absent: ['config.protocolVersion', 'config.ipAddressType'],
    same: { config: { ...CONFIG, protocolVersion: 'HTTP1', ipAddressType: 'IPV4' } },
    other: { config: { ...CONFIG, protocolVersion: 'HTTP2', ipAddressType: 'IPV6' } },
    drift: ['config.protocolVersion', 'config.ipAddressType'],
  },
  {
    subject: targetGroup,
    absent: ['config.healthCheck'],
    same: {
      config: {
        ...CONFIG,
        healthCheck: {
          ...{ enabled: true, protocol: 'HTTP', protocolVersion: 'HTTP1', port: 8080, path: '/' },
          ...{ healthCheckIntervalSeconds: 30, healthCheckTimeoutSeconds: 5 },
          ...{ healthyThresholdCount: 5, unhealthyThresholdCount: 2, matcher: { httpCode: '200' } },
        },
      },
    },
    other: { config: { ...CONFIG, healthCheck: { matcher: { httpCode: '204' } } } },
    drift: ['config.healthCheck'],
  },
  {
    subject: stickinessPolicy,
    absent: ['description.PolicyAttributeDescriptions'],
    same: { cookieExpirationPeriod: 0 },
    other: { cookieExpirationPeriod: 60 },
    drift: ['cookieExpirationPeriod'],
  },
  {
    subject: alicloudListener,
    absent: ['spec.name', 'spec.description', 'spec.clientAffinity', 'spec.idleTimeout'],
    same: { name: '', description: '', clientAffinity: 'NONE', idleTimeout: 900 },
    other: { name: 'a', description: 'b', clientAffinity: 'SOURCE_IP', idleTimeout: 60 },
    drift: ['name', 'description', 'clientAffinity', 'idleTimeout'],
  },
  {
    subject: alicloudEndpointGroup,
    absent: [
      'spec.type',
      'spec.name',
      'spec.description',
      'spec.endpointRequestProtocol',
      'spec.endpointIpVersion',
    ],
    same: {
      ...{ type: 'default', name: '', description: '' },
      ...{ endpointRequestProtocol: 'HTTP', endpointIpVersion: 'IPv4' },
    },
    other: { name: 'a', description: 'b', endpointRequestProtocol: 'HTTPS', endpointIpVersion: 'IPv6' },
    drift: ['name', 'description', 'endpointRequestProtocol', 'endpointIpVersion'],
  },
];

async function standing(world: World, { fixture, traits = {} }: Subject) {
  const { resource, desired } = await fixture(world);
  const made = await resource.create?.(desired, 'a'.repeat(64));
  world.pass(traits.settlesSeconds ?? 0);
  const read = await resource.read(desired, resource.idOf(made));
  return { resource: resource as Resource, desired, read };
}

function without(value: unknown, path: string): unknown {
  const [name = '', ...rest] = path.split('.');
  const { [name]: inner, ...others } = value as Members;
  return rest.length === 0 ? others : { ...others, [name]: without(inner, rest.join('.')) };
}

for (const { subject, absent, same, other, drift } of CASES) {
  test(`left out of an answer, members have their documented values: ${subject.name}, ${absent.join(', ')}`, async () => {
    const { resource, desired, read } = await standing(createWorld(), subject);
    const quiet = absent.reduce(without, read);
    assert.deepEqual(resource.drift({ ...desired, ...same }, quiet), []);
    assert.deepEqual(resource.drift({ ...desired, ...other }, quiet), drift);
  });
}

test('client IP preservation that no answer shows is off', async () => {
  const { resource, desired, read } = await standing(createWorld(), endpointGroup);
  const { endpoints } = desired as { endpoints: Members[] };
  const { EndpointDescriptions } = read as { EndpointDescriptions: Members[] };
  const quiet = {
    ...(read as Members),
    EndpointDescriptions: EndpointDescriptions.map(each => without(each, 'ClientIPPreservationEnabled')),
  };
  const wanted = (clientIPPreservationEnabled: boolean) => ({
    ...desired,
    endpoints: endpoints.map(endpoint => endpointWith(endpoint, { clientIPPreservationEnabled })),
  });
  assert.deepEqual(resource.drift(desired, quiet), [], 'unsaid, it is the cloud’s to choose');
  assert.deepEqual(resource.drift(wanted(false), quiet), []);
  assert.deepEqual(resource.drift(wanted(true), quiet), ['endpoints']);
  const images = membersOf(resource.snapshot?.(quiet)['endpoints']);
  for (const image of Object.values(images))
    assert.equal(membersOf(image)['clientIPPreservationEnabled'], false, 'to be off again it has to be said');
});

test('a path that a create answered as the text `undefined` is none', async () => {
  const { resource, desired, read } = await standing(createWorld(), endpointGroup);
  const seen = { ...(read as Members), HealthCheckProtocol: 'HTTP', HealthCheckPath: 'undefined' };
  const wanted = { ...desired, healthCheckProtocol: 'HTTP', healthCheckPath: '/' };
  assert.deepEqual(resource.drift(wanted, seen), []);
});

test('a group of functions without a configuration has the first version of the events', async () => {
  const { resource, desired, read } = await standing(createWorld(), targetGroup);
  const functions = { ...(read as Members), type: 'LAMBDA', config: {} };
  const wanted = (lambdaEventStructureVersion: string) => ({
    ...desired,
    type: 'LAMBDA',
    config: { lambdaEventStructureVersion },
  });
  assert.deepEqual(resource.drift(wanted('V1'), functions), []);
  assert.deepEqual(resource.drift(wanted('V2'), functions), ['config.lambdaEventStructureVersion']);
  assert.ok(resource.createOnly?.includes('config.lambdaEventStructureVersion'), 'which no call changes');
});

test('members of HTTPS alone are compared where HTTPS is requested, with their documented defaults', async () => {
  const { resource, desired, read } = await standing(createWorld(), alicloudListener);
  const { spec } = read as { spec: Members };
  const https = { ...(read as Members), spec: { ...spec, protocol: 'HTTPS' } };
  const off = ['GaId', 'GaAp', 'Proto', 'Port'].map(name => [`xForwardedFor${name}Enabled`, false]);
  const headers = { ...Object.fromEntries(off), xRealIpEnabled: false };
  const usual = { httpVersion: 'http2', requestTimeout: 60, xForwardedForConfig: headers };
  const wanted = { ...desired, protocol: 'HTTPS', ...usual };
  const quiet = ['httpVersion', 'requestTimeout', 'idleTimeout', 'xForwardedForConfig'].reduce(
    (seen, member) => without(seen, `spec.${member}`),
    https as unknown,
  );
  assert.deepEqual(resource.drift({ ...wanted, idleTimeout: 15 }, quiet), []);
  const xForwardedForConfig = { ...headers, xRealIpEnabled: true };
  assert.deepEqual(
    resource.drift({ ...wanted, httpVersion: 'http3', requestTimeout: 9, xForwardedForConfig }, quiet),
    ['httpVersion', 'requestTimeout', 'xForwardedForConfig'],
  );
});

test('flags of an endpoint that no answer shows are off', async () => {
  const { resource, desired, read } = await standing(createWorld(), alicloudEndpointGroup);
  const { spec } = read as { spec: { endpoints: Members[] } };
  const { endpoints } = desired as { endpoints: Members[] };
  const flags = ['enableClientIPPreservation', 'enableProxyProtocol'];
  const quiet = {
    ...(read as Members),
    spec: { ...spec, endpoints: spec.endpoints.map(each => flags.reduce(without, each as unknown)) },
  };
  const wanted = (flag: boolean) => ({
    ...desired,
    endpoints: endpoints.map(each => endpointWith(each, { [flags[0] ?? '']: flag, [flags[1] ?? '']: flag })),
  });
  assert.deepEqual(resource.drift(wanted(false), quiet), []);
  assert.deepEqual(resource.drift(wanted(true), quiet), ['endpoints']);
});
