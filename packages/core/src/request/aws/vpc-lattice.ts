// AWS VPC Lattice in a request: target groups, one shape for each type, with every member of CreateTargetGroup and
// RegisterTargets. Ranges and defaults are those of the API (version 2022-11-30) unless stated otherwise. A shape has only
// the members that apply to its type and protocol.
import * as z from 'zod';
import { lenient, lenientOr, oneOf, port, region, text, unionOf } from '../../json/members.ts';
import type { ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { tagsSpec } from '../tags.ts';
import { healthCheckSpec, lenientHealthCheck } from './lattice-health-check.ts';
import {
  addressesSpec,
  functionsSpec,
  instancesSpec,
  lenientTargets,
  loadBalancersSpec,
} from './lattice-targets.ts';
import { OWN_TAG_PREFIX } from './own-tags.ts';
import { CONFIG, MAX_TAGS, TARGET_GROUP } from './target-group-members.ts';
import { targetGroupIssues } from './vpc-lattice-rules.ts';

export type TargetGroupSpec = z.output<typeof targetGroupSpec>;
export type { HealthCheck } from './lattice-health-check.ts';

const protocolVersion = oneOf(['HTTP1', 'HTTP2', 'GRPC']).default(CONFIG.protocolVersion.default).meta({
  description: 'The protocol version of the traffic to the targets.',
});

const vpcIdentifier = text('the id of a VPC, like `vpc-0a1b2c3d4e5f60718`', {
  from: 1,
  to: 50,
  pattern: /^vpc-([0-9a-z]{8}|[0-9a-z]{17})$/,
}).meta({ description: 'The VPC of the targets. It must exist.' });

const portMeta = { description: 'The port on which the targets listen.' };
const protocolMeta = { description: 'The protocol of the traffic to the targets.' };

/** The members of a config whose protocol is HTTP or HTTPS. */
function web<const Protocol extends 'HTTP' | 'HTTPS'>(protocol: Protocol) {
  return {
    protocol: oneOf([protocol]).meta(protocolMeta),
    port: port().default(CONFIG.port.defaultBy.values[protocol]).meta(portMeta),
    protocolVersion,
    vpcIdentifier,
  };
}

const tcp = {
  protocol: oneOf(['TCP']).meta(protocolMeta),
  port: port().meta(portMeta),
  /** In the shape so that code can read it for any protocol. */
  protocolVersion: z
    .never({ error: 'must be omitted: TCP has no protocol version' })
    .exactOptional()
    .meta({ description: 'Not allowed: TCP has no protocol version.' }),
  vpcIdentifier,
};

const healthCheck = healthCheckSpec.exactOptional().meta({
  description: 'The health check of the targets. The default depends on the protocol version.',
});

const ipAddressType = oneOf(['IPV4', 'IPV6']).default(CONFIG.ipAddressType.default).meta({
  description: 'The IP version of the target addresses.',
});

const CONFIGURATION = 'the configuration of a target group';

const instanceConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTP'), healthCheck }).meta({
    id: 'LatticeInstanceConfigHttp',
  }),
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTPS'), healthCheck }).meta({
    id: 'LatticeInstanceConfigHttps',
  }),
  objectByTable(CONFIGURATION, CONFIG, { ...tcp, healthCheck }).meta({ id: 'LatticeInstanceConfigTcp' }),
]).meta({ id: 'LatticeInstanceConfig' });

const ipConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTP'), ipAddressType, healthCheck }).meta({
    id: 'LatticeIpConfigHttp',
  }),
  objectByTable(CONFIGURATION, CONFIG, { ...web('HTTPS'), ipAddressType, healthCheck }).meta({
    id: 'LatticeIpConfigHttps',
  }),
  objectByTable(CONFIGURATION, CONFIG, { ...tcp, ipAddressType, healthCheck }).meta({
    id: 'LatticeIpConfigTcp',
  }),
]).meta({ id: 'LatticeIpConfig' });

