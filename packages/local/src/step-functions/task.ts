// A Task's call of its function, as Lambda and Step Functions perform it: the event and the result are copies made of
// JSON text, an event beyond 262,144 bytes ends the execution and such a result is an error that can be caught, and a
// function's error arrives under its own name with a JSON text as its Cause.
import type { TaskFunction } from './definition.ts';
import { exceedsDataLimit, type Json, jsonText, parseJson } from './json.ts';
import { abandoned, nextTurn, type Scope, Uncatchable } from './scope.ts';

const DATA_LIMIT_EXCEEDED = 'States.DataLimitExceeded';

export function taskHandlers(scope: Scope): Record<string, (input: Json) => Promise<Json>> {
  const { functions } = scope.stage.machine;
  return Object.fromEntries(
    [...functions].map(([stateName, target]) => [stateName, input => callTask(scope, target, input)]),
  );
}

function callTask(scope: Scope, target: TaskFunction, input: Json): Promise<Json> {
  const result = call(scope, target, input);
  // The interpreter does not handle the promise's rejection when it cannot read TimeoutSecondsPath.
  result.catch(() => {});
  return result;
}

async function call(scope: Scope, target: TaskFunction, input: Json): Promise<Json> {
  await nextTurn();
  if (scope.signal.aborted) throw abandoned();
  const event = jsonText(input);
  if (exceedsDataLimit(event)) throw tooLargeInput(scope);
  const thisCall = openCall(scope, target, event);
  const text = await unlessEnded(scope.signal, invoked(scope, target, event));
  if (scope.openCall !== thisCall) throw abandoned();
  if (exceedsDataLimit(text)) throw new ResultTooLarge(target);
  scope.openCall = undefined;
  scope.lastEventId = scope.stage.history.add('LambdaFunctionSucceeded', scope.lastEventId, {
    lambdaFunctionSucceededEventDetails: { output: text, outputDetails: { truncated: false } },
  });
  return parseJson(text);
}

function openCall(scope: Scope, target: TaskFunction, input: string): symbol {
  const { history } = scope.stage;
  const scheduled = history.add('LambdaFunctionScheduled', scope.lastEventId, {
    lambdaFunctionScheduledEventDetails: {
      resource: target.arn,
      input,
      inputDetails: { truncated: false },
      ...(target.timeoutSeconds === undefined ? {} : { timeoutInSeconds: target.timeoutSeconds }),
    },
  });
  scope.lastEventId = history.add('LambdaFunctionStarted', scheduled);
  scope.openCall = Symbol(target.name);
  return scope.openCall;
}

async function invoked(scope: Scope, target: TaskFunction, event: string): Promise<string> {
  try {
    return jsonText(await scope.stage.invoke(target.name, parseJson(event)));
  } catch (error) {
    throw new TaskFailure(error);
  }
}

function tooLargeInput(scope: Scope): Uncatchable {
  const cause = 'The input of a task exceeds the maximum number of bytes service limit';
  scope.stage.fail(DATA_LIMIT_EXCEEDED, cause);
  return new Uncatchable(DATA_LIMIT_EXCEEDED, cause);
}

/** Releases the interpreter immediately when the scope ends; the function itself continues, as on AWS. */
function unlessEnded<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onEnd = () => reject(abandoned());
    signal.addEventListener('abort', onEnd, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', onEnd));
  });
}

/** Unlike a state's own data beyond the limit: Catch matches it, by its name or by States.ALL. */
class ResultTooLarge extends Error {
  override readonly name = DATA_LIMIT_EXCEEDED;

  constructor({ arn }: TaskFunction) {
    super(
      `The state/task '${arn}' returned a result with a size exceeding the maximum number of bytes service limit.`,
    );
  }
}

/** The interpreter matches ErrorEquals against `name` and uses `message` as the Cause. */
class TaskFailure extends Error {
  constructor(thrown: unknown) {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    super(lambdaCause(error));
    this.name = error.name;
  }
}

const causeLimit = 32_768;

function lambdaCause(error: Error): string {
  // These come from the Lambda service, not from the function: their Cause is plain text.
  if (error.name.startsWith('Lambda.')) return error.message.slice(0, causeLimit);
  const reported = { errorMessage: error.message, errorType: error.name };
  // The payload of a function that died has no trace.
  const full = JSON.stringify({ ...reported, ...(error.stack ? { trace: error.stack.split('\n') } : {}) });
  if (full.length <= causeLimit) return full;
  // Cut in a way that keeps it valid JSON; an escaped character takes up to six.
  return JSON.stringify({ ...reported, errorMessage: error.message.slice(0, 5_000), trace: [] });
}
