// Runs a machine on aws-local-stepfunctions and closes its one gap against AWS that matters here: after
// a branch or an item has failed, the interpreter goes on to start the remaining items of the Map and
// retries Tasks of the stopped siblings at once, while Catch already runs. It offers no hook for runs
// inside a run, so its `run` is wrapped: it acts only on runs that carry a Scope.
import { type RunOptions, StateMachine } from 'aws-local-stepfunctions';
import type { Json } from './json.ts';
import { type EventLogs, record } from './recorder.ts';
import { abandoned, Scope } from './scope.ts';
import { taskHandlers } from './task.ts';

export interface Run {
  result: Promise<Json>;
  /** Settles when the run's history is written down. */
  recorded: Promise<void>;
  /** No function is called after it; one in flight runs on, and nobody hears its result. */
  abort(): void;
}

type NativeRun = ReturnType<StateMachine['run']>;
type ScopedOptions = RunOptions & { scope?: Scope };

/** One attempt of a Map: the interpreter makes one StateMachine for all its items (and one per branch). */
interface Attempt {
  runs: number;
  failed: boolean;
  /** Settles when the history shows all of its runs that have ended. */
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

/** Nested logs are recorded here; what the interpreter forwards upwards is empty. */
async function* none(): EventLogs {}
