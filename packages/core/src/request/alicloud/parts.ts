// Alibaba Cloud Global Accelerator in a request: its parts, and the rules beyond their schemas. Each part has a file of its
// own: listener.ts, endpoint-group.ts, forwarding-rule.ts.
import * as z from 'zod';
import { lenient, listOf } from '../../json/members.ts';
import type { ValidationIssue } from '../../json/validation-issues.ts';
import { alicloudEndpointGroupSpec, lenientGroups } from './endpoint-group.ts';
import { endpointGroupIssues } from './endpoint-group-rules.ts';
import { alicloudForwardingRuleSpec, lenientRules } from './forwarding-rule.ts';
import { forwardingRuleIssues } from './forwarding-rule-rules.ts';
import type { AlicloudLimits } from './limits.ts';
import { alicloudListenerSpec, lenientListener } from './listener.ts';
import { listenerIssues } from './listener-rules.ts';

export const alicloudParts = {
  listener: alicloudListenerSpec
    .exactOptional()
    .meta({ description: 'A listener of an Alibaba Cloud Global Accelerator instance.' }),
  endpointGroups: listOf(alicloudEndpointGroupSpec, { from: 0, to: 160, called: 'endpoint groups' })
    .default([])
    .meta({
      description:
        "The listener's endpoint groups: at most one default group per region, and virtual groups.",
      inPlace: true,
    }),
  forwardingRules: listOf(alicloudForwardingRuleSpec, { from: 0, to: 150, called: 'forwarding rules' })
    .default([])
    .meta({
      description: 'Rules that determine how the listener routes matching requests.',
      inPlace: true,
    }),
};

const lenientParts = z.object({
  listener: lenient(lenientListener),
  endpointGroups: lenientGroups,
  forwardingRules: lenientRules,
});

/**
 * Checked on all valid parts of the request, so that an issue in one member does not hide issues in others. Pointers start at
 * the request. Never throws.
 */
export function alicloudIssues(
  request: { listener?: unknown; endpointGroups?: unknown; forwardingRules?: unknown },
  limits: AlicloudLimits,
): ValidationIssue[] {
  const { listener = {}, endpointGroups: groups, forwardingRules = [] } = lenientParts.parse(request);
  const { protocol, portRanges } = listener;
  return [
    ...listenerIssues(listener, limits),
    ...endpointGroupIssues(groups ?? [], { protocol, portRanges }, limits),
    ...forwardingRuleIssues(forwardingRules, { protocol, groups }, limits),
  ];
}
