// The schemas of a job, a plan and drift, as callers see them. They type the views of job-view.ts, plan-view.ts and drift.ts,
// go into the OpenAPI document, and validate real answers in tests. Later versions can add members to an answer, and remove
// none.
import * as z from 'zod';
import {
  actionSchema,
  count,
  instant,
  jobEventSchema,
  jobProblemSchema,
  jobStatusSchema,
  resourceOutputsSchema,
  said,
} from '../record/event-answers.ts';
import {
  actSchema,
  changeSchema,
  deletesForeignSchema,
  displacesSchema,
  stepSchema,
} from './step-answers.ts';

const queueHolderSchema = z
  .strictObject({
    entryPoint: z.string(),
    status: jobStatusSchema,
    until: instant.exactOptional().meta({
      description:
        'When the holder leaves its present status at the latest. A rollback or a removal that makes progress has longer.',
    }),
  })
  .meta({ id: 'QueueHolder' });

export const queuePositionSchema = z
  .strictObject({
    queue: said(
      'The queue of an entry point, an accelerator or a load balancer, which only one job at a time may change.',
    ),
    position: z.int().min(1).meta({ description: 'Position 1 is the head of the queue and holds it.' }),
    heldBy: said('The id of the job that holds the queue.').exactOptional(),
    holder: queueHolderSchema.exactOptional().meta({
      description:
        'What the job that holds the queue is doing. A stuck job holds the queue until an action resolves it.',
    }),
  })
  .meta({ id: 'QueuePosition', description: 'The position of a waiting job in one queue.' });

export const leftoverSchema = z
  .strictObject({
    step: z.string(),
    title: z.string(),
    id: said('The id of the resource in the cloud, if known.').exactOptional(),
    problem: jobProblemSchema,
  })
  .meta({ id: 'Leftover', description: 'A resource that could not be deleted or restored.' });

const skippedSchema = leftoverSchema
  .extend({
    at: instant,
    by: said('The account and role that skipped it.'),
    reason: said('The reason that was given.').exactOptional(),
  })
  .meta({ id: 'SkippedLeftover', description: 'A leftover that was skipped with the action `skip`.' });

const resolutionSchema = z
  .strictObject({
    at: instant,
    by: said('The account and role that abandoned the job.'),
    reason: said('The reason that was given.'),
    leftovers: z.array(leftoverSchema).meta({ description: 'The leftovers at that time.' }),
  })
  .meta({
    id: 'Resolution',
    description: 'Who abandoned the stuck job, when and why. Gatehouse does nothing more for it.',
  });

const summaryShape = {
  id: z.string(),
  operation: z.string(),
  entryPoint: z.string(),
  cloud: z.string(),
  requester: said('The account and role that requested the job.'),
  status: jobStatusSchema,
  attempt: count.meta({ description: 'The attempt of the job, counted from 1; 0 before the first attempt.' }),
  createdAt: instant,
  startedAt: instant.exactOptional(),
  deadlineSeconds: count.meta({
    description:
      'The time limit of the job, in seconds from its beginning. If the request names none, it follows from the plan once the job has begun; before that, it is the least.',
    unit: 'seconds',
  }),
  deadlineAt: instant.exactOptional().meta({
    description:
      'The deadline. If the job is still running by then, it rolls back. A removal goes on for as long as it makes progress.',
  }),
  endedAt: instant.exactOptional(),
  allowedActions: z.array(actionSchema).meta({ description: 'The actions that the job allows now.' }),
  resolution: resolutionSchema.exactOptional(),
  links: z.strictObject({ self: z.string() }).meta({ id: 'JobLinks' }),
};

/** Our own bound: a page has up to 100 jobs. */
export const MAX_LISTED_LEFTOVERS = 10;

export const jobSummarySchema = z
  .strictObject({
    ...summaryShape,
    leftovers: z
      .array(leftoverSchema)
      .max(MAX_LISTED_LEFTOVERS)
      .exactOptional()
      .meta({
        description: `What a rollback or a removal could not delete or restore: the first ${MAX_LISTED_LEFTOVERS}; the job itself has all.`,
      }),
  })
  .meta({
    id: 'JobSummary',
    description:
      'A job as it appears in a list. It is stuck if it is ROLLBACK_FAILED or REMOVE_FAILED and has no `resolution`.',
  });

