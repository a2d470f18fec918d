// What hangs on an HTTPS listener of Alibaba Cloud, for the contract: an additional certificate, a forwarding rule.
import type { World } from '../world/world.ts';
import { ARCADE, AT_ONCE, strangerOn } from './alicloud-fixtures.ts';
import type { Subject } from './contract.ts';

const NO_LISTENER = 'lsr-bp1nobody00000000000';
const ENDPOINTS = [{ Type: 'PublicIp', Endpoint: '203.0.113.11', Weight: 1 }];

/** A listener of somebody, with nothing on it. */
async function httpsListener(world: World) {
  await world.switches(AT_ONCE);
  const stranger = strangerOn(world);
  const { ListenerId } = await stranger('CreateListener', {
    AcceleratorId: ARCADE,
    Protocol: 'HTTPS',
    PortRanges: [{ FromPort: 443, ToPort: 443 }],
    Certificates: [{ Id: '4490001-cn-hangzhou' }],
  });
  return { stranger, on: { AcceleratorId: ARCADE, ListenerId: String(ListenerId) } };
}

export const additionalCertificate: Subject = {
  name: 'certificate for a domain',
  service: 'ga',
  createOperation: 'AssociateAdditionalCertificatesWithListener',
  traits: { settlesSeconds: 1, keyIsId: true, bare: true },
  async fixture(world) {
    const { stranger, on } = await httpsListener(world);
    const desired = {
      acceleratorId: ARCADE,
      listenerId: on.ListenerId,
      domain: 'images.example.com',
      certificateId: '4490002-cn-hangzhou',
    };
    const { listenerId: _, ...unknown } = desired;
    const show = (CertificateId: string) => () =>
      stranger('UpdateAdditionalCertificateWithListener', { ...on, Domain: desired.domain, CertificateId });
    return {
      resource: world.ports().resource('additionalCertificate'),
      desired,
      elsewhere: [
        { what: 'another domain', desired: { ...desired, domain: 'other.example.com' } },
        { what: 'a listener that is not known yet', desired: unknown },
        { what: 'a listener that is gone', desired: { ...desired, listenerId: NO_LISTENER } },
      ],
      updates: [
        { what: 'another certificate', desired: { ...desired, certificateId: '4490003-cn-hangzhou' } },
      ],
      meanwhile: [
        { what: 'a certificate of theirs', by: show('4490001-cn-hangzhou'), member: ['certificateId'] },
      ],
      changes: [{ what: 'another certificate', by: show('4490003-cn-hangzhou'), drift: ['certificateId'] }],
      vanish: () =>
        stranger('DissociateAdditionalCertificatesFromListener', { ...on, Domains: [desired.domain] }),
    };
  },
};

