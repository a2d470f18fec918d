// Runs a machine on aws-local-stepfunctions and closes its one relevant difference from AWS: after a branch or an item
// has failed, the interpreter starts the remaining items of the Map and retries Tasks of the stopped siblings
// immediately, while Catch already runs. It has no hook for runs inside a run, so its `run` is wrapped. The wrapper
// affects only runs with a Scope.
import { type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import type { Json } from './json.ts';
import { type EventLogs, record } from './recorder.ts';
import { abandoned, Scope } from './scope.ts';
import { taskHandlers } from './task.ts';

export interface Run {
  result: Promise<Json>;
  /** Settles when the run's history is complete. */
  recorded: Promise<void>;
  /** Calls no more functions; one in progress continues, and its result is dropped. */
  abort(): void;
}

type NativeRun = ReturnType<StateMachine['run']>;
type ScopedOptions = RunOptions & { scope?: Scope };

/** One attempt of a Map: the interpreter creates one StateMachine for all its items (and one per branch). */
interface Attempt {
  runs: number;
  failed: boolean;
  /** Settles when the history contains all of its runs that have ended. */
  over: Promise<unknown>;
}

const nativeRun = StateMachine.prototype.run;
const attempts = new WeakMap<StateMachine, Attempt>();

export function runMachine(scope: Scope, input: Json, options: RunOptions): Run {
  return runIn(scope, scope.stage.machine.interpreter, input, options);
}

StateMachine.prototype.run = function (this: StateMachine, input, options?: ScopedOptions): NativeRun {
  if (!options?.scope) return nativeRun.call(this, input, options);
  return runNested(this, input, options, options.scope);
};

function runNested(machine: StateMachine, input: Json, options: RunOptions, parent: Scope): NativeRun {
  const attempt = attempts.get(machine) ?? { runs: 0, failed: false, over: Promise.resolve() };
  attempts.set(machine, attempt);
  if (attempt.failed || parent.signal.aborted)
    return { result: Promise.reject(abandoned()), abort() {}, eventLogs: none() };
  const after = Promise.all([parent.containerShown, attempt.over]);
  const scope = new Scope(parent.stage, { parent, index: attempt.runs++, after });
  const run = runIn(scope, machine, input, options);
  const over = () => {
    attempt.over = Promise.all([attempt.over, run.recorded]);
  };
  run.result.then(over, () => {
    attempt.failed = true;
    over();
  });
  parent.nested.push(run.recorded.then(() => scope.lastEventId));
  return { result: run.result, abort: run.abort, eventLogs: none() };
}

function runIn(scope: Scope, machine: StateMachine, input: Json, options: RunOptions): Run {
  const scoped: ScopedOptions = {
    ...options,
    scope,
    overrides: { taskResourceLocalHandlers: taskHandlers(scope) },
  };
  const run = nativeRun.call(machine, input, scoped);
  run.result.catch(() => scope.end());
  return {
    result: run.result,
    recorded: record(scope, run.eventLogs),
    abort() {
      scope.end();
      run.abort();
    },
  };
}

/** Nested logs are recorded here; the interpreter forwards an empty log upwards. */
async function* none(): EventLogs {}
