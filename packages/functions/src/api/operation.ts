// What a route says of itself to who calls it, and what several of them say alike.
import type * as z from 'zod';
import type { ProblemCode } from './problem.ts';

export type RequestHeader = 'Idempotency-Key' | 'If-Match' | 'If-None-Match' | 'Prefer';
export type AnswerHeader = 'ETag' | 'Idempotent-Replayed' | 'Location' | 'Preference-Applied' | 'Retry-After';

export interface Operation {
  id: string;
  tag: 'Jobs' | 'Entry points' | 'Gatehouse';
  summary: string;
  description?: string;
  headers?: RequestHeader[];
  query?: z.ZodObject;
  body?: { schema: z.ZodType; required: boolean; examples: Record<string, unknown> };
  /** By HTTP status; without a schema, an answer without a body. */
  answers: Record<number, { description: string; schema?: z.ZodType; headers?: AnswerHeader[] }>;
  /** Besides those that every route can answer. */
  problems: ProblemCode[];
}

export const BODY_PROBLEMS: ProblemCode[] = ['InvalidRequest', 'BodyTooLarge', 'UnsupportedMediaType'];

export const JOB_HEADERS: AnswerHeader[] = ['ETag', 'Retry-After'];
