// What callers see of a step: where it is in its job, and what it changes.
import * as z from 'zod';
import { count, instant, jobProblemSchema, said } from '../record/event-answers.ts';

export const changeSchema = z
  .strictObject({
    member: said('Which member, as a path like `config.healthCheck`.'),
    from: z.unknown().optional(),
    to: z.unknown().optional(),
  })
  .meta({ description: 'One member that changes: what it holds, and what it shall hold.' });

export const actSchema = z.enum(['create', 'adopt', 'update', 'unchanged', 'delete', 'wait']).meta({
  description:
    'create: it is created; adopt: an existing resource is taken over; update: it is changed in place; unchanged: it is already as requested; delete: it is deleted; wait: the step only waits for it.',
});

export const stepSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    kind: said('The kind of cloud object.'),
    act: actSchema,
    changes: z
      .array(changeSchema)
      .exactOptional()
      .meta({ description: 'What the step changes, member by member.' }),
    because: said('Why, where the act does not say it.').exactOptional(),
    interrupts: said('What traffic notices of it.').exactOptional(),
    state: z
      .enum([
        'waiting',
        'running',
        'retrying',
        'settling',
        'done',
        'failed',
        'skipped',
        'undoing',
        'undone',
        'left',
      ])
      .meta({
        description:
          'waiting: not begun; running: under way; retrying: the cloud was busy or did not answer; settling: made, not usable yet; done: as desired and ready; failed: for good; skipped: will not be begun; undoing, undone, left: backward.',
      }),
    attempts: count.meta({ description: 'Calls of the step so far, over all attempts of the job.' }),
    cloudId: said("The cloud's id of it, once known.").exactOptional(),
    since: instant.exactOptional(),
    waitingFor: z
      .strictObject({ because: z.string(), askAgainAt: instant, asked: count })
      .exactOptional()
      .meta({ description: 'What it waits for in the cloud, and when it looks again.' }),
    notices: z
      .array(z.string())
      .exactOptional()
      .meta({ description: 'For a person to look at; no failure.' }),
    error: jobProblemSchema.exactOptional(),
    undo: z
      .strictObject({
        since: instant,
        attempts: count,
        askAgainAt: instant.exactOptional(),
        error: jobProblemSchema.exactOptional(),
      })
      .exactOptional()
      .meta({ description: 'Its way back.' }),
  })
  .meta({ description: "One resource's place in the plan." });

export type StepView = z.output<typeof stepSchema>;
export type StepState = StepView['state'];
