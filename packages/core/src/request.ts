// What a caller asks for: an operation on an entry point, its parts and options. One schema serves REST and
// events and becomes the OpenAPI document; every rule that the request alone can break is checked here.
// `provision` on AWS is what there is so far; the next operation or cloud makes it a discriminated union.
import type { z } from 'zod';
import { endpointGroupSpec, globalAcceleratorMistakes, listenerSpec } from './global-accelerator.ts';
import { listOf, objectOf, oneOf, text, wholeNumber } from './members.ts';
import { limitMistakes, type Mistake } from './mistakes.ts';
import { plainValue } from './plain-value.ts';
import { schemaMistakes } from './schema-mistakes.ts';

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
  listener: listenerSpec.meta({ description: 'A listener of an AWS Global Accelerator.' }),
  endpointGroups: listOf(endpointGroupSpec, { from: 0, to: 42, called: 'endpoint groups' }).default([]).meta({
    description:
      "The listener's endpoint groups, at most one per region. An accelerator has at most 42, a quota that AWS does not raise.",
    inPlace: true,
  }),
}).meta({ description: 'An entry point that a team asks for.' });

/**
 * A value from a body or an event to a request. Never throws: whatever is wrong comes back as mistakes, all
 * of them up to a limit, each with its place. A request that was accepted, parsed again, is the same.
 */
export function parseRequest(given: unknown): ParsedRequest {
  const { value, mistakes: notPlain, complete } = plainValue(given);
  if (!complete) return { ok: false, mistakes: notPlain };
  const parsed = requestSchema.safeParse(value);
  const refused = parsed.success ? [] : schemaMistakes(parsed.error, requestSchema, value);
  const told = new Set(notPlain.map(({ pointer }) => pointer));
  const broken = refused.filter(({ pointer }) => !told.has(pointer));
  // What another operation or cloud asks for has a shape of its own: no use in judging it by this one.
  const unsupported = isObject(value) ? broken.filter(each => asksForLater(value, each)) : [];
  if (unsupported.length > 0) return { ok: false, mistakes: unsupported };
  const mistakes = [...notPlain, ...broken, ...(isObject(value) ? globalAcceleratorMistakes(value) : [])];
  if (parsed.success && mistakes.length === 0) return { ok: true, request: parsed.data };
  return { ok: false, mistakes: limitMistakes(mistakes) };
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
