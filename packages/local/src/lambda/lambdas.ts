// Lambda in the local stack: the handlers of `functions/`, unchanged, called as Lambda calls them: with a JSON copy of
// input and output, a context and a time limit. At its limit, or when a crash is requested, the invocation ends with the
// error of AWS, and its environment is discarded.
import type { WireService } from '@gatehouse/twins/http/wire';
import type { Context } from 'aws-lambda';
import { type Crash, failureOf, LambdaFailure } from './crash.ts';
import { type CrashOrder, CrashOrders } from './crash-orders.ts';
import { Environment } from './environment.ts';

export type Handler = (event: unknown, context: Context) => Promise<unknown>;

export interface Lambdas {
  /** Rejects with the error of the handler, or with a LambdaFailure. */
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** `/_lambda`: requests crashes. */
  control: WireService;
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
  const orders = new CrashOrders(Object.keys(functions));

  /** As on AWS, every invocation of a function that does not load tries again. */
  async function handlerOf(name: string, { load }: LocalFunction): Promise<Handler> {
    const handler = loaded.get(name) ?? load();
    loaded.set(name, handler);
    try {
      return await handler;
    } catch (cause) {
      loaded.delete(name);
      throw new LambdaFailure('Runtime.ImportModuleError', String(cause));
    }
  }

  return {
    control: orders.control,
    async invoke(name, event) {
      const found = Object.hasOwn(functions, name) ? functions[name] : undefined;
      if (!found) throw new LambdaFailure('Lambda.ResourceNotFoundException', `there is no function ${name}`);
      const { timeoutSeconds } = found;
      const order = orders.strike(name);
      if (order?.requests === undefined && order) throw failureOf(order.crash, timeoutSeconds);
      const handler = await handlerOf(name, found);
      const deadline = Date.now() + timeoutSeconds * 1000;
      const context = contextOf(name, deadline, `arn:aws:lambda:${region}:${account}:function:${name}`);
      return copy(await untilItEnds(() => handler(copy(event), context), timeoutSeconds, order));
    },
  };
}

/** Timeouts never scale, because they guard against real calls that hang. */
async function untilItEnds<T>(
  call: () => Promise<T>,
  timeoutSeconds: number,
  order: CrashOrder | undefined,
): Promise<T> {
  const ended = Promise.withResolvers<never>();
  const end = (crash: Crash) => {
    environment.discard();
    ended.reject(failureOf(crash, timeoutSeconds));
  };
  const environment = new Environment(n => {
    if (order && n > (order.requests ?? 0)) end(order.crash);
  });
  const limit = setTimeout(end, timeoutSeconds * 1000, 'timeout');
  try {
    const answer = await Promise.race([environment.run(call), ended.promise]);
    if (order) throw failureOf(order.crash, timeoutSeconds);
    return answer;
  } finally {
    clearTimeout(limit);
  }
}

function copy(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
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
