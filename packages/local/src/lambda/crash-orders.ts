// The crashes that tests and people request of the functions, and the control API for them: JSON over HTTP under /_lambda,
// unsigned. AWS has no such API. The requests are kept in memory, until the process ends.
import type { Answer, WireService } from '@gatehouse/twins/http/wire';
import {
  exactly,
  InputError,
  integer,
  jsonBody,
  listOf,
  oneOf,
  type Reader,
  text,
} from '@gatehouse/twins/shared/input';
import { CRASHES } from './crash.ts';

const PATH = '/_lambda/crashes';
const MAX_ORDERS = 1000;

const orderMember = exactly(
  {
    /** A function, or * for all of them. */
    function: text({ min: 1, max: 64 }),
    crash: oneOf(...CRASHES),
    times: integer(1),
  },
  {
    /** Invocations of the function that come before. */
    after: integer(0),
    /** The HTTP requests that the function sends before it crashes; fewer, if it needs fewer. Without it, no code runs. */
    requests: integer(0),
  },
);

export type CrashOrder = ReturnType<typeof orderMember>;
type Counted = CrashOrder & { seen: number; reached: number };

export class CrashOrders {
  readonly #functions: readonly string[];
  #orders: Counted[] = [];

  constructor(functions: readonly string[]) {
    this.#functions = functions;
  }

  /** The crash of this invocation. It counts at every matching order, even if another one affects it. */
  strike(functionName: string): CrashOrder | undefined {
    let hit: CrashOrder | undefined;
    for (const order of this.#orders) {
      if (order.function !== '*' && order.function !== functionName) continue;
      order.seen += 1;
      if (hit || order.seen <= (order.after ?? 0) || order.reached >= order.times) continue;
      order.reached += 1;
      hit = order;
    }
    return hit;
  }

  readonly control: WireService = async ({ method, path, body }) => {
    const { pathname } = new URL(path, 'http://lambda');
    if (pathname !== PATH) return json(404, { error: `There is no ${pathname}; the path is ${PATH}` });
    try {
      if (method === 'PUT') this.#orders = this.#read(body);
      else if (method === 'DELETE') this.#orders = [];
      else if (method !== 'GET') return json(405, { error: `${PATH} takes GET, PUT, DELETE only` });
    } catch (error) {
      if (error instanceof InputError) return json(400, { error: error.message });
      throw error;
    }
    return json(
      200,
      this.#orders.map(({ seen: _, ...order }) => order),
    );
  };

  #read(body: string): Counted[] {
    const read: Reader<CrashOrder> = (value, at) => {
      const order = orderMember(value, at);
      if (order.function === '*' || this.#functions.includes(order.function)) return order;
      throw new InputError('constraint', `${at}.function`, `be * or one of ${this.#functions.join(', ')}`);
    };
    const orders = listOf(read, { max: MAX_ORDERS })(jsonBody(body), 'crashes');
    return orders.map(order => ({ ...order, seen: 0, reached: 0 }));
  }
}

function json(status: number, body: unknown): Answer {
  const headers = { 'content-type': 'application/json' };
  return { status, headers, body: `${JSON.stringify(body, undefined, 2)}\n` };
}