export const jobSchema = z
  .strictObject({
    ...summaryShape,
    summary: said('One sentence about the progress or outcome of the job.'),
    queues: z
      .array(queuePositionSchema)
      .exactOptional()
      .meta({ description: 'The position of the job in each of its queues, while it waits.' }),
    queueUntil: instant.exactOptional().meta({
      description: 'When the job stops waiting in its queues and fails, unless it has begun by then.',
    }),
    steps: z.array(stepSchema),
    outputs: z.array(resourceOutputsSchema).exactOptional().meta({
      description:
        'The addresses and ids of the entry point, as soon as a cloud has given them, those with a DNS name first. Absent before the job runs, of a removal, and once the job rolls back: the entry point then has its former outputs.',
    }),
    error: jobProblemSchema.exactOptional(),
    leftovers: z
      .array(leftoverSchema)
      .exactOptional()
      .meta({ description: 'What a rollback or a removal could not delete or restore.' }),
    skipped: z
      .array(skippedSchema)
      .exactOptional()
      .meta({ description: 'The leftovers that were skipped with the action `skip`.' }),
    events: z.array(jobEventSchema),
  })
  .meta({ id: 'Job', description: 'A job: the durable record of serving one request.' });

const planStepSchema = z
  .strictObject({
    id: z.string(),
    kind: said('The kind of the cloud resource.'),
    title: z.string(),
    act: actSchema,
    cloudId: said('The id of the existing resource in the cloud.').exactOptional(),
    changes: z.array(changeSchema).meta({
      description:
        'The changes of the step, member by member. Of a resource that is created: every member with its value.',
    }),
    replaces: said('The earlier resource whose place the new one takes, by its step.').exactOptional(),
    replacedBy: said('The step that creates the resource that takes its place.').exactOptional(),
    reason: said('Why the step is needed, if the act alone does not explain it.').exactOptional(),
    interruption: said('How the step interrupts traffic, if it does.').exactOptional(),
    deletesForeign: deletesForeignSchema.exactOptional(),
    displaces: displacesSchema.exactOptional(),
    calls: count.meta({
      description: 'The number of calls that change something in the cloud, if none has to be repeated.',
    }),
  })
  .meta({ id: 'PlanStep', description: 'What the job would do with one resource.' });

const planSummarySchema = z
  .strictObject({
    create: count,
    update: count,
    replace: count.meta({ description: 'Deleted and created again, in either order.' }),
    adopt: count,
    delete: count,
    unchanged: count,
  })
  .meta({ id: 'PlanSummary', description: 'The number of resources by what happens to them.' });

export const planSchema = z
  .strictObject({
    entryPoint: z.string(),
    cloud: z.string(),
    operation: z.string(),
    planHash: said(
      'A hash of the spec, of the present state of the clouds, of what each step would do, including the foreign objects that the job would delete, and of the planner version. A job that is submitted with it as `If-Match` ends as FAILED with `PlanChanged` if its plan would be different.',
    ),
    summary: planSummarySchema,
    changes: z
      .array(changeSchema)
      .meta({ description: 'Changes of the entry point itself, such as its protection from removal.' }),
    steps: z.array(planStepSchema).meta({
      description:
        'The steps in the order of execution, lane by lane. Lanes are independent of each other. Steps without an effect are last.',
    }),
    interruptions: z.array(z.string()).meta({ description: 'The interruptions of traffic, of all steps.' }),
    usualSeconds: count.meta({
      description: 'How long the job usually takes in the clouds, if nothing has to be repeated.',
      unit: 'seconds',
    }),
    deadlineSeconds: count.meta({
      description: 'The time limit that the job would have, in seconds from its beginning.',
      unit: 'seconds',
    }),
    warnings: z.array(z.string()).meta({
      description:
        'Foreign objects that are displaced, quotas that are nearly used up, a deadline that is too short, and settings that can have an unexpected effect.',
    }),
  })
  .meta({
    id: 'Plan',
    description: 'What a request would do, given the present state of the clouds. Nothing has been changed.',
  });

const differenceSchema = z
  .strictObject({
    member: z.string(),
    expected: z.unknown().optional(),
    found: z.unknown().optional(),
  })
  .meta({ id: 'Difference', description: 'A member that differs from what was last applied.' });

const driftedResourceSchema = z
  .strictObject({
    step: z.string(),
    kind: z.string(),
    title: z.string(),
    id: z.string(),
    state: z.enum(['IN_SYNC', 'DRIFTED', 'MISSING', 'UNKNOWN']),
    differences: z.array(differenceSchema),
    problem: jobProblemSchema.exactOptional().meta({ description: 'Why the resource could not be read.' }),
  })
  .meta({ id: 'DriftedResource' });

export const driftSchema = z
  .strictObject({
    entryPoint: z.string(),
    state: z.enum(['IN_SYNC', 'DRIFTED', 'UNKNOWN']).meta({
      description: 'UNKNOWN: a resource could not be read, and no other resource has drifted.',
    }),
    resources: z.array(driftedResourceSchema),
  })
  .meta({ id: 'Drift', description: 'Changes made outside Gatehouse, member by member.' });

export type QueuePosition = z.output<typeof queuePositionSchema>;
export type PlanView = z.output<typeof planSchema>;
export type DriftView = z.output<typeof driftSchema>;
export type JobView = z.output<typeof jobSchema>;
export type JobSummary = z.output<typeof jobSummarySchema>;
