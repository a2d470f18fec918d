// Alibaba Cloud Global Accelerator in a request: the rules that no schema says, for all its parts. Their schemas are in
// files of their own: alicloud-listener.ts, alicloud-endpoint-group.ts, alicloud-forwarding-rule.ts.
import * as z from 'zod';
import { readableGroups } from './alicloud-endpoint-group.ts';
import { endpointGroupMistakes } from './alicloud-endpoint-group-rules.ts';
import { readableRules } from './alicloud-forwarding-rule.ts';
import { forwardingRuleMistakes } from './alicloud-forwarding-rule-rules.ts';
import type { AlicloudLimits } from './alicloud-limits.ts';
import { readableListener } from './alicloud-listener.ts';
import { listenerMistakes } from './alicloud-listener-rules.ts';
import { readable } from './members.ts';
import type { Mistake } from './mistakes.ts';

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
