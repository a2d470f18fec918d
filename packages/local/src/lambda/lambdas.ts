// Lambda in the local stack: the handlers of `functions/`, unchanged, called as Lambda calls them: with a JSON copy of
// input and output, a context and a time limit. A call that exceeds its time continues, but its result is dropped.
import type { Context } from 'aws-lambda';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

export interface Lambdas {
  /** Rejects with the error of the handler, or with Lambda's name for a crash or a time-out. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
}

export interface LocalFunction {
  load(): Promise<Handler>;
  timeoutSeconds: number;
}

export function createLambdas(
  functions: Record<string, LocalFunction>,
  region: string,
  account: string,
): Lambdas {
  const loaded = new Map<string, Promise<Handler>>();

  function handlerOf(name: string, { load }: LocalFunction): Promise<Handler> {
    const handler = loaded.get(name) ?? load();
    loaded.set(name, handler);
    return handler;
  }

  return {
    async invoke(name, event) {
      const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!found) throw named('Lambda.ResourceNotFoundException', `there is no function ${name}`);
      const handler = await handlerOf(name, found);
      const deadline = Date.now() + found.timeoutSeconds * 1000;
      const context = contextOf(name, deadline, `arn:aws:lambda:${region}:${account}:function:${name}`);
      return copy(await inTime(handler(copy(event), context), name, found.timeoutSeconds));
    },
  };
}

/** Timeouts never scale, because they guard against real calls that hang. */
function inTime<T>(call: Promise<T>, name: string, seconds: number): Promise<T> {
  return new Promise((resolve, reject) => {
    const limit = setTimeout(() => {
      reject(named('Sandbox.Timedout', `${name} did not answer within ${seconds} seconds`));
    }, seconds * 1000);
    call.then(resolve, reject).finally(() => clearTimeout(limit));
  });
}

function copy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}

function named(name: string, message: string): Error {
  return Object.assign(new Error(message), { name });
}

function contextOf(functionName: string, deadline: number, invokedFunctionArn: string): Context {
  return {
    functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn,
    memoryLimitInMB: '512',
    awsRequestId: crypto.randomUUID(),
    logGroupName: `/aws/lambda/${functionName}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: false,
    getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0),
    done() {},
    fail() {},
    succeed() {},
  };
}
