// A request: an operation on an entry point, its spec and options. One schema serves REST and events and becomes the OpenAPI
// document; every rule that does not depend on the state of a cloud is checked here. `update` carries the whole new spec,
// `remove` none, as the inventory lists the resources. The cloud determines the parts of the spec.
import type * as z from 'zod';
import { inOrder } from '../json/issue-order.ts';
import { listOf, objectOf, oneOf, text, unionOf } from '../json/members.ts';
import { isObject, plainValue } from '../json/plain-value.ts';
import { schemaIssues } from '../json/schema-issues.ts';
import { limitIssues, type ValidationIssue } from '../json/validation-issues.ts';
import type { AlicloudEndpointGroupSpec } from './alicloud/endpoint-group.ts';
import type { AlicloudForwardingRuleSpec } from './alicloud/forwarding-rule.ts';
import { ALICLOUD_LIMITS, type AlicloudProfile } from './alicloud/limits.ts';
import type { AlicloudListenerSpec } from './alicloud/listener.ts';
import { alicloudIssues, alicloudParts } from './alicloud/parts.ts';
import { classicElbIssues, type StickinessPolicySpec, stickinessPolicySpec } from './aws/classic-elb.ts';
import {
  type EndpointGroupSpec,
  endpointGroupSpec,
  globalAcceleratorIssues,
  type ListenerSpec,
  listenerSpec,
} from './aws/global-accelerator.ts';
import { type TargetGroupSpec, targetGroupSpec, vpcLatticeIssues } from './aws/vpc-lattice.ts';
import { optionIssues, optionsSpec } from './options.ts';

/** Normalised: every default of ours is filled in, so that equal requests have equal values. */
export type Request = z.output<typeof requestSchema>;
export type AwsRequest = Extract<Request, { cloud: 'aws' }>;
export type AlicloudRequest = Extract<Request, { cloud: 'alicloud' }>;

/**
 * The desired state of each kind, in its steps and in the inventory: a part of the request, or several steps of one part. Ids of
 * other resources are not in it.
 */
export interface DesiredByKind {
  listener: ListenerSpec;
  endpointGroup: EndpointGroupSpec;
  accelerator: Pick<ListenerSpec, 'acceleratorArn'>;
  targetGroup: InRegion<Omit<TargetGroupSpec, 'targets'>> & { tags: Record<string, string> };
  targets: InRegion<Pick<TargetGroupSpec, 'targets'>>;
  stickinessPolicy: InRegion<Omit<StickinessPolicySpec, 'loadBalancerPorts' | 'replace'>>;
  policyAttachment: InRegion<Pick<StickinessPolicySpec, 'loadBalancerName' | 'policyName' | 'replace'>> & {
    loadBalancerPort: number;
  };
  alicloudListener: Omit<AlicloudListenerSpec, 'additionalCertificates'>;
  additionalCertificate: OnInstance<{ domain: string; certificateId: string }>;
  alicloudEndpointGroup: OnInstance<AlicloudEndpointGroupSpec>;
  forwardingRule: OnInstance<AlicloudForwardingRuleSpec>;
}

type InRegion<Spec> = Omit<Spec, 'region'> & { region: string };
type OnInstance<Spec> = Spec & Pick<AlicloudListenerSpec, 'acceleratorId'>;

export type ParsedRequest = { ok: true; request: Request } | { ok: false; issues: ValidationIssue[] };

