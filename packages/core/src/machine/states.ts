// What the machine's lanes are made of: a step with or without a wait, a step on the way back, a lane. What follows what is
// machine.ts, what a single call is given is machine-task.ts.
import type { FunctionName, State, Task } from './task.ts';

export interface States {
  StartAt: string;
  States: Record<string, State>;
}

/** The items of the state's lanes, one after another unless told; an empty list is one transition. */
export function lane(name: string, items: string, branch: States, atOnce = 1): States {
  return { StartAt: name, States: { [name]: { ...mapOver(items, branch, atOnce), End: true } } };
}

export function each(items: string, next: string, branch: States): State {
  return { ...mapOver(items, branch), Next: next };
}

export function mapOver(items: string, branch: States, atOnce = 1): State {
  return {
    Type: 'Map',
    ItemsPath: items,
    ItemSelector: { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'lane.$': '$$.Map.Item.Value' },
    MaxConcurrency: atOnce,
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...branch },
    ResultPath: null,
  };
}

/** What is asked of a step: forward, backward, or made good again. */
type Act = 'apply' | 'undo' | 'restore';

interface StepOptions {
  name: string;
  call: FunctionName;
  /** Where the state holds the step's id. */
  step: string;
  /** The state that follows; without it the lane ends. */
  Next?: string;
}

/** A step that is done when its call answers. */
export function step(task: Task, { name, call, step, Next }: StepOptions): Record<string, State> {
  return {
    [name]: task(call, {
      Parameters: parameters(step, { act: 'apply' }),
      ResultPath: null,
      ...(Next ? { Next } : { End: true }),
      onFailure: `${name} stopped`,
    }),
    ...stopped(task, name, step),
  };
}

/** A step that may answer pending. `onward`: choices for what follows it, before `Next`. */
export function settledStep(
  task: Task,
  { onward = [], ...options }: StepOptions & { onward?: object[] },
): Record<string, State> {
  const { name, step, Next } = options;
  return {
    ...polled(task, options, {
      act: 'apply',
      onward,
      otherwise: Next ?? `${name} done`,
      onFailure: `${name} stopped`,
    }),
    ...(Next ? {} : { [`${name} done`]: { Type: 'Succeed' } }),
    ...stopped(task, name, step),
  };
}

/** A way of going along the lanes other than making what the plan says. */
export interface Way {
  /** What the states' names begin with. */
  verb: 'Undo' | 'Remove' | 'Restore';
  act: Act;
  /** What becomes of a step that fails for good: it stops its lane, or is left for Conclude to find in the ledger. */
  stops: boolean;
}

/** Takes back what this job did. */
export const UNDOING: Way = { verb: 'Undo', act: 'undo', stops: false };
/** Takes away what stood before the job. */
export const REMOVING: Way = { verb: 'Remove', act: 'apply', stops: true };
/** The end of a rollback: makes again what had to go or give way first. */
export const RESTORING: Way = { verb: 'Restore', act: 'restore', stops: false };

/** A step on that way, named by the way and by what it is. */
export function stepOn(task: Task, { verb, act, stops }: Way) {
  return (what: string, call: FunctionName, step: string, Next?: string): Record<string, State> => {
    const name = `${verb} ${what}`;
    const [done, left] = [`${name} done`, `${name} left`];
    const onFailure = stops ? `${name} stopped` : left;
    return {
      ...polled(task, { name, call, step }, { act, onward: [], otherwise: Next ?? done, onFailure }),
      ...(Next ? {} : { [done]: { Type: 'Succeed' } }),
      ...(stops
        ? stopped(task, name, step)
        : { [left]: { Type: 'Pass', ...(Next ? { Next } : { End: true }) } }),
    };
  };
}

/** Three transitions for each time it is asked again. */
function polled(
  task: Task,
  { name, call, step }: StepOptions,
  of: { act: Act; onward: object[]; otherwise: string; onFailure: string },
): Record<string, State> {
  const [settled, wait] = [`${name} settled?`, `Wait: ${name}`];
  return {
    [name]: task(call, {
      Parameters: parameters(step, { act: of.act }),
      ResultPath: '$.answer',
      Next: settled,
      onFailure: of.onFailure,
    }),
    [settled]: {
      Type: 'Choice',
      Choices: [{ Variable: '$.answer.state', StringEquals: 'pending', Next: wait }, ...of.onward],
      Default: of.otherwise,
    },
    [wait]: { Type: 'Wait', TimestampPath: '$.answer.askAgainAt', Next: name },
  };
}

function parameters(step: string, more: object): object {
  return { 'jobId.$': '$.jobId', 'attempt.$': '$.attempt', 'step.$': step, ...more };
}

/** Notes why a lane stopped. Should even that fail, the lane still ends quietly: Judge sees steps not applied. */
function stopped(task: Task, name: string, step: string): Record<string, State> {
  const unnoted = `${name} stopped unnoted`;
  return {
    [`${name} stopped`]: task('stop', {
      Parameters: parameters(step, { 'failure.$': '$.failure' }),
      ResultPath: null,
      End: true,
      onFailure: unnoted,
    }),
    [unnoted]: { Type: 'Pass', End: true },
  };
}

/** A Choice on whether the lane has such a step; without `otherwise` the lane ends there. */
export function ifThere(name: string, variable: string, then: string, otherwise?: string): States['States'] {
  const nothing = `${name} no`;
  return {
    [name]: {
      Type: 'Choice',
      Choices: [{ Variable: variable, IsPresent: true, Next: then }],
      Default: otherwise ?? nothing,
    },
    ...(otherwise ? {} : { [nothing]: { Type: 'Succeed' } }),
  };
}

export function choice(variable: string, to: Record<string, string>, otherwise: string): State {
  const choices = Object.entries(to).map(([value, next]) => ({
    Variable: variable,
    StringEquals: value,
    Next: next,
  }));
  return { Type: 'Choice', Choices: choices, Default: otherwise };
}
