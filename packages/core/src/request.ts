// What a caller asks for: an operation on an entry point, its parts and options. One schema serves REST and
// events and becomes the OpenAPI document; every rule that the request alone can break is checked here.
// `update` has the whole new spec, `remove` none: what stands is in the inventory.
import type * as z from 'zod';
import { classicElbMistakes, stickinessPolicySpec } from './classic-elb.ts';
import { endpointGroupSpec, globalAcceleratorMistakes, listenerSpec } from './global-accelerator.ts';
import { flag, listOf, objectOf, oneOf, text, wholeNumber } from './members.ts';
import { limitMistakes, type Mistake } from './mistakes.ts';
import { plainValue } from './plain-value.ts';
import { schemaMistakes } from './schema-mistakes.ts';
import { targetGroupSpec, vpcLatticeMistakes } from './vpc-lattice.ts';

/** Normalised: every default of ours is filled in, so that equal requests are equal values. */
export type Request = z.output<typeof requestSchema>;

export type ParsedRequest = { ok: true; request: Request } | { ok: false; mistakes: Mistake[] };

export const USUAL_QUEUE_SECONDS = 86_400;
/** A week. */
export const MAX_QUEUE_SECONDS = 604_800;

const optionsSpec = objectOf('the options', {
  deadlineSeconds: wholeNumber(60, 21_600).default(3_600).meta({
    description: 'Time that the job may run before it is rolled back; its time in line does not count.',
    unit: 'seconds',
    inPlace: true,
  }),
  queueSeconds: wholeNumber(0, MAX_QUEUE_SECONDS).default(USUAL_QUEUE_SECONDS).meta({
    description:
      'Time that the job may wait in line; then it has failed, with nothing changed. 0: not at all.',
    unit: 'seconds',
    inPlace: true,
  }),
  adopt: flag().default(false).meta({
    description:
      'Takes over what stands under a natural key already, if it matches the spec in every member and nobody owns it. One that differs refuses the whole job; undo leaves what was adopted.',
    inPlace: true,
  }),
  protected: flag().default(false).meta({
    description: 'Refuses to remove the entry point until an update says `false`.',
    inPlace: true,
  }),
  allowInterruption: flag().default(false).meta({
    description:
      'Allows an update to remove something before what takes its place is made, where a name leaves no other way: traffic to it is interrupted in between.',
    inPlace: true,
  }),
  force: flag().default(false).meta({
    description:
      'Removes what others have hung on what is removed, too. Without it, that refuses the removal.',
    inPlace: true,
  }),
});

export const requestSchema = objectOf('a request', {
  operation: oneOf(['provision', 'update', 'remove']).meta({
    description:
      'What is to be done: `provision` makes an entry point, `update` changes it to the whole new spec that it is given, `remove` takes it away and is given no spec.',
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
    ...optionMistakes(request),
    ...globalAcceleratorMistakes(request),
    ...vpcLatticeMistakes(request),
    ...classicElbMistakes(request),
  ];
}

const PARTS = ['listener', 'endpointGroups', 'targetGroups', 'stickinessPolicies'];

/** Which parts must be there for others. What is there but wrong is somebody else's mistake to tell. */
function partMistakes({ operation, listener, ...parts }: Record<string, unknown>): Mistake[] {
  if (operation === 'remove') return specMistakes({ listener, ...parts });
  if (listener !== undefined) return [];
  const { endpointGroups = [], targetGroups = [], stickinessPolicies = [] } = parts;
  if (!isEmpty(endpointGroups)) {
    const detail = 'is missing; it must be given with `endpointGroups`, which belong to it';
    return [{ pointer: '/listener', detail }];
  }
  if (!isEmpty(targetGroups) || !isEmpty(stickinessPolicies)) return [];
  const detail = 'asks for nothing; it must have a `listener`, `targetGroups` or `stickinessPolicies`';
  return [{ pointer: '', detail }];
}

/** A removal takes away all that stands: a spec beside it would be ignored, and its sender must not think otherwise. */
function specMistakes(request: Record<string, unknown>): Mistake[] {
  const detail =
    'must not be given with `operation: remove`, which removes the whole entry point; to remove a part of it, send an `update` without it';
  return PARTS.filter(part => request[part] !== undefined && !isEmpty(request[part])).map(part => ({
    pointer: `/${part}`,
    detail,
  }));
}

/** Which operations an option says something to. One that it does not would be ignored in silence. */
const OPTIONS_OF: Record<string, string[]> = {
  adopt: ['provision', 'update'],
  protected: ['provision', 'update'],
  allowInterruption: ['update'],
  force: ['update', 'remove'],
};

function optionMistakes({ operation, options }: Record<string, unknown>): Mistake[] {
  if (typeof operation !== 'string' || !isObject(options)) return [];
  return Object.entries(OPTIONS_OF)
    .filter(([option, operations]) => options[option] === true && !operations.includes(operation))
    .map(([option, operations]) => ({
      pointer: `/options/${option}`,
      detail: `says nothing to \`operation: ${operation}\`; it is for ${operations.map(name => `\`${name}\``).join(' and ')}`,
    }));
}

/** Words of the design that have no code yet. */
const LATER = { cloud: ['alicloud'] };

function asksForLater(request: Record<string, unknown>, { pointer }: Mistake): boolean {
  return pointer === '/cloud' && LATER.cloud.some(word => word === request['cloud']);
}

function isEmpty(part: unknown): boolean {
  return Array.isArray(part) && part.length === 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
