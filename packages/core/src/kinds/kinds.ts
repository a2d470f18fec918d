// The table of all kinds. The rest of core reads the traits here and names no kind. A new kind is a file beside this one and a
// line in the table, which the compiler demands.
import type { Kind } from '../ports/kind.ts';
import { accelerator } from './accelerator.ts';
import { additionalCertificate } from './additional-certificate.ts';
import { alicloudEndpointGroup } from './alicloud-endpoint-group.ts';
import { alicloudListener } from './alicloud-listener.ts';
import { endpointGroup } from './endpoint-group.ts';
import { forwardingRule } from './forwarding-rule.ts';
import { listener } from './listener.ts';
import { policyAttachment } from './policy-attachment.ts';
import { stickinessPolicy } from './stickiness-policy.ts';
import { targetGroup } from './target-group.ts';
import { targets } from './targets.ts';
import type { KindTraits } from './traits.ts';

export const KINDS = {
  listener,
  endpointGroup,
  accelerator,
  targetGroup,
  targets,
  stickinessPolicy,
  policyAttachment,
  alicloudListener,
  additionalCertificate,
  alicloudEndpointGroup,
  forwardingRule,
} satisfies { [K in Kind]: KindTraits<K> };

export const traitsOf = (kind: Kind): KindTraits => KINDS[kind];
