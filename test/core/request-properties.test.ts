// What holds for every value there is, not only for the ones we thought of.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseRequest } from '@gatehouse/core/request/request';
import fc from 'fast-check';
import { at, group, instanceGroup, ipGroup, lambdaGroup, policy, request, VPC } from './requests.ts';

const port = fc.integer({ min: 1, max: 65_535 });

const seconds = fc.record(
  {
    healthCheckIntervalSeconds: fc.integer({ min: 5, max: 300 }),
    healthCheckTimeoutSeconds: fc.integer({ min: 1, max: 9 }),
    matcher: fc.constantFrom({}, { httpCode: '200-299,404' }),
    enabled: fc.boolean(),
  },
  { requiredKeys: [] },
);

const targetGroups = fc.uniqueArray(
  fc.record(
    {
      name: fc.stringMatching(/^[a-z][a-z0-9]{3,9}$/),
      region: fc.constantFrom('eu-west-1', 'us-east-1'),
      type: fc.constant('IP'),
      config: fc.record(
        {
          protocol: fc.constantFrom('HTTP', 'HTTPS', 'TCP'),
          port,
          vpcIdentifier: fc.constant(VPC),
          healthCheck: seconds,
        },
        { requiredKeys: ['protocol', 'port', 'vpcIdentifier'] },
      ),
      tags: fc.dictionary(fc.stringMatching(/^[A-Za-z0-9 _.:/=+@-]{1,20}$/), fc.constantFrom('', 'a b')),
      targets: fc.uniqueArray(fc.record({ id: fc.ipV4(), port }, { requiredKeys: ['id'] }), {
        selector: each => each.id,
        maxLength: 4,
      }),
    },
    { requiredKeys: ['name', 'type', 'config'] },
  ),
  { selector: each => each.name, maxLength: 3 },
);

const stickinessPolicies = fc.uniqueArray(
  fc
    .record({
      cookie: fc.oneof(
        fc.constant({}),
        fc.record({ cookieExpirationPeriod: fc.integer({ min: 1, max: 100_000 }) }),
        fc.record({ cookieName: fc.stringMatching(/^[A-Za-z-]{1,20}$/) }),
      ),
      rest: fc.record(
        {
          loadBalancerName: fc.constant('shop'),
          policyName: fc.stringMatching(/^[a-zA-Z0-9-]{1,20}$/),
          loadBalancerPorts: port.map(each => [each]),
          replace: fc.boolean(),
        },
        { requiredKeys: ['loadBalancerName', 'policyName', 'loadBalancerPorts'] },
      ),
    })
    .map(({ cookie, rest }) => ({ ...rest, ...cookie })),
  { selector: each => each.policyName, maxLength: 3 },
);

/** Mostly right requests, so that a good part is accepted. */
const requests = fc.record(
  {
    operation: fc.constant('provision'),
    entryPoint: fc.stringMatching(/^[a-z][a-z0-9]{2,20}(-[a-z0-9]{1,9}){0,3}$/),
    cloud: fc.constant('aws'),
    options: fc.record({ deadlineSeconds: fc.integer({ min: 60, max: 21_600 }) }, { requiredKeys: [] }),
    listener: fc.record(
      {
        acceleratorArn: fc.constant(request().listener.acceleratorArn),
        protocol: fc.constantFrom('TCP', 'UDP'),
        portRanges: fc.array(
          port.map(fromPort => ({ fromPort, toPort: fromPort })),
          { minLength: 1, maxLength: 4 },
        ),
        clientAffinity: fc.constantFrom('NONE', 'SOURCE_IP'),
      },
      { requiredKeys: ['acceleratorArn', 'protocol', 'portRanges'] },
    ),
    endpointGroups: fc.uniqueArray(
      fc.record(
        {
          region: fc.constantFrom('eu-west-1', 'eu-west-2', 'us-east-1'),
          trafficDialPercentage: fc.double({ min: -0, max: 100, noNaN: true }),
          healthCheckPort: port,
          healthCheckProtocol: fc.constantFrom('TCP', 'HTTP', 'HTTPS'),
          healthCheckPath: fc.stringMatching(/^\/[-a-zA-Z0-9@:%_+.~#?&/=]{0,30}$/),
          healthCheckIntervalSeconds: fc.constantFrom(10, 30),
          thresholdCount: fc.integer({ min: 1, max: 10 }),
          endpoints: fc.array(
            fc.record(
              {
                endpointId: fc.stringMatching(/^i-[0-9a-f]{17}$/),
                weight: fc.integer({ min: 0, max: 255 }),
                clientIPPreservationEnabled: fc.constant(true),
              },
              { requiredKeys: ['endpointId'] },
            ),
            { maxLength: 3 },
          ),
        },
        { requiredKeys: ['region'] },
      ),
      { selector: each => each.region },
    ),
    targetGroups,
    stickinessPolicies,
  },
  { requiredKeys: ['operation', 'entryPoint', 'listener'] },
);

const anyJson = fc.oneof(
  fc.jsonValue(),
  fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true }),
);