export const forwardingRule: Subject = {
  name: 'forwarding rule',
  service: 'ga',
  createOperation: 'CreateForwardingRules',
  traits: { settlesSeconds: 1, bare: true },
  async fixture(world) {
    const { stranger, on } = await httpsListener(world);
    const group = { ...on, EndpointGroupRegion: 'cn-hangzhou', EndpointConfigurations: ENDPOINTS };
    await stranger('CreateEndpointGroup', group);
    const [images, videos] = [
      await stranger('CreateEndpointGroup', { ...group, EndpointGroupType: 'virtual', Name: 'images' }),
      await stranger('CreateEndpointGroup', { ...group, EndpointGroupType: 'virtual', Name: 'videos' }),
    ].map(made => String(made['EndpointGroupId']));
    const desired = {
      acceleratorId: ARCADE,
      listenerId: on.ListenerId,
      endpointGroupId: images,
      name: 'images',
      priority: 100,
      ruleConditions: [{ type: 'Host', values: ['images.example.com', 'img.example.com'] }],
      ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'images' }],
    };
    const { listenerId: _, ...unknown } = desired;
    const { endpointGroupId: __, ...answering } = desired;
    /** Somebody's update, which replaces the rule whole. */
    const set =
      (changes: { priority?: number; hosts?: string[]; to?: string | undefined }) =>
      (ForwardingRuleId: string) => {
        const { priority = 100, hosts = ['images.example.com', 'img.example.com'], to = images } = changes;
        const value = [{ type: 'endpointgroup', value: to }];
        const rule = {
          ForwardingRuleId,
          ForwardingRuleName: 'images',
          Priority: priority,
          RuleConditions: [{ RuleConditionType: 'Host', RuleConditionValue: JSON.stringify(hosts) }],
          RuleActions: [{ Order: 1, RuleActionType: 'ForwardGroup', RuleActionValue: JSON.stringify(value) }],
        };
        return stranger('UpdateForwardingRules', { ...on, ForwardingRules: [rule] });
      };
    const path = { type: 'Path', values: ['/images/*'] };
    const header = { name: 'x-edge', type: 'user-defined', value: 'shop' };
    return {
      resource: world.ports().resource('forwardingRule'),
      desired,
      elsewhere: [
        { what: 'another name', desired: { ...desired, name: 'thumbnails' } },
        { what: 'a listener that is not known yet', desired: unknown },
        { what: 'a listener that is gone', desired: { ...desired, listenerId: NO_LISTENER } },
      ],
      updates: [
        {
          what: 'priority, conditions and another group',
          desired: { ...desired, priority: 7, ruleConditions: [path], endpointGroupId: videos },
        },
        { what: 'its priority', desired: { ...desired, priority: 7 } },
        {
          what: 'a condition more',
          desired: { ...desired, ruleConditions: [...desired.ruleConditions, path] },
        },
        {
          what: 'a header on the way',
          desired: {
            ...desired,
            ruleActions: [{ type: 'AddHeader', headers: [header] }, ...desired.ruleActions],
          },
        },
        {
          what: 'an answer instead of a group',
          desired: {
            ...answering,
            ruleActions: [{ type: 'FixResponse', code: 503, contentType: 'text/plain', content: 'soon' }],
          },
        },
        {
          what: 'every kind of condition, and every change on the way',
          desired: {
            ...desired,
            ruleConditions: [
              { type: 'Host', values: [String.raw`^(www|img)\.example\.com$`] },
              { type: 'Path', values: ['/v1/(.*)', '~^/v2/([a-z]+)$'] },
              { type: 'Method', values: ['GET', 'HEAD'] },
              { type: 'RequestHeader', values: [{ key: 'x-canary', values: ['on', 'yes = "1"'] }] },
              {
                type: 'Query',
                values: [
                  { key: 'lang', values: ['en', 'de'] },
                  { key: 'v', values: ['2'] },
                ],
              },
              { type: 'Cookie', values: [{ key: 'session', values: ['a=b'] }] },
              { type: 'SourceIP', values: ['203.0.113.0/24', '2001:db8::7'] },
            ],
            ruleActions: [
              { type: 'Rewrite', path: `/$${'{1}'}`, query: 'from=edge' },
              {
                type: 'AddHeader',
                headers: [{ name: 'x-ip', type: 'system-defined', value: 'ClientSrcIp' }],
              },
              { type: 'RemoveHeader', headers: ['x-debug', 'x-trace'] },
              ...desired.ruleActions,
            ],
          },
        },
        {
          what: 'a way elsewhere',
          desired: {
            ...answering,
            ruleConditions: [{ type: 'Path', values: ['/old/(.*)'] }],
            ruleActions: [
              { type: 'Redirect', protocol: 'HTTPS', port: 8443, path: `/new/$${'{1}'}`, code: 308 },
            ],
          },
        },
        { what: 'nothing for nobody', desired: { ...answering, ruleActions: [{ type: 'Drop' }] } },
      ],
      meanwhile: [
        { what: 'a priority of theirs', by: set({ priority: 55, to: videos }), member: ['priority'] },
        { what: 'hosts of theirs', by: set({ hosts: ['their.example.com'] }), member: ['ruleConditions'] },
      ],
      changes: [
        { what: 'its priority', by: set({ priority: 101 }), drift: ['priority'] },
        { what: 'a host less', by: set({ hosts: ['images.example.com'] }), drift: ['ruleConditions'] },
        { what: 'another group', by: set({ to: videos }), drift: ['endpointGroupId'] },
      ],
      vanish: id => stranger('DeleteForwardingRules', { ...on, ForwardingRuleIds: [id] }),
    };
  },
};
