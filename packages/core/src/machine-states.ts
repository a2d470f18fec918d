// What the machine's lanes are made of: a step with or without a wait, its way back, a lane. What follows what is
// machine.ts, what a single call is given is machine-task.ts.
import type { FunctionName, State, Task } from './machine-task.ts';

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
export type Act = 'apply' | 'undo' | 'restore';

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

/** The two ways of going backward along the lanes: undoing what this job did, and removing what stood before it. */
export interface Backward {
  /** What the states' names begin with. */
  verb: 'Undo' | 'Remove';
  act: 'undo' | 'apply';
  /** What becomes of a step that fails for good. An undo goes on to the next; a removal stops. */
  stops: boolean;
}

/**
 * A step that takes away or makes good again. One that `stops` the lane where it fails for good notes why; of another
 * Conclude finds in the ledger what it left, and the lane goes on to the next.
 */
export function backward(
  task: Task,
  { act, stops, ...options }: StepOptions & { act: Act; stops: boolean },
): Record<string, State> {
  const { name, step, Next } = options;
  const [done, left] = [`${name} done`, `${name} left`];
  const onFailure = stops ? `${name} stopped` : left;
  return {
    ...polled(task, options, { act, onward: [], otherwise: Next ?? done, onFailure }),
    ...(Next ? {} : { [done]: { Type: 'Succeed' } }),
    ...(stops
      ? stopped(task, name, step)
      : { [left]: { Type: 'Pass', ...(Next ? { Next } : { End: true }) } }),
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
