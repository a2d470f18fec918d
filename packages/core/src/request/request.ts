// What a caller asks for: an operation on an entry point, its parts and options. One schema serves REST and
// events and becomes the OpenAPI document; every rule that the request alone can break is checked here.
// `update` has the whole new spec, `remove` none: what stands is in the inventory. Which parts it can have, its cloud says.
import type * as z from 'zod';
import { listOf, objectOf, oneOf, text, unionOf } from '../json/members.ts';
import { isObject, plainValue } from '../json/plain-value.ts';
import { schemaIssues } from '../json/schema-issues.ts';
import { limitIssues, type ValidationIssue } from '../json/validation-issues.ts';
import { ALICLOUD_LIMITS, type AlicloudProfile } from './alicloud/limits.ts';
import { alicloudIssues, alicloudParts } from './alicloud/parts.ts';
import { classicElbIssues, stickinessPolicySpec } from './aws/classic-elb.ts';
import { endpointGroupSpec, globalAcceleratorIssues, listenerSpec } from './aws/global-accelerator.ts';
import { targetGroupSpec, vpcLatticeIssues } from './aws/vpc-lattice.ts';
import { optionIssues, optionsSpec } from './options.ts';

/** Normalised: every default of ours is filled in, so that equal requests are equal values. */
export type Request = z.output<typeof requestSchema>;
export type AwsRequest = Extract<Request, { cloud: 'aws' }>;
export type AlicloudRequest = Extract<Request, { cloud: 'alicloud' }>;

export type ParsedRequest = { ok: true; request: Request } | { ok: false; issues: ValidationIssue[] };

const common = {
  operation: oneOf(['provision', 'update', 'remove']).meta({
    description:
      'What is to be done: `provision` makes an entry point, `update` changes it to the whole new spec that it is given, `remove` takes it away and is given no spec.',
    inPlace: false,
  }),
  entryPoint: text(
    'a name like `checkout-edge`: lower-case letters, digits and single dashes, first a letter, last no dash',
    { from: 3, to: 63, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  ).meta({ description: 'The name of the entry point. It survives its jobs.', inPlace: false }),
  options: optionsSpec.prefault({}).meta({ description: 'How the job is run.' }),
};

const cloudSaid = { description: 'The cloud that carries the entry point.', inPlace: false };

export const awsRequestSchema = objectOf('a request', {
  ...common,
  cloud: oneOf(['aws']).default('aws').meta(cloudSaid),
  listener: listenerSpec.exactOptional().meta({ description: 'A listener of an AWS Global Accelerator.' }),
  endpointGroups: listOf(endpointGroupSpec, { from: 0, to: 42, called: 'endpoint groups' }).default([]).meta({
    description:
      "The listener's endpoint groups, at most one per region. An accelerator has at most 42, a quota that AWS does not raise.",
    inPlace: true,
  }),
  targetGroups: listOf(targetGroupSpec, { from: 0, to: 20, called: 'target groups' }).default([]).meta({
    description: 'Target groups of VPC Lattice. 20 in a request are a limit of ours.',
    inPlace: true,
  }),
  stickinessPolicies: listOf(stickinessPolicySpec, { from: 0, to: 20, called: 'stickiness policies' })
    .default([])
    .meta({
      description:
        'Cookie stickiness policies of Classic Load Balancers. 20 in a request are a limit of ours.',
      inPlace: true,
    }),
});

export const alicloudRequestSchema = objectOf('a request', {
  ...common,
  cloud: oneOf(['alicloud']).meta(cloudSaid),
  ...alicloudParts,
});

export const requestSchema = unionOf('a request', 'cloud', [awsRequestSchema, alicloudRequestSchema]).meta({
  description: 'An entry point that a team asks for.',
});

/**
 * A value from a body or an event to a request. Never throws: whatever is wrong comes back as mistakes, all
 * of them up to a limit, each with its place. A request that was accepted, parsed again, is the same.
 * `home`: the region that Gatehouse runs in, which parts without one belong to. Without it they stay without one, and
 * what only it shows to be wrong is not found. `profile`: the limits of Alibaba Cloud that hold here; by default the wider,
 * which whatever was accepted once keeps to.
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
  const told = new Set(notPlain.map(({ pointer }) => pointer));
  const broken = refused.filter(({ pointer }) => !told.has(pointer));
  const issues = [...notPlain, ...broken, ...(isObject(value) ? ruleIssues(value, profile) : [])];
  if (parsed.success && issues.length === 0) return { ok: true, request: parsed.data };
  return { ok: false, issues: limitIssues(issues) };
}

/** AWS, where a request names no cloud. */
function onCloud(request: unknown): unknown {
  return isObject(request) && request['cloud'] === undefined ? { ...request, cloud: 'aws' } : request;
}

/** Every regional part with its region, as if the request had said it. */
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
  // Which rules hold for a cloud that nobody knows is not known either.
  const parts = PARTS.get(request['cloud']);
  if (!parts) return optionIssues(request);
  const own =
    request['cloud'] === 'alicloud'
      ? alicloudIssues(request, ALICLOUD_LIMITS[profile])
      : [...globalAcceleratorIssues(request), ...vpcLatticeIssues(request), ...classicElbIssues(request)];
  return [...partIssues(request, parts), ...optionIssues(request), ...own];
}

/** `alone`: it can be all that is asked for. `of listener`: it needs a listener beside it. */
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

/** Which parts must be there for others. What is there but wrong is somebody else's mistake to tell. */
function partIssues(
  request: Record<string, unknown>,
  parts: Readonly<Record<string, Place>>,
): ValidationIssue[] {
  const placed = (place: Place) => Object.keys(parts).filter(part => parts[part] === place);
  const [alone, ofListener] = [placed('alone'), placed('of listener')];
  const isThere = (part: string) => request[part] !== undefined && !isEmpty(request[part]);
  if (request['operation'] === 'remove') return specIssues([...alone, ...ofListener].filter(isThere));
  if (request['listener'] !== undefined) return [];
  const [orphan] = ofListener.filter(isThere);
  if (orphan !== undefined) {
    const detail = `is missing; it must be given with \`${orphan}\`, which belong to it`;
    return [{ pointer: '/listener', detail }];
  }
  if (alone.some(isThere)) return [];
  const names = alone.map(part => `\`${part}\``);
  const last = names.pop();
  const detail = `asks for nothing; it must have a ${[...(names.length > 0 ? [names.join(', ')] : []), last].join(' or ')}`;
  return [{ pointer: '', detail }];
}

/** A removal takes away all that stands: a spec beside it would be ignored, and its sender must not think otherwise. */
function specIssues(parts: string[]): ValidationIssue[] {
  const detail =
    'must not be given with `operation: remove`, which removes the whole entry point; to remove a part of it, send an `update` without it';
  return parts.map(part => ({ pointer: `/${part}`, detail }));
}

function isEmpty(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}