test('any value gives a request or mistakes, never an exception', () => {
  fc.assert(
    fc.property(anyJson, value => {
      const parsed = parseRequest(value);
      return parsed.ok || parsed.issues.length > 0;
    }),
    { numRuns: 1_000 },
  );
});

test('any value in the place of any member gives a request or mistakes, never an exception', () => {
  const places = [
    '/operation',
    '/entryPoint',
    '/cloud',
    '/options',
    '/listener',
    '/listener/portRanges',
    '/listener/portRanges/0',
    '/endpointGroups',
    '/endpointGroups/0',
    '/endpointGroups/0/endpoints',
    '/endpointGroups/0/endpoints/0',
    '/endpointGroups/0/endpoints/0/endpointId',
    '/endpointGroups/0/portOverrides',
    '/endpointGroups/0/portOverrides/0',
    '/targetGroups',
    '/targetGroups/0',
    '/targetGroups/0/type',
    '/targetGroups/0/tags',
    '/targetGroups/0/tags/team',
    '/targetGroups/0/targets',
    '/targetGroups/0/targets/0',
    '/targetGroups/0/targets/0/id',
    '/targetGroups/0/config',
    '/targetGroups/0/config/protocol',
    '/targetGroups/0/config/healthCheck',
    '/targetGroups/0/config/healthCheck/matcher',
    '/targetGroups/1/targets/0/id',
    '/targetGroups/2/config',
    '/stickinessPolicies',
    '/stickinessPolicies/0',
    '/stickinessPolicies/0/loadBalancerPorts',
    '/stickinessPolicies/0/cookieExpirationPeriod',
    '/toString',
    '/__proto__',
  ];
  const base = request({
    endpointGroups: [group({ portOverrides: [{ listenerPort: 443, endpointPort: 8443 }] })],
    targetGroups: [ipGroup({ tags: {} }), instanceGroup({ name: 'other' }), lambdaGroup()],
    stickinessPolicies: [policy({ cookieName: 'SESSION' })],
  });
  fc.assert(
    fc.property(fc.constantFrom(...places), anyJson, (place, value) => {
      const parsed = parseRequest(at(base, place, value));
      if (parsed.ok) return true;
      return parsed.issues.every(
        ({ pointer, detail }) => (pointer === '' || pointer.startsWith('/')) && detail !== '',
      );
    }),
    { numRuns: 3_000 },
  );
});

test('an accepted request, parsed again from its own JSON, is the same request', () => {
  let accepted = 0;
  fc.assert(
    fc.property(requests, value => {
      const once = parseRequest(value);
      if (!once.ok) return;
      accepted += 1;
      assert.deepStrictEqual(parseRequest(JSON.parse(JSON.stringify(once.request))), once);
    }),
    { numRuns: 1_000 },
  );
  assert.ok(accepted > 500, `only ${accepted} of 1000 were accepted: this proves too little`);
});

test('an accepted request is stored without a change of any value', () => {
  fc.assert(
    fc.property(requests, value => {
      const parsed = parseRequest(value);
      if (parsed.ok) assert.partialDeepStrictEqual(parsed.request, JSON.parse(JSON.stringify(value)));
    }),
  );
});