const loadBalancerConfig = unionOf(CONFIGURATION, 'protocol', [
  objectByTable(CONFIGURATION, CONFIG, web('HTTP')).meta({ id: 'LatticeAlbConfigHttp' }),
  objectByTable(CONFIGURATION, CONFIG, web('HTTPS')).meta({ id: 'LatticeAlbConfigHttps' }),
]).meta({ id: 'LatticeAlbConfig' });

const functionConfig = objectByTable(CONFIGURATION, CONFIG, {
  lambdaEventStructureVersion: oneOf(['V1', 'V2']).default(CONFIG.lambdaEventStructureVersion.default).meta({
    description: 'The version of the events that the function receives.',
  }),
}).meta({ id: 'LatticeLambdaConfig' });

const configMeta = {
  description: 'The configuration of the group. Only the health check can be changed later.',
};
const typeMeta = { description: 'The type of the targets.' };

const TAG_CHARACTERS = 'letters, digits, spaces and `_.:/=+-@`';
const tagKey = text(`a tag name of ${TAG_CHARACTERS}, not beginning with \`aws:\` or \`${OWN_TAG_PREFIX}\``, {
  from: 1,
  to: 128,
  pattern: /^(?!aws:|gatehouse:)[\p{L}\p{N}\p{Z}_.:/=+\-@]+$/u,
});
const tagValue = text(`a tag value of ${TAG_CHARACTERS}`, {
  from: 0,
  to: 256,
  pattern: /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u,
});

const common = {
  name: text(
    'a name like `checkout-api`: lower-case letters, digits and single dashes, not beginning or ending with a dash, not beginning with `tg-`',
    { from: 3, to: 128, pattern: /^(?!tg-)[a-z0-9]+(-[a-z0-9]+)*$/ },
  ).meta({ description: 'The name of the target group, unique in its account and region.' }),
  region: region().exactOptional().meta({
    description: 'The region of the target group. The default is the region of Gatehouse.',
  }),
  tags: tagsSpec(tagKey, tagValue, {
    id: 'LatticeTags',
    most: MAX_TAGS,
    description: `The tags of the target group, at most ${MAX_TAGS} in addition to those of Gatehouse.`,
  }),
};

const GROUP = 'a target group';

export const targetGroupSpec = unionOf(GROUP, 'type', [
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['INSTANCE']).meta(typeMeta),
    config: instanceConfig.meta(configMeta),
    targets: instancesSpec,
  }).meta({ id: 'LatticeTargetGroupInstance' }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['IP']).meta(typeMeta),
    config: ipConfig.meta(configMeta),
    targets: addressesSpec,
  }).meta({ id: 'LatticeTargetGroupIp' }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['ALB']).meta(typeMeta),
    config: loadBalancerConfig.meta(configMeta),
    targets: loadBalancersSpec,
  }).meta({ id: 'LatticeTargetGroupAlb' }),
  objectByTable(GROUP, TARGET_GROUP, {
    ...common,
    type: oneOf(['LAMBDA']).meta(typeMeta),
    config: functionConfig.prefault({}).meta(configMeta),
    targets: functionsSpec,
  }).meta({ id: 'LatticeTargetGroupLambda' }),
]).meta({ id: 'TargetGroup' });

/** The input of the rules: an invalid part is undefined or null. */
const lenientGroups = lenient(
  z.array(
    lenient(
      z.object({
        name: lenient(common.name),
        region: lenientOr(region()),
        type: lenient(oneOf(['INSTANCE', 'IP', 'ALB', 'LAMBDA'])),
        config: lenient(
          z.object({
            protocol: lenient(oneOf(['HTTP', 'HTTPS', 'TCP'])),
            port: lenientOr(port()),
            ipAddressType: lenientOr(oneOf(['IPV4', 'IPV6'])),
            healthCheck: lenient(lenientHealthCheck),
          }),
        ),
        tags: lenient(z.unknown()),
        targets: lenientTargets,
      }),
    ),
  ),
);

/** The rules beyond the schema. Pointers start at the request. Never throws. */
export function vpcLatticeIssues(request: { targetGroups?: unknown }): ValidationIssue[] {
  return targetGroupIssues(lenientGroups.parse(request.targetGroups) ?? []);
}
