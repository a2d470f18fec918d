// The options of a request control how its job runs. Each option is valid for certain operations only.

import { flag, objectOf, wholeNumber } from '../json/members.ts';
import { isObject } from '../json/plain-value.ts';
import type { ValidationIssue } from '../json/validation-issues.ts';
import {
  DEFAULT_DEADLINE_SECONDS,
  DEFAULT_QUEUE_SECONDS,
  MAX_DEADLINE_SECONDS,
  MAX_QUEUE_SECONDS,
} from './time-limits.ts';

export const optionsSpec = objectOf('the options', {
  deadlineSeconds: wholeNumber(60, MAX_DEADLINE_SECONDS)
    .exactOptional()
    .meta({
      description: `Time limit of the job. When it is exceeded, the job is rolled back; a removal ends once it also makes no progress. Time in the queue does not count. By default twice the usual time of the plan, and at least ${DEFAULT_DEADLINE_SECONDS} seconds.`,
      unit: 'seconds',
      inPlace: true,
    }),
  queueSeconds: wholeNumber(0, MAX_QUEUE_SECONDS).default(DEFAULT_QUEUE_SECONDS).meta({
    description:
      'Time limit in the queue. When it is exceeded, the job fails and nothing is changed. With 0 the job does not wait.',
    unit: 'seconds',
    inPlace: true,
  }),
  adopt: flag().default(false).meta({
    description:
      'Adopts existing resources with the same natural key if every member matches the spec and no other entry point owns them. The job fails if a member differs. Rollback keeps adopted resources.',
    inPlace: true,
  }),
  protected: flag().default(false).meta({
    description: 'Protects the entry point from removal until an update sets this to `false`.',
    inPlace: true,
  }),
  allowInterruption: flag().default(false).meta({
    description:
      'Allows an update to delete a resource before it creates the replacement, if both need the same name. Traffic to the resource is interrupted in between.',
    inPlace: true,
  }),
  force: flag().default(false).meta({
    description:
      'Also deletes foreign resources that are attached to the deleted ones. Without it, foreign resources block the deletion.',
    inPlace: true,
  }),
}).meta({ id: 'Options' });

type Operation = 'provision' | 'update' | 'remove';

/** The operations that each option is for. With any other operation the option would be silently ignored. */
const OPTIONS_OF: Record<keyof typeof optionsSpec.shape, readonly Operation[]> = {
  deadlineSeconds: ['provision', 'update', 'remove'],
  queueSeconds: ['provision', 'update', 'remove'],
  adopt: ['provision', 'update'],
  protected: ['provision', 'update'],
  allowInterruption: ['update'],
  force: ['update', 'remove'],
};

const DEFAULTS: Record<string, unknown> = optionsSpec.parse({});

/** A default value is accepted with every operation. */
export function optionIssues({ operation, options }: Record<string, unknown>): ValidationIssue[] {
  if (typeof operation !== 'string' || !isObject(options)) return [];
  return Object.entries(OPTIONS_OF)
    .filter(([option, operations]) => isSet(options, option) && !operations.some(each => each === operation))
    .map(([option, operations]) => ({
      pointer: `/options/${option}`,
      detail: `is not allowed with \`operation: ${operation}\`, only with ${operations.map(name => `\`${name}\``).join(' and ')}`,
    }));
}

/** The schema reports values of the wrong type. */
function isSet(options: Record<string, unknown>, option: string): boolean {
  const value = options[option];
  return value !== undefined && typeof value === typeof DEFAULTS[option] && value !== DEFAULTS[option];
}
