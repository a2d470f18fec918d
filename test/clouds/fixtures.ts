// What stands in the twins' seeded account, as far as these tests use it, and the fixtures of the contract.
import {
  AddEndpointsCommand,
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  RemoveEndpointsCommand,
  UpdateEndpointGroupCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { type AwsRequest, parseRequest } from '@gatehouse/core/request/request';
import type { World } from '../world/world.ts';
import type { Subject } from './contract.ts';

const ACCOUNT = '123456789012';
const accelerator = (id: string) => `arn:aws:globalaccelerator::${ACCOUNT}:accelerator/${id}`;
const balancer = (region: string, path: string) =>
  `arn:aws:elasticloadbalancing:${region}:${ACCOUNT}:loadbalancer/${path}`;

export const EDGE = accelerator('1234abcd-abcd-1234-abcd-1234abcdef01');
export const INTERNAL = accelerator('5678dcba-dcba-5678-dcba-5678dcba5602');
/** Somebody else's, TCP 9000 on EDGE. */
export const FOREIGN_LISTENER = `${EDGE}/listener/0f9e8d7c`;
export const ALB = balancer('eu-west-1', 'app/checkout-alb/50dc6c495c0c9188');
export const NLB = balancer('eu-west-1', 'net/ingest-nlb/50dc6c495c0c918a');
export const LEGACY_NLB = balancer('eu-west-1', 'net/legacy-nlb/50dc6c495c0c918b');
export const US_ALB = balancer('us-east-1', 'app/shop-alb/8a3f09d27be16488');
export const BACKOFFICE_ALB = balancer('eu-west-1', 'app/backoffice-alb/50dc6c495c0c9189');
/** Another account's, in eu-west-1, and the attachment that shares it. */
export const CROSS_ACCOUNT =
  'arn:aws:elasticloadbalancing:eu-west-1:210987654321:loadbalancer/app/shared-alb/7f2c1d9be4a05863';
export const ATTACHMENT =
  'arn:aws:globalaccelerator::210987654321:attachment/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';
/** Right in form, and nothing stands there. */
export const GONE_ACCELERATOR = accelerator('00000000-0000-4000-8000-000000000000');
export const GONE_LISTENER = `${EDGE}/listener/00000000`;

/** A request with every default filled in. */
export function requestOf(changes: object = {}): AwsRequest {
  const parsed = parseRequest({
    operation: 'provision',
    entryPoint: 'checkout-edge',
    listener: listenerOf(),
    ...changes,
  });
  if (!parsed.ok || parsed.request.cloud !== 'aws') throw new Error(JSON.stringify(parsed));
  return parsed.request;
}

export function listenerOf(changes: object = {}) {
  return {
    acceleratorArn: EDGE,
    protocol: 'TCP',
    portRanges: [
      { fromPort: 443, toPort: 443 },
      { fromPort: 80, toPort: 81 },
    ],
    ...changes,
  };
}

export function desiredListener(changes: object = {}): NonNullable<AwsRequest['listener']> {
  const { listener: desired } = requestOf({ listener: listenerOf(changes) });
  if (!desired) throw new Error('a listener was asked for');
  return desired;
}

export function desiredGroup(changes: object = {}): AwsRequest['endpointGroups'][number] {
  const group = {
    region: 'eu-west-1',
    trafficDialPercentage: 33.3,
    endpoints: [
      { endpointId: ALB, weight: 0 },
      { endpointId: NLB, weight: 255 },
    ],
    portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
    ...changes,
  };
  const [first] = requestOf({ endpointGroups: [group] }).endpointGroups;
  if (!first) throw new Error('one group was asked for');
  return first;
}

/** A listener for groups to hang on. */
export async function standingListener(world: World): Promise<string> {
  const { Listener } = await world.stranger().send(
    new CreateListenerCommand({
      AcceleratorArn: EDGE,
      Protocol: 'TCP',
      PortRanges: [
        { FromPort: 443, ToPort: 443 },
        { FromPort: 80, ToPort: 81 },
      ],
    }),
  );
  return String(Listener?.ListenerArn);
}

export const listener: Subject = {
  name: 'listener',
  service: 'globalaccelerator',
  createOperation: 'CreateListener',
  async fixture(world) {
    const stranger = world.stranger();
    const update = (changes: object) => (ListenerArn: string) =>
      stranger.send(new UpdateListenerCommand({ ListenerArn, ...changes }));
    return {
      resource: world.ports().resource('listener'),
      desired: desiredListener({ clientAffinity: 'SOURCE_IP' }),
      elsewhere: [
        {
          what: 'some of its ports',
          desired: desiredListener({ portRanges: [{ fromPort: 443, toPort: 443 }] }),
        },
        { what: 'the other protocol', desired: desiredListener({ protocol: 'UDP' }) },
        { what: 'the other accelerator', desired: desiredListener({ acceleratorArn: INTERNAL }) },
        {
          what: 'an accelerator that is gone',
          desired: desiredListener({ acceleratorArn: GONE_ACCELERATOR }),
        },
      ],
      elsewhereInPlace: [
        {
          what: 'another accelerator',
          desired: desiredListener({ acceleratorArn: INTERNAL, clientAffinity: 'SOURCE_IP' }),
        },
      ],
      updates: [
        {
          what: 'all of it',
          desired: desiredListener({
            protocol: 'UDP',
            portRanges: [
              { fromPort: 8443, toPort: 8443 },
              { fromPort: 443, toPort: 443 },
            ],
          }),
        },
        { what: 'affinity only', desired: desiredListener() },
        {
          what: 'a range less',
          desired: desiredListener({
            portRanges: [{ fromPort: 443, toPort: 443 }],
            clientAffinity: 'SOURCE_IP',
          }),
        },
      ],
      meanwhile: [
        {
          what: 'ports',
          by: update({ PortRanges: [{ FromPort: 7000, ToPort: 7000 }] }),
          member: ['portRanges'],
        },
      ],
      changes: [
        { what: 'affinity', by: update({ ClientAffinity: 'NONE' }), drift: ['clientAffinity'] },
        {
          what: 'ports',
          by: update({ PortRanges: [{ FromPort: 8080, ToPort: 8081 }] }),
          drift: ['portRanges'],
        },
        { what: 'protocol', by: update({ Protocol: 'UDP' }), drift: ['protocol'] },
        {
          what: 'all of it',
          by: update({
            ClientAffinity: 'NONE',
            Protocol: 'UDP',
            PortRanges: [{ FromPort: 53, ToPort: 53 }],
          }),
          drift: ['protocol', 'portRanges', 'clientAffinity'],
        },
      ],
      async hang(ListenerArn) {
        const { EndpointGroup } = await stranger.send(
          new CreateEndpointGroupCommand({ ListenerArn, EndpointGroupRegion: 'us-east-1' }),
        );
        return String(EndpointGroup?.EndpointGroupArn);
      },
      vanish: ListenerArn => stranger.send(new DeleteListenerCommand({ ListenerArn })),
    };
  },
};

export const endpointGroup: Subject = {
  name: 'endpoint group',
  service: 'globalaccelerator',
  createOperation: 'CreateEndpointGroup',
  async fixture(world) {
    const stranger = world.stranger();
    const listenerArn = await standingListener(world);
    const update = (changes: object) => (EndpointGroupArn: string) =>
      stranger.send(new UpdateEndpointGroupCommand({ EndpointGroupArn, ...changes }));
    const take = (...ids: string[]) => {
      const EndpointIdentifiers = ids.map(EndpointId => ({ EndpointId }));
      return (EndpointGroupArn: string) =>
        stranger.send(new RemoveEndpointsCommand({ EndpointGroupArn, EndpointIdentifiers }));
    };
    const add = (EndpointGroupArn: string, EndpointId: string, members: object = {}) =>
      stranger.send(
        new AddEndpointsCommand({ EndpointGroupArn, EndpointConfigurations: [{ EndpointId, ...members }] }),
      );
    /** An endpoint with other members, everything else in the group as it is. */
    const replace = (EndpointId: string, members: object) => async (arn: string) => {
      await take(EndpointId)(arn);
      await add(arn, EndpointId, members);
    };
    return {
      resource: world.ports().resource('endpointGroup'),
      desired: { ...desiredGroup(), listenerArn },
      elsewhere: [
        {
          what: 'another region',
          desired: { ...desiredGroup({ region: 'us-east-1', endpoints: [] }), listenerArn },
        },
        {
          what: 'another listener',
          desired: {
            ...desiredGroup({ region: 'ap-southeast-2', endpoints: [] }),
            listenerArn: FOREIGN_LISTENER,
          },
        },
        { what: 'a listener that is not known yet', desired: desiredGroup() },
        { what: 'a listener that is gone', desired: { ...desiredGroup(), listenerArn: GONE_LISTENER } },
      ],
      elsewhereInPlace: [
        {
          what: 'another region',
          desired: { ...desiredGroup(), region: 'us-east-1', listenerArn },
        },
        { what: 'another listener', desired: { ...desiredGroup(), listenerArn: FOREIGN_LISTENER } },
      ],
      updates: [
        {
          what: 'members, weights, one more and one less',
          desired: {
            ...desiredGroup({
              trafficDialPercentage: 66.6,
              healthCheckPort: 8080,
              healthCheckProtocol: 'HTTP',
              healthCheckPath: '/up',
              thresholdCount: 5,
              endpoints: [
                { endpointId: ALB, weight: 12, clientIPPreservationEnabled: false },
                { endpointId: BACKOFFICE_ALB, weight: 3 },
              ],
              portOverrides: [{ listenerPort: 80, endpointPort: 8080 }],
            }),
            dropped: [NLB],
            listenerArn,
          },
        },
        {
          what: 'a weight',
          desired: {
            ...desiredGroup({
              endpoints: [
                { endpointId: ALB, weight: 1 },
                { endpointId: NLB, weight: 255 },
              ],
            }),
            listenerArn,
          },
        },
        {
          what: 'one more',
          desired: {
            ...desiredGroup({
              endpoints: [
                { endpointId: ALB, weight: 0 },
                { endpointId: NLB, weight: 255 },
                { endpointId: BACKOFFICE_ALB, weight: 5 },
              ],
            }),
            listenerArn,
          },
        },
      ],
      meanwhile: [
        { what: 'dial', by: update({ TrafficDialPercentage: 1 }), member: ['trafficDialPercentage'] },
        {
          what: 'overrides',
          by: update({ PortOverrides: [{ ListenerPort: 81, EndpointPort: 9443 }] }),
          member: ['portOverrides'],
        },
        {
          what: 'a weight',
          by: async arn => {
            await take(ALB)(arn);
            await add(arn, ALB, { Weight: 99, ClientIPPreservationEnabled: false });
          },
          member: ['endpoints', ALB, 'weight'],
        },
        {
          what: 'an endpoint of theirs',
          by: arn => add(arn, LEGACY_NLB, { Weight: 9 }),
          member: ['endpoints', LEGACY_NLB],
        },
      ],
      changes: [
        { what: 'dial', by: update({ TrafficDialPercentage: 0 }), drift: ['trafficDialPercentage'] },
        { what: 'threshold', by: update({ ThresholdCount: 1 }), drift: ['thresholdCount'] },
        {
          what: 'health check',
          by: update({
            HealthCheckProtocol: 'HTTP',
            HealthCheckIntervalSeconds: 10,
          }),
          drift: ['healthCheckProtocol', 'healthCheckIntervalSeconds'],
        },
        { what: 'no overrides', by: update({ PortOverrides: [] }), drift: ['portOverrides'] },
        {
          what: 'another override',
          by: update({ PortOverrides: [{ ListenerPort: 443, EndpointPort: 9443 }] }),
          drift: ['portOverrides'],
        },
        { what: 'a weight of 0 raised', by: replace(ALB, { Weight: 1 }), drift: ['endpoints'] },
        { what: 'a weight lowered to 0', by: replace(NLB, { Weight: 0 }), drift: ['endpoints'] },
        { what: 'an endpoint gone', by: take(ALB), drift: ['endpoints'] },
        { what: 'all endpoints gone', by: take(ALB, NLB), drift: ['endpoints'] },
        {
          what: 'one gone, one changed, and the dial',
          by: async arn => {
            await take(ALB)(arn);
            await replace(NLB, { Weight: 7 })(arn);
            await update({ TrafficDialPercentage: 50 })(arn);
          },
          drift: ['trafficDialPercentage', 'endpoints'],
        },
      ],
      async hang(arn) {
        await add(arn, LEGACY_NLB, { Weight: 9 });
        return LEGACY_NLB;
      },
      vanish: EndpointGroupArn => stranger.send(new DeleteEndpointGroupCommand({ EndpointGroupArn })),
    };
  },
};
