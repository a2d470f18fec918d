// Tags in a request: an object of names and values. The allowed characters depend on the cloud.
import * as z from 'zod';
import { issueOf } from '../json/schema-issues.ts';
import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';

/** At most `most` tags; `description` is that of the member, `id` the name of the schema. */
export function tagsSpec(
  key: z.ZodString,
  value: z.ZodString,
  { id, most, description }: { id: string; most: number; description: string },
) {
  return z
    .record(key, value.meta({ description: 'The value of the tag.', inPlace: true }), {
      error: issue =>
        issue.code === 'invalid_key'
          ? (issue.issues[0]?.message ?? 'must be a valid tag name')
          : 'must be tags: an object of tag names and values',
    })
    .superRefine((tags, context) => {
      const { length } = Object.keys(tags);
      if (length > most) context.addIssue(issueOf(`must be at most ${most} tags`, `${length}`));
    })
    .meta({ id, maxProperties: most })
    .default({})
    .meta({ description });
}

/** Zod's record silently drops this name. */
export function tagIssues(tags: unknown, path: readonly PropertyKey[]): ValidationIssue[] {
  if (typeof tags !== 'object' || tags === null || !Object.hasOwn(tags, '__proto__')) return [];
  return [{ pointer: pointerTo([...path, '__proto__']), detail: 'is not a valid tag name here' }];
}
