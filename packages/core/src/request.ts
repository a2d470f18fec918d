// What a caller asks for: an operation on an entry point, its parts and options. One schema serves REST and
// events and becomes the OpenAPI document; every rule that the request alone can break is checked here.
// `provision` on AWS is what there is so far; the next operation or cloud makes it a discriminated union.
import type * as z from 'zod';
import { classicElbMistakes, stickinessPolicySpec } from './classic-elb.ts';
import { endpointGroupSpec, globalAcceleratorMistakes, listenerSpec } from './global-accelerator.ts';
import { listOf, objectOf, oneOf, text, wholeNumber } from './members.ts';
import { limitMistakes, type Mistake } from './mistakes.ts';
import { plainValue } from './plain-value.ts';
import { schemaMistakes } from './schema-mistakes.ts';
import { targetGroupSpec, vpcLatticeMistakes } from './vpc-lattice.ts';

/** Normalised: every default of ours is filled in, so that equal requests are equal values. */
export type Request = z.output<typeof requestSchema>;

export type ParsedRequest = { ok: true; request: Request } | { ok: false; mistakes: Mistake[] };

const optionsSpec = objectOf('the options', {
  deadlineSeconds: wholeNumber(60, 21_600).default(3_600).meta({
    description: 'Time that the job may run before it is rolled back; its time in line does not count.',
    unit: 'seconds',
    inPlace: true,
  }),
});

export const requestSchema = objectOf('a request', {
  operation: oneOf(['provision'], ', the only operation supported so far').meta({
    description: 'What is to be done. Only `provision` is supported so far.',
    inPlace: false,
  }),
  entryPoint: text(
    'a name like `checkout-edge`: lower-case letters, digits and single dashes, first a letter, last no dash',
    { from: 3, to: 63, pattern: /^[a-z][a-z0-9]*(-[a-z0-9]+)*$/ },
  ).meta({ description: 'The name of the entry point. It survives its jobs.', inPlace: false }),
  cloud: oneOf(['aws'], ', the only cloud supported so far').default('aws').meta({
    description: 'The cloud that carries the entry point. Only `aws` is supported so far.',
    inPlace: false,
  }),
  options: optionsSpec.prefault({}).meta({ description: 'How the job is run.' }),
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
}).meta({ description: 'An entry point that a team asks for.' });

/**
 * A value from a body or an event to a request. Never throws: whatever is wrong comes back as mistakes, all
 * of them up to a limit, each with its place. A request that was accepted, parsed again, is the same.
 * `home`: the region that Gatehouse runs in, which parts without one belong to. Without it they stay without one, and
 * what only it shows to be wrong is not found.
 */
export function parseRequest(given: unknown, home?: string): ParsedRequest {
  const { value: plain, mistakes: notPlain, complete } = plainValue(given);
  if (!complete) return { ok: false, mistakes: notPlain };
  const value = home === undefined ? plain : inRegion(plain, home);
  const parsed = requestSchema.safeParse(value);
  const refused = parsed.success ? [] : schemaMistakes(parsed.error, requestSchema, value);
  const told = new Set(notPlain.map(({ pointer }) => pointer));
  const broken = refused.filter(({ pointer }) => !told.has(pointer));
  // What another operation or cloud asks for has a shape of its own: no use in judging it by this one.
  const unsupported = isObject(value) ? broken.filter(each => asksForLater(value, each)) : [];
  if (unsupported.length > 0) return { ok: false, mistakes: unsupported };
  const mistakes = [...notPlain, ...broken, ...(isObject(value) ? ruleMistakes(value) : [])];
  if (parsed.success && mistakes.length === 0) return { ok: true, request: parsed.data };
  return { ok: false, mistakes: limitMistakes(mistakes) };
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

const REGIONAL = ['targetGroups', 'stickinessPolicies'];

function ruleMistakes(request: Record<string, unknown>): Mistake[] {
  return [
    ...partMistakes(request),
    ...globalAcceleratorMistakes(request),
    ...vpcLatticeMistakes(request),
    ...classicElbMistakes(request),
  ];
}

/** Which parts must be there for others. What is there but wrong is somebody else's mistake to tell. */
function partMistakes({ listener, ...parts }: Record<string, unknown>): Mistake[] {
  if (listener !== undefined) return [];
  const { endpointGroups = [], targetGroups = [], stickinessPolicies = [] } = parts;
  const isEmpty = (part: unknown) => Array.isArray(part) && part.length === 0;
  if (!isEmpty(endpointGroups)) {
    const detail = 'is missing; it must be given with `endpointGroups`, which belong to it';
    return [{ pointer: '/listener', detail }];
  }
  if (!isEmpty(targetGroups) || !isEmpty(stickinessPolicies)) return [];
  const detail = 'asks for nothing; it must have a `listener`, `targetGroups` or `stickinessPolicies`';
  return [{ pointer: '', detail }];
}

/** Words of the design that have no code yet. */
const LATER = { operation: ['update', 'remove'], cloud: ['alicloud'] };

function asksForLater(request: Record<string, unknown>, { pointer }: Mistake): boolean {
  if (pointer === '/operation') return LATER.operation.some(word => word === request['operation']);
  return pointer === '/cloud' && LATER.cloud.some(word => word === request['cloud']);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
