// Listeners and endpoint groups of Alibaba Cloud for the contract. Their settling has tests of its own, in the sagas: here
// an instance is done with a change at once.
import { alicloudClient, fixedKey } from '@gatehouse/clouds/alicloud-global-accelerator';
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { type AlicloudRequest, parseRequest } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { inProcess } from '../world/in-process-http.ts';
import type { World } from '../world/world.ts';
import type { Subject } from './contract.ts';

export const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';
export const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
export const AT_ONCE = { ga: { firstChangeSeconds: 0, changeSeconds: 0, instanceLagSeconds: 0 } };

/** Somebody else in the same account. */
export function strangerOn(world: World) {
  const credentials = { accessKeyId: 'colleague', accessKeySecret: 'colleague-secret' };
  const client = alicloudClient({ endpoint: `http://${inProcess(world.wire)}`, keys: fixedKey(credentials) });
  return (operation: string, parameters: Record<string, unknown>) =>
    client.call(operation, parameters, z.looseObject({}));
}

export function requestOf(changes: object = {}, profile: AlicloudProfile = 'current'): AlicloudRequest {
  const value = {
    operation: 'provision',
    entryPoint: 'shop-edge',
    cloud: 'alicloud',
    listener: listenerOf(),
  };
  const parsed = parseRequest({ ...value, ...changes }, undefined, profile);
  if (!parsed.ok || parsed.request.cloud !== 'alicloud') throw new Error(JSON.stringify(parsed));
  return parsed.request;
}

function listenerOf(changes: object = {}) {
  const portRanges = [range(443), range(8080, 8085)];
  return { acceleratorId: ARCADE, name: 'shop', protocol: 'TCP', portRanges, ...changes };
}

export function range(fromPort: number, toPort = fromPort) {
  return { fromPort, toPort };
}

function desiredListener(changes: object = {}): object {
  const { additionalCertificates: _, ...listener } = requestOf({ listener: listenerOf(changes) })
    .listener ?? {
    additionalCertificates: [],
  };
  return listener;
}

const PUBLIC = { type: 'PublicIp', endpoint: '203.0.113.11', weight: 0 };
const OTHER = { type: 'PublicIp', endpoint: '203.0.113.12', weight: 255 };

function desiredGroup(changes: object = {}): object {
  const tags = { team: 'shop', stage: 'test' };
  const group = { name: 'shop', region: 'cn-hangzhou', endpoints: [PUBLIC, OTHER], tags, ...changes };
  return { ...requestOf({ endpointGroups: [group] }).endpointGroups[0], acceleratorId: ARCADE };
}

const wire = ({ type, endpoint, weight }: typeof PUBLIC) => ({
  Type: type,
  Endpoint: endpoint,
  Weight: weight,
});
type Configuration = Record<string, unknown>;
const THEIRS = { type: 'PublicIp', endpoint: '203.0.113.99', weight: 9 };

