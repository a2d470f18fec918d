// The schemas of a step, as callers see it: its state in the job and what it changes.
import * as z from 'zod';
import { count, instant, jobProblemSchema, said } from '../record/event-answers.ts';

export const changeSchema = z
  .strictObject({
    member: said('The member, as a path such as `config.healthCheck`.'),
    from: z.unknown().optional(),
    to: z.unknown().optional(),
    isDefault: z
      .literal(true)
      .exactOptional()
      .meta({ description: 'Present if the request omits the member: the new value is its default.' }),
    idOf: said(
      'Instead of a value: the step whose resource the member names. Its id is known once that resource is created.',
    ).exactOptional(),
  })
  .meta({ id: 'Change', description: 'A member that changes, with its present and its new value.' });

export const actSchema = z.enum(['create', 'adopt', 'update', 'unchanged', 'delete', 'wait']).meta({
  description:
    'create: creates the resource; adopt: takes over an existing resource; update: changes it in place; unchanged: the resource is already as requested; delete: deletes it; wait: waits until it is ready.',
});

export const deletesForeignSchema = z.array(z.string()).meta({
  description:
    'Foreign objects attached to the resource that the step also deletes, because of `options.force`, by their ids in the cloud. It deletes no others.',
});

export const stepSchema = z
  .strictObject({
    id: z.string(),
    title: z.string(),
    kind: said('The kind of the cloud resource.'),
    act: actSchema,
    changes: z
      .array(changeSchema)
      .exactOptional()
      .meta({ description: 'The changes of the step, member by member.' }),
    reason: said('Why the step is needed, if the act alone does not explain it.').exactOptional(),
    interruption: said('How the step interrupts traffic, if it does.').exactOptional(),
    deletesForeign: deletesForeignSchema.exactOptional(),
    state: z
      .enum([
        'waiting',
        'running',
        'retrying',
        'settling',
        'done',
        'failed',
        'notRun',
        'undoing',
        'undone',
        'leftover',
      ])
      .meta({
        description:
          'waiting: not started yet; running: in progress; retrying: the cloud was busy or did not answer; settling: applied, not ready yet; done: as desired and ready; failed: failed permanently; notRun: never started, and will not be; undoing: being undone; undone: as it was before the job; leftover: could not be undone or deleted.',
      }),
    calls: count.meta({ description: 'How often the step has been called, over all attempts of the job.' }),
    cloudId: said('The id of the resource in the cloud, once known.').exactOptional(),
    since: instant.exactOptional().meta({ description: 'When the step started.' }),
    waitingFor: z
      .strictObject({ reason: z.string(), nextPollAt: instant, polls: count })
      .meta({ id: 'StepWait' })
      .exactOptional()
      .meta({
        description: 'What the step waits for in the cloud, when it polls next, and how often it has polled.',
      }),
    notices: z
      .array(z.string())
      .exactOptional()
      .meta({ description: 'Facts that need attention but are not failures.' }),
    error: jobProblemSchema.exactOptional(),
    undo: z
      .strictObject({
        since: instant,
        calls: count,
        nextPollAt: instant.exactOptional(),
        error: jobProblemSchema.exactOptional(),
      })
      .meta({ id: 'StepUndo' })
      .exactOptional()
      .meta({ description: 'The undo of the step, in a rollback.' }),
  })
  .meta({ id: 'Step', description: 'A step: one resource of a plan.' });

export type StepView = z.output<typeof stepSchema>;
export type StepState = StepView['state'];
