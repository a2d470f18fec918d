// The options of a request: how its job is run, whatever it asks for, and which operations each of them says something to.

import { flag, objectOf, wholeNumber } from '../json/members.ts';
import { isObject } from '../json/plain-value.ts';
import type { ValidationIssue } from '../json/validation-issues.ts';
import { MAX_DEADLINE_SECONDS, MAX_QUEUE_SECONDS, USUAL_QUEUE_SECONDS } from './time-limits.ts';

export const optionsSpec = objectOf('the options', {
  deadlineSeconds: wholeNumber(60, MAX_DEADLINE_SECONDS).default(3_600).meta({
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

type Operation = 'provision' | 'update' | 'remove';

/** The operations that an option is for. With another one it would be ignored in silence. */
const OPTIONS_OF: Record<keyof typeof optionsSpec.shape, readonly Operation[]> = {
  deadlineSeconds: ['provision', 'update', 'remove'],
  queueSeconds: ['provision', 'update', 'remove'],
  adopt: ['provision', 'update'],
  protected: ['provision', 'update'],
  allowInterruption: ['update'],
  force: ['update', 'remove'],
};

const DEFAULTS: Record<string, unknown> = optionsSpec.parse({});

/** An option that says no more than its default does no harm anywhere. */
export function optionIssues({ operation, options }: Record<string, unknown>): ValidationIssue[] {
  if (typeof operation !== 'string' || !isObject(options)) return [];
  return Object.entries(OPTIONS_OF)
    .filter(([option, operations]) => isSaid(options, option) && !operations.some(each => each === operation))
    .map(([option, operations]) => ({
      pointer: `/options/${option}`,
      detail: `says nothing to \`operation: ${operation}\`; it is for ${operations.map(name => `\`${name}\``).join(' and ')}`,
    }));
}

/** A value that its schema refuses is another mistake. */
function isSaid(options: Record<string, unknown>, option: string): boolean {
  const value = options[option];
  return value !== undefined && typeof value === typeof DEFAULTS[option] && value !== DEFAULTS[option];
}
