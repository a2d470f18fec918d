// What may come out otherwise than one would think: quotas that a request comes near to, and rules that leave requests
// without an answer. The numbers are the vendor's defaults of today; what the profile forbids is refused before.
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { nearQuota, type Quota } from '../quotas.ts';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allRules } from './forwarding-rule.ts';
import { allListeners } from './listener.ts';
import { type RuleAnswer, ruleOf } from './rules.ts';

/** Of listeners on an instance, in either time. */
const LISTENERS: Record<AlicloudProfile, number> = { guide: 10, current: 50 };
const [DEFAULT_GROUPS, VIRTUAL_GROUPS, ENDPOINTS] = [2, 10, 4];
const [RULES, CONDITION_VALUES, CERTIFICATES] = [20, 40, 25];

type Listener = NonNullable<AlicloudRequest['listener']>;
type Count = Pick<Quota, 'of' | 'most' | 'now' | 'after' | 'fixed'>;

interface Options {
  profile: AlicloudProfile;
  /** Cloud ids of what the entry point owns. */
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
  ];
}

/** In the guide's time some of it was on paper only. */
function droppedAffinity({ protocol, clientAffinity }: Listener, profile: AlicloudProfile): string[] {
  if (profile !== 'guide' || protocol !== 'UDP' || clientAffinity === 'NONE') return [];
  return [
    'client affinity of a UDP listener: the service used to take it and drop it without a word; where it still does, the job finds it not as asked and is rolled back',
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
  /** What stands, and what will with what is asked for: ours is brought in line, that of others stays. */
  const count = <T>(of: string, most: number, standing: T[], isOurs: (each: T) => boolean, asked: number) => {
    const now = standing.length;
    return { of, most, now, after: standing.filter(each => !isOurs(each)).length + asked };
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
    // The guide's time had fixed numbers of these, which the request is held to.
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
 * An older instance looks for the host first, and for the path among that host's rules only: a request that fits none is
 * answered with 404, and never gets to the default group.
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
      `forwarding rule ${rule.name}: where an instance looks for the domain first, as those of 2021 do, a request for ${which} on another path gets 404 and not the default group; add a rule for ${which} alone, or leave the domain out`,
    ];
  });
}