export const alicloudListener: Subject = {
  name: 'listener of Alibaba Cloud',
  service: 'ga',
  createOperation: 'CreateListener',
  traits: { settlesSeconds: 1 },
  async fixture(world) {
    await world.switches(AT_ONCE);
    const stranger = strangerOn(world);
    const update = (changes: object) => (ListenerId: string) =>
      stranger('UpdateListener', { ListenerId, ...changes });
    return {
      resource: world.ports().resource('alicloudListener'),
      desired: desiredListener({ clientAffinity: 'SOURCE_IP' }),
      elsewhere: [
        { what: 'some of its ports', desired: desiredListener({ portRanges: [range(443)] }) },
        { what: 'another protocol', desired: desiredListener({ protocol: 'UDP' }) },
        { what: 'another instance', desired: desiredListener({ acceleratorId: SHOP }) },
        {
          what: 'an instance that is gone',
          desired: desiredListener({ acceleratorId: 'ga-bp1nobody00000000000' }),
        },
      ],
      elsewhereInPlace: [
        {
          what: 'another instance',
          desired: desiredListener({ acceleratorId: SHOP, clientAffinity: 'SOURCE_IP' }),
        },
      ],
      updates: [
        {
          what: 'all of it',
          desired: desiredListener({
            name: 'counter',
            description: 'a shop',
            protocol: 'HTTPS',
            portRanges: [range(8443)],
            certificates: [{ id: '4490001-cn-hangzhou' }],
            securityPolicyId: 'tls_cipher_policy_1_2',
            httpVersion: 'http3',
            idleTimeout: 30,
            requestTimeout: 90,
            xForwardedForConfig: { xRealIpEnabled: true },
          }),
        },
        { what: 'affinity only', desired: desiredListener() },
        { what: 'a timeout', desired: desiredListener({ clientAffinity: 'SOURCE_IP', idleTimeout: 60 }) },
        {
          what: 'a range less',
          desired: desiredListener({ clientAffinity: 'SOURCE_IP', portRanges: [range(443)] }),
        },
      ],
      meanwhile: [
        { what: 'its name', by: update({ Name: 'theirs' }), member: ['name'] },
        { what: 'a timeout', by: update({ IdleTimeout: 33 }), member: ['idleTimeout'] },
        {
          what: 'ports',
          by: update({ PortRanges: [{ FromPort: 7000, ToPort: 7000 }] }),
          member: ['portRanges'],
        },
      ],
      changes: [
        { what: 'affinity', by: update({ ClientAffinity: 'NONE' }), drift: ['clientAffinity'] },
        { what: 'its name', by: update({ Name: 'theirs' }), drift: ['name'] },
        { what: 'ports', by: update({ PortRanges: [{ FromPort: 90, ToPort: 91 }] }), drift: ['portRanges'] },
        { what: 'protocol', by: update({ Protocol: 'UDP' }), drift: ['protocol'] },
      ],
      async hang(ListenerId) {
        const made = await stranger('CreateEndpointGroup', {
          AcceleratorId: ARCADE,
          ListenerId,
          EndpointGroupRegion: 'cn-shanghai',
          EndpointConfigurations: [wire(THEIRS)],
        });
        return String(made['EndpointGroupId']);
      },
      vanish: ListenerId => stranger('DeleteListener', { ListenerId, AcceleratorId: ARCADE }),
    };
  },
};

