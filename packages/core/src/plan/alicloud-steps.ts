// The steps of a request for Alibaba Cloud. An instance takes one change at a time, so its steps follow one another: the listener,
// its further certificates, its default groups, its virtual groups, the rules that forward to those.

import type { Step } from '../record/plan.ts';
import { type AlicloudEndpointSpec, endpointIdentity } from '../request/alicloud/endpoint.ts';
import type { AlicloudEndpointGroupSpec } from '../request/alicloud/endpoint-group.ts';
import type { AlicloudForwardingRuleSpec } from '../request/alicloud/forwarding-rule.ts';
import { shownPorts } from '../request/port-rules.ts';
import type { AlicloudRequest } from '../request/request.ts';

export function planAlicloud(request: AlicloudRequest): Step[] {
  const { listener, endpointGroups, forwardingRules } = request;
  if (!listener) return [];
  const { additionalCertificates, ...spec } = listener;
  const { acceleratorId } = listener;
  const first: Step = {
    id: 'listener',
    kind: 'alicloudListener',
    act: 'create',
    title: `listener ${spec.protocol} ${spec.portRanges.map(shownPorts).join(', ')}`,
    desired: spec,
    needs: {},
    part: '/listener',
  };
  const needs = { listenerId: first.id };
  const certificates = additionalCertificates.map(({ domain, id }, index): Step => {
    return {
      id: `certificate-${domain.toLowerCase()}`,
      kind: 'additionalCertificate',
      act: 'create',
      title: `certificate of ${domain}`,
      desired: { acceleratorId, domain, certificateId: id },
      needs,
      part: `/listener/additionalCertificates/${index}`,
    };
  });
  const groups = endpointGroups.map((group, index): Step => {
    return {
      id: groupId(group),
      kind: 'alicloudEndpointGroup',
      act: 'create',
      title: group.type === 'virtual' ? `virtual group ${group.name}` : `endpoint group ${group.region}`,
      desired: { ...group, acceleratorId },
      needs,
      part: `/endpointGroups/${index}`,
    };
  });
  // A virtual group needs the default one.
  const inOrder = [...groups.filter(step => !isVirtual(step)), ...groups.filter(isVirtual)];
  const rules = forwardingRules.map((rule, index): Step => {
    return {
      id: `forwarding-rule-${rule.name}`,
      kind: 'forwardingRule',
      act: 'create',
      title: `forwarding rule ${rule.name}`,
      desired: { ...rule, acceleratorId },
      needs: { ...needs, ...groupNeeded(rule) },
      part: `/forwardingRules/${index}`,
    };
  });
  return [first, ...certificates, ...inOrder, ...rules];
}

function groupId({
  type,
  name,
  region,
}: Pick<AlicloudEndpointGroupSpec, 'type' | 'name' | 'region'>): string {
  return type === 'virtual' ? `virtual-group-${name}` : `endpoint-group-${region}`;
}

function isVirtual({ desired }: Step): boolean {
  return desired['type'] === 'virtual';
}

function groupNeeded({ ruleActions }: AlicloudForwardingRuleSpec): { endpointGroupId?: string } {
  const forward = ruleActions.find(action => action.type === 'ForwardGroup');
  return forward ? { endpointGroupId: `virtual-group-${forward.endpointGroup}` } : {};
}

/**
 * Endpoints that an entry point has in a group and wants no more. They go with the call that sets the others, as one call
 * sets the whole list: a group has no room for both.
 */
export function droppedEndpoints(wanted: unknown, owned: unknown): string[] {
  const stay = new Set(endpointsOf(wanted).map(endpointIdentity));
  return endpointsOf(owned)
    .map(endpointIdentity)
    .filter(identity => !stay.has(identity));
}

function endpointsOf(list: unknown): AlicloudEndpointSpec[] {
  return Array.isArray(list) ? list : [];
}
