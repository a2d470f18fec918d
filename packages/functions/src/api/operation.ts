// The description of a route for its callers, and the parts that several routes share.
import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';

export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match' | 'Prefer';
export type AnswerHeader = 'ETag' | 'Idempotent-Replayed' | 'Location' | 'Preference-Applied' | 'Retry-After';

export interface Operation {
  id: string;
  tag: 'Jobs' | 'Entry points' | 'Gatehouse';
  summary: string;
  description: string;
  headers?: RequestHeader[];
  query?: z.ZodObject;
  body?: { schema: z.ZodType; required: boolean; examples: Record<string, unknown> };
  /** By HTTP status. */
  answers: Record<number, Answer>;
  /** In addition to the problems that every route can answer. */
  problems: ProblemCode[];
}

/** Without a schema, the answer has no body, or one whose schema is not ours. Every body has an example. */
export type Answer = { description: string; headers?: AnswerHeader[] } & (
  | { schema?: never; example?: never }
  | { schema: z.ZodType; example: unknown }
);

export const BODY_PROBLEMS: ProblemCode[] = ['InvalidRequest', 'BodyTooLarge', 'UnsupportedMediaType'];

export const JOB_HEADERS: AnswerHeader[] = ['ETag', 'Retry-After'];
