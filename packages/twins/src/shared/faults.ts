// The faults that tests can inject into the twins, and the selection of the one that affects a call. Each fault counts
// its matching calls; the first one that is due and not used up affects the call, and no second one does.
import type { Call, Cloud } from './cloud.ts';
import { exactly, flag, InputError, integer, listOf, mapOf, oneOf, type Reader, text } from './input.ts';

const headers = mapOf(text({ min: 1, max: 255, pattern: /^[!#$%&'*+.^`|~\w-]+$/ }), text({ max: 4096 }), {
  max: 50,
});

const errorMember = exactly(
  { code: text({ min: 1, max: 255 }), status: integer(400, 599), message: text({ max: 4096 }) },
  { headers },
);

/** An answer from between a caller and a cloud. */
const answerMember = exactly(
  { status: integer(200, 599), body: text({ max: 65_536 }) },
  {
    headers,
    /** Whether the call is carried out and its own answer dropped; otherwise it changes nothing. */
    carriedOut: flag,
  },
);

/** A day: longer than any job. */
const longestDelayMs = 86_400_000;

const orderMember = exactly(
  {
    service: text({ min: 1, max: 255 }),
    operation: text({ min: 1, max: 255 }),
    fault: oneOf(
      'error', // answers `error`, changes nothing
      'lostAnswer', // makes the change, drops the connection
      'dropRequest', // drops the connection, changes nothing
      'answer', // answers `answer` unchanged
      'delay', // sleeps `delayMs`, then carries the call out
      'slowAnswer', // carries the call out, answers `delayMs` later
      'slowBody', // carries the call out, sends the headers, and the body `delayMs` of real time later
      'lateCreate', // drops the connection, carries the call out `delayMs` later
      'failed', // the call succeeds, its resource ends in its FAILED state, if it has one
      'stuck', // the resource of the call does not settle until this fault is removed
      'locked', // the instance of the call is locked for an overdue payment until this fault is removed, if it can be locked
      'forgetTokens', // the idempotency token is neither looked up nor kept
    ),
    times: integer(1),
  },
  { after: integer(0), error: errorMember, answer: answerMember, delayMs: integer(0, longestDelayMs) },
);

const takesTime: readonly string[] = ['delay', 'lateCreate', 'slowAnswer', 'slowBody'];

export type FaultOrder = ReturnType<typeof orderMember>;

/** `id` is never reused, so that a resource that a fault holds settles once the fault is removed. */
export type Fault = FaultOrder & { id: number; seen: number; reached: number };

/** Throws an InputError that names the wrong fault and the reason. */
export function readFaultOrders(body: unknown, clouds: readonly Cloud[]): FaultOrder[] {
  const read: Reader<FaultOrder> = (value, at) => {
    const order = orderMember(value, at);
    const cloud = clouds.find(candidate => candidate.service === order.service);
    if (!cloud) {
      throw new InputError(
        'constraint',
        `${at}.service`,
        `be one of ${clouds.map(c => c.service).join(', ')}`,
      );
    }
    if (order.operation !== '*' && !cloud.operations.includes(order.operation)) {
      throw new InputError('constraint', `${at}.operation`, `be * or an operation of ${cloud.service}`);
    }
    if (order.fault === 'error' && !order.error) {
      throw new InputError('constraint', `${at}.error`, 'be given for the fault error');
    }
    if (order.fault === 'answer' && !order.answer) {
      throw new InputError('constraint', `${at}.answer`, 'be given for the fault answer');
    }
    if (takesTime.includes(order.fault) && order.delayMs === undefined) {
      throw new InputError('constraint', `${at}.delayMs`, `be given for the fault ${order.fault}`);
    }
    return order;
  };
  return listOf(read, { max: 1000 })(body, 'faults');
}

/** Counts the call at every matching fault, even if another one affects it. */
export function strike(faults: Fault[], call: Call): Fault | undefined {
  let hit: Fault | undefined;
  for (const fault of faults) {
    if (fault.service !== call.service) continue;
    if (fault.operation !== '*' && fault.operation !== call.operation) continue;
    fault.seen += 1;
    if (hit || fault.seen <= (fault.after ?? 0) || fault.reached >= fault.times) continue;
    fault.reached += 1;
    hit = fault;
  }
  return hit;
}
