// Alibaba Cloud Global Accelerator in a request: its parts, and the rules that no schema says, for all of them. What a part
// may be is in a file of its own: alicloud-listener.ts, alicloud-endpoint-group.ts, alicloud-forwarding-rule.ts.
import * as z from 'zod';
import { listOf, readable } from '../../json/members.ts';
import type { Mistake } from '../../json/mistakes.ts';
import { alicloudEndpointGroupSpec, readableGroups } from './endpoint-group.ts';
import { endpointGroupMistakes } from './endpoint-group-rules.ts';
import { alicloudForwardingRuleSpec, readableRules } from './forwarding-rule.ts';
import { forwardingRuleMistakes } from './forwarding-rule-rules.ts';
import type { AlicloudLimits } from './limits.ts';
import { alicloudListenerSpec, readableListener } from './listener.ts';
import { listenerMistakes } from './listener-rules.ts';

export const alicloudParts = {
  listener: alicloudListenerSpec
    .exactOptional()
    .meta({ description: 'A listener of an Alibaba Cloud Global Accelerator instance.' }),
  endpointGroups: listOf(alicloudEndpointGroupSpec, { from: 0, to: 160, called: 'endpoint groups' })
    .default([])
    .meta({
      description: "The listener's endpoint groups: default ones, one per region, and virtual ones.",
      inPlace: true,
    }),
  forwardingRules: listOf(alicloudForwardingRuleSpec, { from: 0, to: 150, called: 'forwarding rules' })
    .default([])
    .meta({
      description: 'Which requests a listener of HTTP or HTTPS sends to which virtual group.',
      inPlace: true,
    }),
};

const readableParts = z.object({
  listener: readable(readableListener),
  endpointGroups: readableGroups,
  forwardingRules: readableRules,
});

/**
 * Checked on whatever part of the request can be read, so that a mistake in one member hides none in another.
 * Pointers start at the request. Never throws.
 */
export function alicloudMistakes(
  request: { listener?: unknown; endpointGroups?: unknown; forwardingRules?: unknown },
  limits: AlicloudLimits,
): Mistake[] {
  const { listener = {}, endpointGroups: groups, forwardingRules = [] } = readableParts.parse(request);
  const { protocol, portRanges } = listener;
  return [
    ...listenerMistakes(listener, limits),
    ...endpointGroupMistakes(groups ?? [], { protocol, portRanges }, limits),
    ...forwardingRuleMistakes(forwardingRules, { protocol, groups }, limits),
  ];
}
