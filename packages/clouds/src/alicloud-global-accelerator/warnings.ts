// Warnings about unexpected results of a request: quotas that it comes close to, and rules that leave requests unanswered.
// The numbers are the vendor's current defaults. Violations of the profile are rejected earlier.
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { nearQuota, type Quota } from '../quotas.ts';
import { withoutTraffic } from '../weights.ts';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allRules } from './forwarding-rule.ts';
import { allListeners } from './listener.ts';
import { type RuleAnswer, ruleOf } from './rules.ts';

/** Listeners on an instance, by profile. */
const LISTENERS: Record<AlicloudProfile, number> = { guide: 10, current: 50 };
const [DEFAULT_GROUPS, VIRTUAL_GROUPS, ENDPOINTS] = [2, 10, 4];
const [RULES, CONDITION_VALUES, CERTIFICATES] = [20, 40, 25];

type Listener = NonNullable<AlicloudRequest['listener']>;
type Count = Pick<Quota, 'of' | 'most' | 'now' | 'after' | 'fixed'>;

interface Options {
  profile: AlicloudProfile;
  /** Cloud ids of the resources that the entry point owns. */
  ours: readonly string[];
}

export async function warnings(
  client: GaClient,
  request: AlicloudRequest,
  options: Options,
): Promise<string[]> {
  const { listener, forwardingRules } = request;
  const { profile } = options;
  if (!listener) return [];
  const counts = await countsOf(client, request, listener.acceleratorId, options);
  return [
    ...counts.flatMap(count => nearQuota({ ...count, cloud: 'Alibaba Cloud' })),
    ...unansweredHosts(forwardingRules),
    ...droppedAffinity(listener, profile),
    ...request.endpointGroups.flatMap(({ name, region, endpoints }) =>
      withoutTraffic(name ?? region, endpoints),
    ),
  ];
}

/** In the service of the guide, client affinity for UDP had no effect. */
function droppedAffinity({ protocol, clientAffinity }: Listener, profile: AlicloudProfile): string[] {
  if (profile !== 'guide' || protocol !== 'UDP' || clientAffinity === 'NONE') return [];
  return [
    'client affinity of a UDP listener: the service used to accept and silently drop it; if it still does, the job detects drift and is rolled back',
  ];
}

async function countsOf(
  client: GaClient,
  { listener, endpointGroups, forwardingRules }: AlicloudRequest,
  acceleratorId: string,
  { profile, ours }: Options,
): Promise<Count[]> {
  const listeners = await allListeners(client, acceleratorId);
  const own = listeners.find(({ ListenerId }) => ours.includes(ListenerId));
  const id = own?.ListenerId;
  const groups = id ? await allGroups(client, acceleratorId, id) : [];
  const rules = id && own.Protocol !== 'UDP' ? await allRules(client, acceleratorId, id) : [];
  const certificates = id && own.Protocol === 'HTTPS' ? await allCertificates(client, acceleratorId, id) : [];
  const mine = (each: string | undefined) => each !== undefined && ours.includes(each);
  /** The current number, and the number after the request: our objects are replaced by the requested ones, foreign ones stay. */
  const count = <T>(of: string, most: number, existing: T[], isOurs: (each: T) => boolean, asked: number) => {
    const now = existing.length;
    return { of, most, now, after: existing.filter(each => !isOurs(each)).length + asked };
  };
  const on = `on listener ${listener?.name ?? listener?.protocol}`;
  const typed = (type: string) => groups.filter(group => (group.EndpointGroupType ?? 'default') === type);
  const asked = (type: string) => endpointGroups.filter(group => group.type === type).length;
  const isGroup = ({ EndpointGroupId }: { EndpointGroupId: string }) => mine(EndpointGroupId);
  const isRule = ({ ForwardingRuleId }: RuleAnswer) => mine(ForwardingRuleId);
  const others = rules.filter(rule => !isRule(rule)).map(ruleOf);
  return [
    {
      of: `listeners on instance ${acceleratorId}`,
      most: LISTENERS[profile],
      now: listeners.length,
      after: listeners.length + (own ? 0 : 1),
    },
    // The guide has fixed limits for these, which the request has passed already.
    ...(profile === 'guide'
      ? []
      : [
          count(`default groups ${on}`, DEFAULT_GROUPS, typed('default'), isGroup, asked('default')),
          count(`virtual groups ${on}`, VIRTUAL_GROUPS, typed('virtual'), isGroup, asked('virtual')),
          ...endpointGroups.map(({ endpoints, name, region }) => ({
            of: `endpoints in group ${name ?? region}`,
            most: ENDPOINTS,
            now: 0,
            after: endpoints.length,
          })),
        ]),
    count(`forwarding rules ${on}`, RULES, rules, isRule, forwardingRules.length),
    {
      of: `values in the conditions of forwarding rules ${on}`,
      most: CONDITION_VALUES,
      now: valuesOf(rules.map(ruleOf)),
      after: valuesOf(others) + valuesOf(forwardingRules),
    },
    {
      ...count(
        `additional certificates ${on}`,
        CERTIFICATES,
        certificates,
        ({ Domain }) => mine(Domain && certificateKey(id ?? '', Domain)),
        listener?.additionalCertificates.length ?? 0,
      ),
      fixed: true,
    },
  ];
}

function valuesOf(rules: readonly { ruleConditions: readonly object[] }[]): number {
  return rules
    .flatMap(({ ruleConditions }) => ruleConditions)
    .reduce((sum, condition) => sum + [Reflect.get(condition, 'values') ?? []].flat().length, 0);
}

/**
 * An older instance matches the host first, then the path among the rules of that host only. A request that matches none of
 * them gets a 404 and does not reach the default group.
 */
function unansweredHosts(rules: AlicloudRequest['forwardingRules']): string[] {
  const hostsOf = ({ ruleConditions }: AlicloudRequest['forwardingRules'][number]) =>
    ruleConditions.flatMap(({ type, values }) =>
      type === 'Host' ? values.map(host => String(host).toLowerCase()) : [],
    );
  const isBare = (rule: AlicloudRequest['forwardingRules'][number]) =>
    rule.ruleConditions.every(({ type }) => type === 'Host');
  const answered = new Set(rules.filter(isBare).flatMap(hostsOf));
  return rules.flatMap(rule => {
    const hosts = hostsOf(rule).filter(host => !answered.has(host));
    const byPath = rule.ruleConditions.some(({ type }) => type === 'Path');
    if (!byPath || hosts.length === 0) return [];
    const which = hosts.join(', ');
    return [
      `forwarding rule ${rule.name}: on instances that match the domain first, as those of 2021 do, a request for ${which} with another path gets a 404 instead of the default group; add a rule for ${which} alone, or omit the domain`,
    ];
  });
}