const common = {
  operation: oneOf(['provision', 'update', 'remove']).meta({
    description:
      'The operation: `provision` creates an entry point, `update` replaces its spec with the complete new spec, `remove` deletes it and takes no spec.',
    inPlace: false,
  }),
  entryPoint: text(
    'a name like `checkout-edge`: lower-case letters, digits and single dashes, beginning with a letter and not ending with a dash',
    { from: 3, to: 63, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  ).meta({ description: 'The name of the entry point, the same for all of its jobs.', inPlace: false }),
  options: optionsSpec.prefault({}).meta({ description: 'Options of the job.' }),
};

const cloudMeta = { description: 'The cloud of the entry point.', inPlace: false };

export const awsRequestSchema = objectOf('a request', {
  ...common,
  cloud: oneOf(['aws']).default('aws').meta(cloudMeta),
  listener: listenerSpec.exactOptional().meta({ description: 'A listener of an AWS Global Accelerator.' }),
  endpointGroups: listOf(endpointGroupSpec, { from: 0, to: 42, called: 'endpoint groups' }).default([]).meta({
    description:
      "The listener's endpoint groups, at most one per region. An accelerator has at most 42, a quota that AWS cannot raise.",
    inPlace: true,
  }),
  targetGroups: listOf(targetGroupSpec, { from: 0, to: 20, called: 'target groups' }).default([]).meta({
    description: 'Target groups of VPC Lattice. Gatehouse limits a request to 20.',
    inPlace: true,
  }),
  stickinessPolicies: listOf(stickinessPolicySpec, { from: 0, to: 20, called: 'stickiness policies' })
    .default([])
    .meta({
      description: 'Cookie stickiness policies of Classic Load Balancers. Gatehouse limits a request to 20.',
      inPlace: true,
    }),
}).meta({ id: 'AwsRequest' });

export const alicloudRequestSchema = objectOf('a request', {
  ...common,
  cloud: oneOf(['alicloud']).meta(cloudMeta),
  ...alicloudParts,
}).meta({ id: 'AlicloudRequest' });

export const requestSchema = unionOf('a request', 'cloud', [awsRequestSchema, alicloudRequestSchema]).meta({
  id: 'Request',
  description: 'A request to provision, update or remove an entry point.',
});

/**
 * Parses the value of a body or an event. Never throws: all issues are returned, up to a limit, each with its pointer, in the order of
 * the value.
 * Parsing an accepted request again gives the same request. `home`: the region of this installation, which is the default
 * of regional parts. Without `home` they get no region, and the rules that need one are skipped. `profile`: the limits of
 * Alibaba Cloud; by default the wider profile, which every accepted request satisfies.
 */
export function parseRequest(
  given: unknown,
  home?: string,
  profile: AlicloudProfile = 'current',
): ParsedRequest {
  const { value: plain, issues: notPlain, complete } = plainValue(given);
  if (!complete) return { ok: false, issues: notPlain };
  const value = onCloud(home === undefined ? plain : inRegion(plain, home));
  const parsed = requestSchema.safeParse(value);
  const refused = parsed.success ? [] : schemaIssues(parsed.error, requestSchema, value);
  const reported = new Set(notPlain.map(({ pointer }) => pointer));
  const broken = refused.filter(({ pointer }) => !reported.has(pointer));
  const issues = [...notPlain, ...broken, ...(isObject(value) ? ruleIssues(value, profile) : [])];
  if (parsed.success && issues.length === 0) return { ok: true, request: parsed.data };
  return { ok: false, issues: limitIssues(inOrder(issues, value)) };
}

/** The default cloud is AWS. */
function onCloud(request: unknown): unknown {
  return isObject(request) && request['cloud'] === undefined ? { ...request, cloud: 'aws' } : request;
}

/** Fills in the region of every regional part that has none. */
function inRegion(request: unknown, home: string): unknown {
  if (!isObject(request)) return request;
  const regional = (part: unknown) => (isObject(part) ? { region: home, ...part } : part);
  const filled = REGIONAL.filter(name => Array.isArray(request[name])).map(name => [
    name,
    [request[name]].flat().map(regional),
  ]);
  return { ...request, ...Object.fromEntries(filled) };
}

/** Exactly the parts whose items can leave out their region. */
const REGIONAL = Object.keys({
  targetGroups: true,
  stickinessPolicies: true,
} satisfies Record<RegionalPart, true>);

type RegionalPart = {
  [Part in AwsPart]: NonNullable<AwsRequest[Part]> extends readonly { region?: string }[]
    ? Record<never, never> extends Pick<NonNullable<AwsRequest[Part]>[number], 'region'>
      ? Part
      : never
    : never;
}[AwsPart];

function ruleIssues(request: Record<string, unknown>, profile: AlicloudProfile): ValidationIssue[] {
  // The schema reports an unknown cloud; no rules apply to it.
  const parts = PARTS.get(request['cloud']);
  if (!parts) return optionIssues(request);
  const own =
    request['cloud'] === 'alicloud'
      ? alicloudIssues(request, ALICLOUD_LIMITS[profile])
      : [...globalAcceleratorIssues(request), ...vpcLatticeIssues(request), ...classicElbIssues(request)];
  return [...partIssues(request, parts), ...optionIssues(request), ...own];
}

/** `alone`: the part can be the whole spec. `of listener`: it requires a listener. */
type Place = 'alone' | 'of listener';
type AwsPart = Exclude<keyof AwsRequest, keyof typeof common | 'cloud'>;
type AlicloudPart = Exclude<keyof AlicloudRequest, keyof typeof common | 'cloud'>;

const AWS_PARTS: Record<AwsPart, Place> = {
  listener: 'alone',
  endpointGroups: 'of listener',
  targetGroups: 'alone',
  stickinessPolicies: 'alone',
};
const ALICLOUD_PARTS: Record<AlicloudPart, Place> = {
  listener: 'alone',
  endpointGroups: 'of listener',
  forwardingRules: 'of listener',
};

const PARTS = new Map<unknown, Readonly<Record<string, Place>>>([
  ['aws', AWS_PARTS],
  ['alicloud', ALICLOUD_PARTS],
]);

/** Parts that other parts require. The schema reports parts that are present but invalid. */
function partIssues(
  request: Record<string, unknown>,
  parts: Readonly<Record<string, Place>>,
): ValidationIssue[] {
  const placed = (place: Place) => Object.keys(parts).filter(part => parts[part] === place);
  const [alone, ofListener] = [placed('alone'), placed('of listener')];
  const isGiven = (part: string) => request[part] !== undefined && !isEmpty(request[part]);
  if (request['operation'] === 'remove') return specIssues([...alone, ...ofListener].filter(isGiven));
  if (request['listener'] !== undefined) return [];
  const [orphan] = ofListener.filter(isGiven);
  if (orphan !== undefined) {
    const detail = `is missing; it must be given with \`${orphan}\``;
    return [{ pointer: '/listener', detail }];
  }
  if (alone.some(isGiven)) return [];
  const names = alone.map(part => `\`${part}\``);
  const last = names.pop();
  const detail = `the spec is empty; it must have a ${[...(names.length > 0 ? [names.join(', ')] : []), last].join(' or ')}`;
  return [{ pointer: '', detail }];
}

/** A removal deletes the whole entry point. A spec would be ignored, so it is rejected. */
function specIssues(parts: string[]): ValidationIssue[] {
  const detail =
    'is not allowed with `operation: remove`, which removes the whole entry point; to remove only this part, send an `update` without it';
  return parts.map(part => ({ pointer: `/${part}`, detail }));
}

function isEmpty(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}
