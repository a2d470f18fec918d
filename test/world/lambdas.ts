// The Lambdas of the state machine: the same logic as in their handlers, invoked as Step Functions invokes them. A plan
// of faults says which of them fail, and virtual time advances by the machine's waits and retries.
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';
import { BUSY_RETRY, CRASH_RETRY, FINAL_ERRORS } from '@gatehouse/core/machine/task';
import type { EveryPort } from '@gatehouse/core/plan/cloud-ports';
import { evaluate } from '@gatehouse/core/saga/evaluate';
import { finish } from '@gatehouse/core/saga/finish';
import { beginFor, complete, conclude, judge } from '@gatehouse/core/saga/older-machines';
import { type Failed, recordFailure } from '@gatehouse/core/saga/record-failure';
import type { End } from '@gatehouse/core/saga/walk-phase';
import { NEEDS } from '@gatehouse/functions/permissions';
import { walkStep } from '@gatehouse/functions/steps/walk-step';
import { failureOf } from '@gatehouse/local/lambda/crash';
import type { VirtualClock } from './clock.ts';
import type { LambdaFaults } from './lambda-faults.ts';
import { LambdaLife, lambdaError, runIn } from './lambda-life.ts';
import type { Writes } from './writes.ts';

/** The input of a Lambda. Each function reads the members that it needs. */
export type Event = Failed & { step: string; act: 'apply' | 'undo'; end: End };

type Logic = (ports: EveryPort, event: Event) => Promise<unknown>;

/** All functions but these walk a step of their kind. */
const SAGA: Partial<Record<AnyFunctionName, Logic>> = {
  begin: beginFor,
  evaluate,
  finish,
  'record-failure': recordFailure,
  stop: recordFailure,
  judge,
  complete,
  conclude,
};

/** In the message of a time-out. */
const FUNCTION_SECONDS = 30;

const SCHEDULE_MS = 60_000;

/** The duration of an invocation for the machine. */
const INVOCATION_MS = 100;

/** The parts that the Lambdas of a world share. */
export interface LambdasOptions {
  clock: VirtualClock;
  faults: LambdaFaults;
  writes: Writes;
  /** The ports of one invocation. */
  portsOf(life: LambdaLife): EveryPort;
  /** One round of the schedule. */
  recover(): Promise<unknown>;
}

/** All Lambdas of one world. */
export class Lambdas {
  readonly #options: LambdasOptions;
  /** The instant of a pending step's next call, in epoch milliseconds. */
  readonly #nextCallAt = new Map<string, number>();
  /** Consecutive failures of a step. */
  readonly #failures = new Map<string, number>();
  #invocations = 0;
  /** Invocations by the machine; one that happens twice counts once. */
  #invoked = 0;
  #recoveredAt = 0;

  constructor(options: LambdasOptions) {
    this.#options = options;
  }

  /** Invokes a Task's function, as Step Functions does, after the wait that the previous answer asked for. */
  async invoke(name: AnyFunctionName, event: Event): Promise<unknown> {
    const { clock, faults } = this.#options;
    const step = stepOf(event);
    clock.moveTo(Math.max(clock.now() + INVOCATION_MS, this.#nextCallAt.get(step) ?? 0));
    await this.#keepSchedule();
    const { step: id, act } = event;
    const begunAt = clock.now();
    const invocation = { n: ++this.#invoked, name, step: id, act };
    const planned = faults.crash?.({ ...invocation, at: begunAt });
    try {
      if (faults.gone?.(name))
        throw lambdaError('Lambda.ResourceNotFoundException', `there is no function ${name}`);
      if (planned?.when === 'before') throw failureOf(planned.crash, FUNCTION_SECONDS);
      const answer = await this.#answerOf(name, event).finally(() =>
        faults.onEnd?.(invocation, clock.now() - begunAt),
      );
      if (planned) throw failureOf(planned.crash, FUNCTION_SECONDS);
      if (isPending(answer)) this.#nextCallAt.set(step, Date.parse(answer.nextPollAt));
      this.#failures.delete(step);
      return answer;
    } catch (thrown) {
      const before = this.#failures.get(step) ?? 0;
      this.#failures.set(step, before + 1);
      clock.advance(backOffMs(before, thrown));
      throw thrown;
    }
  }

  async #keepSchedule(): Promise<void> {
    const { clock, faults, recover } = this.#options;
    if (!faults.schedule || clock.now() - this.#recoveredAt < SCHEDULE_MS) return;
    this.#recoveredAt = clock.now();
    await recover();
  }

  async #answerOf(name: AnyFunctionName, event: Event): Promise<unknown> {
    const { twice } = this.#options.faults;
    if (!twice) return this.#once(name, event);
    if (twice !== true) return this.#interleaved(name, event, twice.interleaved);
    await this.#once(name, event).catch(() => {});
    return this.#once(name, event);
  }

  async #interleaved(name: AnyFunctionName, event: Event, seed: number): Promise<unknown> {
    const { writes } = this.#options;
    const [first, second] = await Promise.allSettled([
      this.#once(name, event, randomTurns(seed + writes.tried)),
      this.#once(name, event, randomTurns(seed + writes.tried + 1)),
    ]);
    if (first.status === 'rejected') throw first.reason;
    if (second.status === 'rejected') throw second.reason;
    return second.value;
  }

  async #once(name: AnyFunctionName, event: Event, turnsBefore?: () => number): Promise<unknown> {
    const poll = this.#nextCallAt.has(stepOf(event));
    const by = event.step ? `${name} ${event.step}` : name;
    const life = new LambdaLife({ by, poll, invocation: ++this.#invocations }, turnsBefore);
    const logic = SAGA[name] ?? walkStep;
    try {
      return await runIn(life, () => logic(withRole(name, this.#options.portsOf(life)), event));
    } finally {
      // A dead Lambda returns no answer, whatever its code returned or threw afterwards.
      life.assertAlive();
    }
  }
}

/** The ports of a function, whose table refuses the methods that its role does not allow. */
function withRole(name: AnyFunctionName, ports: EveryPort): EveryPort {
  const { store: allowed } = NEEDS[`steps/${name}`];
  const denied = (['get', 'many', 'all', 'put', 'remove', 'list'] as const).filter(
    method => !allowed.includes(method),
  );
  const refusals = denied.map(method => {
    const refuse = () => Promise.reject(new Error(`the role of ${name} does not allow ${method}`));
    return [method, refuse] as const;
  });
  return { ...ports, store: { ...ports.store, ...Object.fromEntries(refusals) } };
}

function stepOf({ jobId, step, act }: Event): string {
  return `${jobId} ${step} ${act}`;
}

function isPending(answer: unknown): answer is { nextPollAt: string } {
  return typeof answer === 'object' && answer !== null && 'nextPollAt' in answer;
}

/** The machine's back-off, without jitter, so that equal runs are equal. */
function backOffMs(failuresBefore: number, thrown: unknown): number {
  const name = thrown instanceof Error ? thrown.name : '';
  const isBusy = BUSY_RETRY.ErrorEquals.includes(name) || FINAL_ERRORS.includes(name);
  if (isBusy) return 1000 * Math.min(30, 5 * 2 ** Math.max(0, failuresBefore - 2));
  const { IntervalSeconds, BackoffRate, MaxDelaySeconds } = CRASH_RETRY;
  return 1000 * Math.min(MaxDelaySeconds, IntervalSeconds * BackoffRate ** failuresBefore);
}

/** Numbers from 0 to 3, the same for the same seed. */
function randomTurns(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state >>> 30;
  };
}
