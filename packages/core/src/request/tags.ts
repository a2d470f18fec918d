// Tags in a request: names and values, as an object. Which characters they have is each cloud's own.
import * as z from 'zod';
import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';

/** At most `most` tags; `description`: of the member. */
export function tagsSpec(
  key: z.ZodString,
  value: z.ZodString,
  { most, description }: { most: number; description: string },
) {
  return z
    .record(key, value.meta({ description: 'The value of the tag.', inPlace: true }), {
      error: issue =>
        issue.code === 'invalid_key'
          ? (issue.issues[0]?.message ?? 'must be another name')
          : 'must be tags: an object of names and values',
    })
    .refine(tags => Object.keys(tags).length <= most, { error: `must be at most ${most} tags` })
    .default({})
    .meta({ description, maxProperties: most });
}

/** A record of zod leaves this name out without a word. */
export function tagIssues(tags: unknown, path: readonly PropertyKey[]): ValidationIssue[] {
  if (typeof tags !== 'object' || tags === null || !Object.hasOwn(tags, '__proto__')) return [];
  return [{ pointer: pointerTo([...path, '__proto__']), detail: 'is no name that a tag can have here' }];
}
