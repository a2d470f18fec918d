// What callers see of a job, of a plan and of drift: each shape once, as a schema. Its type is what status.ts, plan-view.ts
// and drift.ts make, the OpenAPI document shows it, and tests read real answers with it. Members may be added to an answer,
// never taken away.
import * as z from 'zod';
import {
  count,
  instant,
  jobEventSchema,
  jobProblemSchema,
  jobStatusSchema,
  said,
} from '../record/event-answers.ts';
import { VERBS } from '../record/events.ts';
import { actSchema, changeSchema, stepSchema } from './step-answers.ts';

export const placeInLineSchema = z
  .strictObject({
    target: said('What only one job at a time may shape.'),
    place: z.int().min(1).meta({ description: '1 holds it.' }),
    heldBy: said('The job that holds it.').exactOptional(),
    holder: z
      .strictObject({
        entryPoint: z.string(),
        status: jobStatusSchema,
        until: instant.exactOptional().meta({ description: 'The latest at which it stops going this way.' }),
      })
      .exactOptional()
      .meta({ description: 'What the job that holds it is doing. A stuck one waits for a person.' }),
  })
  .meta({ description: 'Where a waiting job stands.' });

export const leftSchema = z
  .strictObject({
    step: z.string(),
    title: z.string(),
    id: said("The cloud's id of it, where it is known.").exactOptional(),
    problem: jobProblemSchema,
  })
  .meta({ description: 'Something that could not be taken away, named so that a person finds it.' });

const skippedSchema = leftSchema
  .extend({ at: instant, by: said('Account and role of who said so.'), reason: said('Why.').exactOptional() })
  .meta({ description: 'Something that a person has decided to leave behind.' });

const resolutionSchema = z
  .strictObject({
    at: instant,
    by: said('Account and role of who said so.'),
    reason: said('Why.'),
    left: z.array(leftSchema).meta({ description: 'What was left at that time.' }),
  })
  .meta({ description: 'What a person has decided on a stuck job: nothing more is done for it.' });

const summaryShape = {
  id: z.string(),
  operation: z.string(),
  entryPoint: z.string(),
  cloud: z.string(),
  requester: said('Account and role of who asked.'),
  status: jobStatusSchema,
  attempt: count.meta({ description: "The job's run; 0 before its first." }),
  createdAt: instant,
  startedAt: instant.exactOptional(),
  deadlineAt: instant
    .exactOptional()
    .meta({ description: 'From then on it turns back, unless it has ended.' }),
  endedAt: instant.exactOptional(),
  links: z.strictObject({ self: z.string() }),
};

export const jobSummarySchema = z
  .strictObject(summaryShape)
  .meta({ description: 'A job as a list shows it.' });

export const jobSchema = z
  .strictObject({
    ...summaryShape,
    summary: said('One sentence on where it is.'),
    lines: z
      .array(placeInLineSchema)
      .exactOptional()
      .meta({ description: 'Its places in line, while it waits.' }),
    queueUntil: instant
      .exactOptional()
      .meta({ description: 'While it waits in line: from then on it does not wait any more.' }),
    allowed: z.array(z.enum(VERBS)).meta({ description: 'What may be asked of it now.' }),
    steps: z.array(stepSchema),
    error: jobProblemSchema.exactOptional(),
    left: z.array(leftSchema).exactOptional(),
    skipped: z.array(skippedSchema).exactOptional(),
    resolution: resolutionSchema.exactOptional(),
    events: z.array(jobEventSchema),
  })
  .meta({ description: 'A job: the durable record of serving one request.' });

export const planSchema = z
  .strictObject({
    entryPoint: z.string(),
    cloud: z.string(),
    operation: z.string(),
    planHash: said(
      'Of the spec, of what stands and of the way to plan. A job sent with it as `If-Match` ends FAILED with `PlanChanged` if its plan would be another one.',
    ),
    steps: z.array(
      z.strictObject({
        id: z.string(),
        kind: said('The kind of cloud object.'),
        title: z.string(),
        act: actSchema,
        cloudId: said("The cloud's id of what stands.").exactOptional(),
        changes: z.array(changeSchema),
        because: said('Why, where the act does not say it.').exactOptional(),
        interrupts: said('What traffic notices of it.').exactOptional(),
        calls: count.meta({ description: 'Calls that change something in the cloud, if all goes well.' }),
      }),
    ),
    interruptions: z.array(z.string()).meta({ description: 'What traffic notices, of all steps.' }),
    warnings: z
      .array(z.string())
      .meta({ description: 'Quotas that would be near, and what may come out otherwise than it seems.' }),
  })
  .meta({ description: 'What a request would do to what stands now. Nothing has been changed.' });

export const driftSchema = z
  .strictObject({
    entryPoint: z.string(),
    state: z.enum(['IN_SYNC', 'DRIFTED', 'UNKNOWN']).meta({
      description: 'UNKNOWN: something could not be read, and of the rest nothing has drifted.',
    }),
    resources: z.array(
      z.strictObject({
        step: z.string(),
        kind: z.string(),
        title: z.string(),
        id: z.string(),
        state: z.enum(['IN_SYNC', 'DRIFTED', 'MISSING', 'UNKNOWN']),
        differences: z.array(
          z.strictObject({
            member: z.string(),
            expected: z.unknown().optional(),
            found: z.unknown().optional(),
          }),
        ),
        problem: jobProblemSchema.exactOptional().meta({ description: 'Why it could not be read.' }),
      }),
    ),
  })
  .meta({ description: 'What was changed behind the back of Gatehouse, member by member.' });

export type PlanView = z.output<typeof planSchema>;
export type DriftView = z.output<typeof driftSchema>;
export type JobView = z.output<typeof jobSchema>;
export type JobSummary = z.output<typeof jobSummarySchema>;
