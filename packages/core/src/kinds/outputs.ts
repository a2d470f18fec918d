// The outputs of an observed resource: those that its kind declares, as far as its cloud has given them, within their bounds.
// Ledger, jobs, entry points and events carry them.
import { MAX_OUTPUT_LENGTH, MAX_STATIC_ADDRESSES, type Outputs } from '../ports/outputs.ts';
import type { Resource } from '../ports/resource.ts';
import { traitsOf } from './kinds.ts';

/** Undefined if it has none. An absent or empty value is one that the cloud has not given yet. */
export function outputsOf({ kind, outputs }: Resource, observed: unknown): Outputs | undefined {
  const given: Outputs = outputs?.(observed) ?? {};
  const declared = (traitsOf(kind).outputs ?? []).flatMap(name => {
    const value = bounded(given[name]);
    return value === undefined ? [] : [[name, value] as const];
  });
  return declared.length > 0 ? Object.fromEntries(declared) : undefined;
}

function bounded(value: Outputs[keyof Outputs]): string | string[] | undefined {
  if (Array.isArray(value)) {
    const items = value.flatMap(item => bounded(item) ?? []).slice(0, MAX_STATIC_ADDRESSES);
    return items.length > 0 ? items : undefined;
  }
  return value && value.length <= MAX_OUTPUT_LENGTH ? value : undefined;
}