export const alicloudEndpointGroup: Subject = {
  name: 'endpoint group of Alibaba Cloud',
  service: 'ga',
  createOperation: 'CreateEndpointGroup',
  traits: { settlesSeconds: 1 },
  async fixture(world) {
    await world.switches(AT_ONCE);
    const stranger = strangerOn(world);
    const made = await stranger('CreateListener', {
      AcceleratorId: ARCADE,
      Protocol: 'TCP',
      PortRanges: [{ FromPort: 443, ToPort: 443 }],
    });
    const listenerId = String(made['ListenerId']);
    const update = (changes: object) => (EndpointGroupId: string) =>
      stranger('UpdateEndpointGroup', { EndpointGroupId, EndpointGroupRegion: 'cn-hangzhou', ...changes });
    /** Of the list as it stands, as an update replaces it whole. */
    const endpoints = (change: (list: Configuration[]) => Configuration[]) => async (id: string) => {
      const group = await stranger('DescribeEndpointGroup', { EndpointGroupId: id });
      return update({ EndpointConfigurations: change(group['EndpointConfigurations'] as Configuration[]) })(
        id,
      );
    };
    const tagged = (id: string) => ({ ResourceType: 'endpointgroup', ResourceId: [id] });
    const tag = (Key: string, Value: string) => (id: string) =>
      stranger('TagResources', { ...tagged(id), Tag: [{ Key, Value }] });
    const weigh = (Endpoint: string, Weight: number) =>
      endpoints(list => list.map(each => (each['Endpoint'] === Endpoint ? { ...each, Weight } : each)));
    return {
      resource: world.ports().resource('alicloudEndpointGroup'),
      desired: { ...desiredGroup(), listenerId },
      elsewhere: [
        { what: 'another region', desired: { ...desiredGroup({ region: 'cn-shanghai' }), listenerId } },
        { what: 'a listener that is not known yet', desired: desiredGroup() },
        {
          what: 'a listener that is gone',
          desired: { ...desiredGroup(), listenerId: 'lsr-bp1nobody00000000000' },
        },
      ],
      elsewhereInPlace: [
        { what: 'another region', desired: { ...desiredGroup({ region: 'cn-shanghai' }), listenerId } },
        { what: 'another type', desired: { ...desiredGroup(), type: 'virtual', listenerId } },
        { what: 'another listener', desired: { ...desiredGroup(), listenerId: 'lsr-bp1nobody00000000000' } },
      ],
      updates: [
        {
          what: 'members, weights, one more and one less',
          desired: {
            ...desiredGroup({
              name: 'counter',
              description: 'goods',
              trafficPercentage: 40,
              healthCheckEnabled: true,
              healthCheckProtocol: 'http',
              healthCheckPort: 8080,
              healthCheckPath: '/up',
              thresholdCount: 5,
              endpoints: [
                { ...PUBLIC, weight: 12, enableProxyProtocol: true },
                { type: 'PublicIp', endpoint: '203.0.113.13', weight: 3 },
              ],
              portOverrides: [{ listenerPort: 443, endpointPort: 8443 }],
              tags: { team: 'counter', cost: '' },
            }),
            dropped: ['PublicIp 203.0.113.12'],
            droppedTags: ['stage'],
            listenerId,
          },
        },
        {
          what: 'a weight',
          desired: { ...desiredGroup({ endpoints: [{ ...PUBLIC, weight: 1 }, OTHER] }), listenerId },
        },
        {
          what: 'a tag for another',
          desired: {
            ...desiredGroup({ tags: { team: 'shop', cost: '7' } }),
            droppedTags: ['stage'],
            listenerId,
          },
        },
        {
          what: 'one more',
          desired: {
            ...desiredGroup({
              endpoints: [PUBLIC, OTHER, { type: 'PublicIp', endpoint: '203.0.113.13', weight: 3 }],
            }),
            listenerId,
          },
        },
      ],
      meanwhile: [
        { what: 'percentage', by: update({ TrafficPercentage: 1 }), member: ['trafficPercentage'] },
        {
          what: 'overrides',
          by: update({ PortOverrides: [{ ListenerPort: 443, EndpointPort: 9443 }] }),
          member: ['portOverrides'],
        },
        {
          what: 'a weight',
          by: weigh(PUBLIC.endpoint, 99),
          member: ['endpoints', 'PublicIp 203.0.113.11', 'weight'],
        },
        { what: 'a tag', by: tag('team', 'theirs'), member: ['tags', 'team'] },
        { what: 'a tag of theirs', by: tag('theirs', 'x'), member: ['tags', 'theirs'] },
        {
          what: 'an endpoint of theirs',
          by: endpoints(list => [...list, wire(THEIRS)]),
          member: ['endpoints', 'PublicIp 203.0.113.99'],
        },
      ],
      changes: [
        { what: 'percentage', by: update({ TrafficPercentage: 0 }), drift: ['trafficPercentage'] },
        { what: 'a tag', by: tag('team', 'theirs'), drift: ['tags'] },
        {
          what: 'a tag gone',
          by: id => stranger('UntagResources', { ...tagged(id), TagKey: ['stage'] }),
          drift: ['tags'],
        },
        {
          what: 'a weight of 0 raised',
          by: weigh(PUBLIC.endpoint, 1),
          drift: ['endpoints'],
        },
        {
          what: 'a weight lowered to 0',
          by: weigh(OTHER.endpoint, 0),
          drift: ['endpoints'],
        },
        {
          what: 'an endpoint gone',
          by: endpoints(list => list.filter(each => each['Endpoint'] !== PUBLIC.endpoint)),
          drift: ['endpoints'],
        },
      ],
      async hang(id) {
        await endpoints(list => [...list, wire(THEIRS)])(id);
        return 'PublicIp 203.0.113.99';
      },
      vanish: EndpointGroupId => stranger('DeleteEndpointGroup', { EndpointGroupId, AcceleratorId: ARCADE }),
    };
  },
};
