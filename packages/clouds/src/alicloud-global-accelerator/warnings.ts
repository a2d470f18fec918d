// Warnings about unexpected results of a request, such as rules that leave requests unanswered. Violations of the profile are
// rejected earlier.
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import type { AlicloudRequest } from '@gatehouse/core/request/request';
import { withoutTraffic } from '../weights.ts';

type Listener = NonNullable<AlicloudRequest['listener']>;

/** Pure: what the request alone shows. */
export function warnings(
  { listener, endpointGroups, forwardingRules }: AlicloudRequest,
  profile: AlicloudProfile,
): string[] {
  if (!listener) return [];
  return [
    ...unansweredHosts(forwardingRules),
    ...droppedAffinity(listener, profile),
    ...endpointGroups.flatMap(({ name, region, endpoints }) => withoutTraffic(name ?? region, endpoints)),
  ];
}

/** In the service of the guide, client affinity for UDP had no effect. */
function droppedAffinity({ protocol, clientAffinity }: Listener, profile: AlicloudProfile): string[] {
  if (profile !== 'guide' || protocol !== 'UDP' || clientAffinity === 'NONE') return [];
  return [
    'client affinity of a UDP listener: the service used to accept and silently drop it; if it still does, the job detects drift and is rolled back',
  ];
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
