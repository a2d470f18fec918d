// Performs one execution: gives the interpreter the input and the context object, and reports how it closed.
import { ExecutionError, ExecutionTimeoutError } from 'aws-local-stepfunctions';
import type { Closing, ExecutionRecord } from './execution.ts';
import { runMachine } from './interpreter.ts';
import { jsonText, parseJson } from './json.ts';
import type { Machine } from './machine.ts';
import { Scope, type Stage } from './scope.ts';

export interface Performance {
  /** Resolves once the history is complete too; an error of the machine never rejects it. */
  closing: Promise<Closing>;
  abort(): void;
}

export function perform(record: ExecutionRecord, stage: Stage): Performance {
  const options = { context: contextOf(record, stage.machine) };
  const run = runMachine(new Scope(stage), parseJson(record.input), options);
  const ending = run.result.then(
    (output): Closing => ({ status: 'SUCCEEDED', output: jsonText(output) }),
    failure,
  );
  return { closing: ending.then(closing => run.recorded.then(() => closing)), abort: run.abort };
}

/** `Root` replaces the two Execution members that the interpreter overwrites (see machine.ts). */
function contextOf(record: ExecutionRecord, machine: Machine) {
  return {
    Execution: { Id: record.executionArn, Name: record.name, RoleArn: machine.roleArn },
    StateMachine: { Id: machine.arn, Name: machine.name },
    Root: { StartTime: new Date(record.startDate).toISOString(), Input: parseJson(record.input) },
  };
}

function failure(thrown: unknown): Closing {
  if (thrown instanceof ExecutionTimeoutError) return { status: 'TIMED_OUT' };
  const error = thrown instanceof ExecutionError ? thrown.cause : thrown;
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  return { status: 'FAILED', ...(name && { error: name }), ...(message && { cause: message }) };
}
