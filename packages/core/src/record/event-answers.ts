// What callers see of an event of a job and of what went wrong: each shape once, as a schema. Answers of the API and
// events on the bus hold the same.
import * as z from 'zod';
import { JOB_STATUSES, VERBS } from './events.ts';

export const instant = z.iso.datetime();
export const count = z.int().min(0);
export const said = (description: string) => z.string().meta({ description });

export const mistakeSchema = z.strictObject({
  pointer: said('Where: a JSON pointer (RFC 6901) into the request; empty for the whole.'),
  detail: said('What is wrong there, and what would be right.'),
});

export const providerSchema = z.strictObject({
  service: z.string(),
  operation: z.string(),
  errorCode: z.string(),
  requestId: z.string().exactOptional(),
});

export const jobProblemSchema = z
  .strictObject({
    code: said('Stable, for programs.'),
    message: said('For people.'),
    retryable: z.boolean().meta({ description: 'Whether the same again may go well.' }),
    errors: z
      .array(mistakeSchema)
      .exactOptional()
      .meta({ description: 'What in the request is wrong, where the request is to blame.' }),
    provider: providerSchema
      .exactOptional()
      .meta({ description: 'Which call of which cloud said so, in its own words.' }),
  })
  .meta({ description: 'Why a step failed or a job ended.' });

export const jobStatusSchema = z.enum(JOB_STATUSES).meta({ description: 'Where a job is.' });

export const jobEventSchema = z
  .strictObject({
    sequence: z.int().min(1).meta({ description: '1, 2, 3, ... per job, without a gap.' }),
    at: instant,
    status: jobStatusSchema,
    attempt: count.meta({ description: "The job's run; 0 before its first." }),
    verb: z.enum(VERBS).exactOptional().meta({ description: 'What a person asked for.' }),
    by: said('Account and role of who asked.').exactOptional(),
    reason: said('Why, as they said it.').exactOptional(),
    step: said('What was to be left behind.').exactOptional(),
    problem: jobProblemSchema.exactOptional(),
  })
  .meta({ description: "One entry of a job's history." });
