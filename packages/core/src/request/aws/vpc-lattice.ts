// AWS VPC Lattice in a request: target groups, one shape for each type, with every member of
// CreateTargetGroup and RegisterTargets. Ranges and defaults are those of the API (version 2022-11-30)
// unless said otherwise. What a type or a protocol has no use for is no member of its shape.
import * as z from 'zod';
import { oneOf, port, readable, readableOr, region, text, unionOf } from '../../json/members.ts';
import type { ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { tagsSpec } from '../tags.ts';
import { healthCheckSpec, readableHealthCheck } from './lattice-health-check.ts';
import {
  addressesSpec,
  functionsSpec,
  instancesSpec,
  loadBalancersSpec,
  readableTargets,
} from './lattice-targets.ts';
import { OWN_TAG_PREFIX } from './own-tags.ts';
import { CONFIG, MAX_TAGS, TARGET_GROUP } from './target-group-members.ts';
import { targetGroupIssues } from './vpc-lattice-rules.ts';

export type TargetGroupSpec = z.output<typeof targetGroupSpec>;
export type { HealthCheck } from './lattice-health-check.ts';

const protocolVersion = oneOf(['HTTP1', 'HTTP2', 'GRPC']).default(CONFIG.protocolVersion.default).meta({
  description: 'The version of the protocol that the targets are spoken to in.',
});

const vpcIdentifier = text('the id of a VPC, like `vpc-0a1b2c3d4e5f60718`', {
  from: 1,
  to: 50,
  pattern: /^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/,
}).meta({ description: 'The VPC that the targets are in. It must exist.' });

const portSaid = { description: 'The port on which the targets listen.' };
const protocolSaid = { description: 'The protocol that the targets are spoken to in.' };

/** The members of a config whose protocol is HTTP or HTTPS. */
function web<const Protocol extends 'HTTP' | 'HTTPS'>(protocol: Protocol) {
  return {
    protocol: oneOf([protocol]).meta(protocolSaid),
    port: port().default(CONFIG.port.defaultBy.values[protocol]).meta(portSaid),
    protocolVersion,
    vpcIdentifier,
  };
}

const tcp = {
  protocol: oneOf(['TCP']).meta(protocolSaid),
  port: port().meta(portSaid),
  /** In the shape so that a reader may ask for it of any protocol. */
  protocolVersion: z
    .never({ error: 'must be left out: TCP has no protocol version' })
    .exactOptional()
    .meta({ description: 'Not allowed: TCP has no protocol version.' }),
  vpcIdentifier,
};

const healthCheck = healthCheckSpec.exactOptional().meta({
  description: 'How the targets are checked. When left out AWS decides by the protocol version.',
});

const ipAddressType = oneOf(['IPV4', 'IPV6']).default(CONFIG.ipAddressType.default).meta({
  description: 'The family of the addresses that are the targets.',
});

const CONFIGURATION = 'the configuration of a target group';

const instanceConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTP'), healthCheck }),
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTPS'), healthCheck }),
  objectByTable(CONFIGURATION, CONFIG, { ...tcp, healthCheck }),
]);

const ipConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTP'), ipAddressType, healthCheck }),
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTPS'), ipAddressType, healthCheck }),
  objectByTable(CONFIGURATION, CONFIG, { ...tcp, ipAddressType, healthCheck }),
]);

const loadBalancerConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, web('HTTP')),
  objectByTable(CONFIGURATION, CONFIG, web('HTTPS')),
]);

const functionConfig = objectByTable(CONFIGURATION, CONFIG, {
  lambdaEventStructureVersion: oneOf(['V1', 'V2']).default(CONFIG.lambdaEventStructureVersion.default).meta({
    description: 'The version of the events that the function gets.',
  }),
});

const configSaid = { description: 'What AWS cannot change later, but for the health check.' };
const typeSaid = { description: 'What the targets are.' };

const TAG_CHARACTERS = 'letters, digits, white space and `_.:/=+-@`';
const tagKey = text(
  `a tag name of ${TAG_CHARACTERS}, not beginning with \`aws:\` nor \`${OWN_TAG_PREFIX}\``,
  {
    from: 1,
    to: 128,
    pattern: /^(?!aws:|gatehouse:)[\p{L}\p{N}\p{Z}_.:/=+\-@]+$/u,
  },
);
const tagValue = text(`a tag value of ${TAG_CHARACTERS}`, {
  from: 0,
  to: 256,
  pattern: /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u,
});

const common = {
  name: text(
    'a name like `checkout-api`: lower-case letters, digits and single dashes, first and last no dash, not beginning with `tg-`',
    { from: 3, to: 128, pattern: /^(?!tg-)[a-z0-9]+(-[a-z0-9]+)*$/ },
  ).meta({ description: 'The name of the target group, unique in its account and region.' }),
  region: region().exactOptional().meta({
    description: 'The region of the target group. When left out it is the one that Gatehouse runs in.',
  }),
  tags: tagsSpec(tagKey, tagValue, {
    most: MAX_TAGS,
    description: `Tags of the target group, at most ${MAX_TAGS} besides those of Gatehouse.`,
  }),
};

const GROUP = 'a target group';

export const targetGroupSpec = unionOf(GROUP, 'type', [
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['INSTANCE']).meta(typeSaid),
    config: instanceConfig.meta(configSaid),
    targets: instancesSpec,
  }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['IP']).meta(typeSaid),
    config: ipConfig.meta(configSaid),
    targets: addressesSpec,
  }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['ALB']).meta(typeSaid),
    config: loadBalancerConfig.meta(configSaid),
    targets: loadBalancersSpec,
  }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['LAMBDA']).meta(typeSaid),
    config: functionConfig.prefault({}).meta(configSaid),
    targets: functionsSpec,
  }),
]);

/** What the rules look at, as far as it can be read: a part that its schema refuses is undefined, or null. */
const readableGroups = readable(
  z.array(
    readable(
      z.object({
        name: readable(common.name),
        region: readableOr(region()),
        type: readable(oneOf(['INSTANCE', 'IP', 'ALB', 'LAMBDA'])),
        config: readable(
          z.object({
            protocol: readable(oneOf(['HTTP', 'HTTPS', 'TCP'])),
            port: readableOr(port()),
            ipAddressType: readableOr(oneOf(['IPV4', 'IPV6'])),
            healthCheck: readable(readableHealthCheck),
          }),
        ),
        tags: readable(z.unknown()),
        targets: readableTargets,
      }),
    ),
  ),
);

/** The rules that no schema says. Pointers start at the request. Never throws. */
export function vpcLatticeIssues(request: { targetGroups?: unknown }): ValidationIssue[] {
  return targetGroupIssues(readableGroups.parse(request.targetGroups) ?? []);
}
