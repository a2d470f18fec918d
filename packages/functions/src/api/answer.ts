// What a route answers, before it becomes the answer of API Gateway.
import type * as z from 'zod';
import type { problemSchema } from './answer-schemas.ts';

export type ProblemBody = z.output<typeof problemSchema>;

/** `Body`: what it says if all goes well; instead of it there may be a problem. */
export interface ApiAnswer<Body = unknown> {
  status: number;
  headers?: Record<string, string>;
  /** JSON; absent for an answer without a body. */
  body?: Body | ProblemBody;
  /** Instead of a body: what is no JSON. Its content type is in the headers. */
  text?: string;
}
