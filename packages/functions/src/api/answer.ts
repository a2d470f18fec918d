// The answer of a route, before it becomes an API Gateway response.
import type * as z from 'zod';
import type { problemSchema } from './answer-schemas.ts';

export type ProblemBody = z.output<typeof problemSchema>;

/** `Body` is the body of a successful answer; a problem can take its place. */
export interface ApiAnswer<Body = unknown> {
  status: number;
  headers?: Record<string, string>;
  /** JSON; absent for an answer without a body. */
  body?: Body | ProblemBody;
  /** Replaces the body if the content is not JSON; the headers carry its content type. */
  text?: string;
}
