// Answers of the clouds that their documentation leaves open, or that were seen to differ from it: with each of them an
// entry point is provisioned, read, updated, rolled back and removed in the same way.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { UpdateAcceleratorCommand } from '@aws-sdk/client-global-accelerator';
import { EDGE, INTERNAL, LEGACY_NLB, NLB } from '../clouds/fixtures.ts';
import type { World } from '../world/world.ts';
import { type Life, liveThrough, type Spec } from './answers.ts';

const VPC = 'vpc-0a1b2c3d4e5f60718';
const regional = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer';
const PRIVATE_NLB = `${regional}/net/private-nlb/50dc6c495c0c918c`;
const DUAL_ALB = `${regional}/app/dual-alb/50dc6c495c0c918d`;

const endpoint = (endpointId: string, weight: number, more: object = {}) => ({ endpointId, weight, ...more });

function edge(group: object, acceleratorArn = EDGE): Spec {
  return {
    entryPoint: 'edge',
    listener: { acceleratorArn, protocol: 'TCP', portRanges: [{ fromPort: 9443, toPort: 9443 }] },
    endpointGroups: [{ region: 'eu-west-1', ...group }],
  };
}

function lattice(type: 'IP' | 'INSTANCE', config: object, targets: object[]): Spec {
  const group = { name: 'shop', region: 'eu-west-1', type, targets };
  return {
    entryPoint: 'lattice',
    targetGroups: [{ ...group, config: { protocol: 'HTTPS', vpcIdentifier: VPC, ...config } }],
  };
}

function game(group: object): Spec {
  return {
    entryPoint: 'game',
    cloud: 'alicloud',
    listener: {
      acceleratorId: 'ga-bp1shopw7k2m9q4x1z8t',
      protocol: 'HTTPS',
      portRanges: [{ fromPort: 443, toPort: 443 }],
      certificates: [{ id: '4490001-cn-hangzhou' }],
    },
    endpointGroups: [
      {
        name: 'shop',
        region: 'cn-hangzhou',
        endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11', weight: 100 }],
        ...group,
      },
    ],
  };
}

const toHttp: Life = {
  from: edge({ endpoints: [endpoint(NLB, 128)] }),
  to: edge({
    trafficDialPercentage: 50,
    healthCheckProtocol: 'HTTP',
    healthCheckPath: '/up',
    endpoints: [endpoint(NLB, 9), endpoint(LEGACY_NLB, 1, { clientIPPreservationEnabled: false })],
  }),
};
const pathBesideTcp: Life = {
  from: edge({ healthCheckPath: '/up', endpoints: [endpoint(NLB, 128)] }),
  to: edge({ healthCheckPath: '/down', endpoints: [endpoint(NLB, 9)] }),
};
const targets: Life = {
  from: lattice('IP', {}, [{ id: '10.0.1.5' }, { id: '10.0.2.5' }]),
  to: lattice('IP', { healthCheck: { path: '/up' } }, [{ id: '10.0.1.5' }, { id: '10.0.3.5' }]),
};
const instances: Life = {
  from: lattice('INSTANCE', {}, [{ id: 'i-50dc6c495c0c918d0' }]),
  to: lattice('INSTANCE', { healthCheck: { path: '/up' } }, [{ id: 'i-50dc6c495c0c918d1' }]),
};
const unsaidChecks: Life = {
  from: lattice('IP', {}, [{ id: '10.0.1.5' }]),
  to: lattice('IP', {}, [{ id: '10.0.2.5' }]),
};
const httpsChecks: Life = {
  from: lattice('IP', { healthCheck: { protocol: 'HTTPS' } }, [{ id: '10.0.1.5' }]),
  to: lattice('IP', { healthCheck: { protocol: 'HTTPS', path: '/up' } }, [{ id: '10.0.1.5' }]),
};
const group: Life = {
  from: game({ description: 'all', trafficPercentage: 40, healthCheckEnabled: true, healthCheckPort: 8443 }),
  to: game({
    ...{ description: 'all', trafficPercentage: 40, healthCheckEnabled: true, healthCheckPort: 9443 },
    endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.12', weight: 7 }],
  }),
};

/** For each life what the clouds answer: first by default, then as the other positions of their switches have it. */
const ANSWERS: [service: string, life: Life, settings: Record<string, string | number>[]][] = [
  [
    'globalaccelerator',
    toHttp,
    [
      {},
      { tcpPath: 'asSent', settlesFromSeconds: 20, settlesToSeconds: 20 },
      { createdWithoutPath: 'undefined', preservationOff: 'absent', settlesFromSeconds: 300 },
      { loadBalancerActiveAfterSeconds: 120, emptyToken: 'none', emptyNextToken: 'firstPage' },
    ],
  ],
  ['globalaccelerator', pathBesideTcp, [{}, { tcpPath: 'asSent' }]],
  ['vpc-lattice', targets, [{}, { drainingStatus: 'asBefore' }, { omittedAddressType: 'absent' }]],
  ['vpc-lattice', instances, [{}, { instanceAddressType: 'IPV4' }]],
  ['vpc-lattice', unsaidChecks, [{}, { healthCheckProtocol: 'asGroup' }]],
  ['vpc-lattice', httpsChecks, [{}, { healthCheckProtocol: 'asGroup' }]],
  ['ga', group, [{}, { updateOmittedMember: 'reset' }]],
];

for (const [service, life, positions] of ANSWERS) {
  for (const settings of positions) {
    test(`${service}, ${JSON.stringify(settings)}: ${life.from.entryPoint} lives as it should`, async () => {
      await liveThrough({ ...life, switches: { [service]: settings } });
    });
  }
}

test('a rollback to a health check path that TCP has hidden is one call', async () => {
  const { undone } = await liveThrough({
    from: edge({ healthCheckProtocol: 'HTTP', healthCheckPath: '/up', endpoints: [endpoint(NLB, 9)] }),
    to: edge({ healthCheckProtocol: 'TCP', endpoints: [endpoint(NLB, 9)] }),
  });
  assert.deepEqual(
    undone.map(({ operation }) => operation),
    ['UpdateEndpointGroup', 'UpdateEndpointGroup'],
    'the update, and its undo',
  );
});

test('tags have as many letters as a request may give them, also letters with two places in a text', async () => {
  const tagged = (tags: object): Spec => {
    const group = { name: 'shop', region: 'eu-west-1', type: 'LAMBDA', tags };
    return { entryPoint: 'tagged', targetGroups: [group] };
  };
  await liveThrough({
    from: tagged({ ['𝔸'.repeat(128)]: '𝔸'.repeat(256) }),
    to: tagged({ ['𝔹'.repeat(128)]: '𝔹'.repeat(256) }),
  });
});

test('the endpoints of a dual-stack accelerator are dual-stack', async () => {
  const dualStack = async (world: World) => {
    const command = new UpdateAcceleratorCommand({ AcceleratorArn: INTERNAL, IpAddressType: 'DUAL_STACK' });
    await world.stranger().send(command);
  };
  const { world } = await liveThrough({
    before: dualStack,
    from: edge({ endpoints: [endpoint(DUAL_ALB, 9)] }, INTERNAL),
    to: edge({ endpoints: [endpoint(DUAL_ALB, 8)] }, INTERNAL),
  });
  const before = await world.picture();
  const request = { operation: 'provision', ...edge({ endpoints: [endpoint(NLB, 9)] }, INTERNAL) };
  const { job } = await world.finish((await world.submit(request, 'another')).id);
  assert.deepEqual(
    [job.status, job.problem?.provider?.errorCode],
    ['ROLLED_BACK', 'InvalidArgumentException'],
  );
  assert.equal(await world.picture(), before);
});

test('an internal Network Load Balancer preserves client IPs', async () => {
  const preserved = { clientIPPreservationEnabled: true };
  await liveThrough({
    from: edge({ endpoints: [endpoint(PRIVATE_NLB, 9, preserved)] }),
    to: edge({ endpoints: [endpoint(PRIVATE_NLB, 8, preserved), endpoint(NLB, 1)] }),
  });
});
