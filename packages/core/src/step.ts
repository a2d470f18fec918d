// Walking one step: read, decide, write the ledger, call, write the ledger. A crash anywhere is answered by
// calling again. Before every mutating call stands the fence: the job still runs in this direction and this
// attempt is the current one.
import { decideApply, decideSettle, decideUndo, type Move, type Seen } from './decide.ts';
import {
  problemOf,
  RetryableError,
  type StepError,
  Superseded,
  TerminalError,
  toStepError,
} from './errors.ts';
import { fence } from './fence.ts';
import { jobIndex, marked } from './job.ts';
import * as ledger from './ledger.ts';
import type { Plan, Step } from './plan.ts';
import type { CloudPorts, Ports } from './ports.ts';
import { change, entryKey, jobKey, planKey } from './records.ts';
import type { Resource } from './resource.ts';
import { readinessAfter } from './settling.ts';

export interface StepCall {
  jobId: string;
  attempt: number;
  step: string;
}

export type StepAnswer = { state: 'done' } | { state: 'pending'; askAgainAt: string };

/** Far above what any step needs: each move changes the ledger or ends the call. */
const MAX_MOVES = 20;

/** Forward on one step. Throws the errors of errors.ts; a failure for good marks the job. */
export async function applyStep(ports: CloudPorts, call: StepCall): Promise<StepAnswer> {
  const walk = await Walk.open(ports, call, 'forward');
  try {
    return await walk.on(() => walk.apply());
  } catch (thrown) {
    const error = toStepError(thrown);
    await walk.noteFailure(error);
    if (error instanceof TerminalError) await markFailed(ports, call, error);
    throw error;
  }
}

/** Backward on one step, until a read proves that nothing of ours is left. */
export async function undoStep(ports: CloudPorts, call: StepCall): Promise<StepAnswer> {
  const walk = await Walk.open(ports, call, 'backward');
  try {
    return await walk.on(() => walk.undo());
  } catch (thrown) {
    const error = toStepError(thrown);
    await walk.noteFailure(error);
    throw error;
  }
}

async function markFailed(ports: Ports, call: StepCall, error: TerminalError): Promise<void> {
  const at = ports.clock.now().toISOString();
  const mark = { because: 'failed', step: call.step, at, problem: problemOf(error) } as const;
  await change(ports.store, jobKey(call.jobId), job => job && marked(job, call.attempt, mark), jobIndex);
}

/** One call's walk along a step: the entry as last read or written, and what was last observed. */
class Walk {
  readonly #ports: CloudPorts;
  readonly #call: StepCall;
  readonly #direction: 'forward' | 'backward';
  readonly #step: Step;
  readonly #resource: Resource;
  #desired: Record<string, unknown>;
  #entry: ledger.Entry | undefined;
  #version = 0;
  /** What the last mutating call answered, which spares a read; `absent` after a read that found nothing. */
  #observed: { value: unknown } | undefined;
  #removed = false;
  /** Whether this call stands in the entry's count of calls yet. */
  #counted = false;
  /** The refusal of a create that found its natural key taken, told if a look does not explain it. */
  #collision: TerminalError | undefined;

  private constructor(ports: CloudPorts, call: StepCall, direction: 'forward' | 'backward', step: Step) {
    this.#ports = ports;
    this.#call = call;
    this.#direction = direction;
    this.#step = step;
    this.#resource = ports.resource(step.kind);
    this.#desired = step.desired;
  }

  static async open(ports: CloudPorts, call: StepCall, direction: 'forward' | 'backward'): Promise<Walk> {
    const plan = (await ports.store.get(planKey(call.jobId)))?.value;
    const step = stepOf(plan, call.step);
    const walk = new Walk(ports, call, direction, step);
    const stored = await ports.store.get(entryKey(call.jobId, call.step));
    walk.#entry = stored?.value;
    walk.#version = stored?.version ?? 0;
    return walk;
  }

  async on(next: () => Promise<StepAnswer | undefined>): Promise<StepAnswer> {
    await this.#fence();
    await this.#resolveNeeds();
    for (let moves = 0; moves < MAX_MOVES; moves++) {
      const answer = await next();
      if (answer) return answer;
    }
    throw new RetryableError('Busy', `${this.#step.title} did not come to rest in one call`);
  }

  async apply(): Promise<StepAnswer | undefined> {
    const { create } = this.#resource;
    const seen = await this.#look();
    const situation = { entry: this.#entry, seen, now: this.#now() };
    const move = create ? decideApply(situation) : decideSettle(situation);
    switch (move.do) {
      case 'create':
        return this.#create(move.generation);
      case 'claim':
        return this.#write(ledger.made(this.#known(), move.id, this.#now(), this.#visibleBy()));
      case 'update':
        return this.#update();
      case 'done':
        return this.#done();
      case 'wait':
        return this.#settled({ ready: false, because: move.because });
      case 'lookAgain':
        throw new RetryableError('Busy', `${this.#step.title}: ${move.because}`);
      case 'refuse':
        throw this.#collision ?? this.#refusal(move);
      case 'remove':
      case 'undone':
        throw new Error(`${move.do} is no move forward`);
      default:
        return never(move);
    }
  }

  async undo(): Promise<StepAnswer | undefined> {
    if (!this.#entry || ledger.leavesNothing(this.#entry) || !this.#resource.create) return { state: 'done' };
    const seen = await this.#look();
    const move = decideUndo({ entry: this.#entry, seen, now: this.#now() }, this.#removed);
    switch (move.do) {
      case 'claim':
        return this.#write(ledger.made(this.#known(), move.id, this.#now(), this.#visibleBy()));
      case 'remove':
        return this.#remove();
      case 'wait':
        return this.#pendingUndo(this.#ports.clock.after(this.#resource.settles.firstSeconds).toISOString());
      case 'lookAgain':
        return this.#pendingUndo(move.at);
      case 'undone':
        await this.#write({ ...this.#known(), state: 'undone', since: this.#now(), undo: this.#undoing() });
        return { state: 'done' };
      case 'refuse':
        throw this.#refusal(move);
      case 'create':
      case 'update':
      case 'done':
        throw new Error(`${move.do} is no move backward`);
      default:
        return never(move);
    }
  }

  /** Intent, fence, call, outcome: in that order, whatever happens in between. */
  async #create(generation: 'same' | 'next'): Promise<undefined> {
    if (this.#collision) throw this.#collision;
    const at = this.#now();
    const { jobId, attempt, step } = this.#call;
    const callUntil = this.#callUntil();
    const intent = !this.#entry
      ? ledger.intend({ jobId, step, kind: this.#step.kind, attempt, at, callUntil })
      : generation === 'next'
        ? ledger.nextGeneration(this.#entry, at, callUntil)
        : ledger.intendAgain(this.#entry, at, callUntil);
    await this.#write(intent);
    const observed = await this.#send(intent);
    if (observed === undefined) return;
    await this.#write(ledger.made(intent, this.#resource.idOf(observed), this.#now(), this.#visibleBy()));
    this.#observed = { value: observed };
  }

  /** The create itself. Only what it throws is judged here: the table's own errors say nothing about the cloud. */
  async #send(intent: ledger.Entry): Promise<unknown> {
    try {
      await this.#fence();
      return await this.#resource.create?.(this.#desired, intent.token);
    } catch (thrown) {
      const error = toStepError(thrown);
      // Stopped at the fence, it was not even sent. Else only a cloud that said no settles the call.
      const refused = error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none');
      if (refused) await this.#write({ ...intent, state: 'refused', since: this.#now() });
      if (!(error instanceof TerminalError && error.code === 'AlreadyExists')) throw error;
      // Its natural key is taken: by a call of ours whose answer was lost, or by somebody else. Look.
      this.#collision = error;
      this.#observed = undefined;
      return undefined;
    }
  }

  async #update(): Promise<undefined> {
    const { update } = this.#resource;
    if (!update) throw new Error(`${this.#step.kind} cannot change in place`);
    await this.#write({ ...this.#known(), updates: this.#known().updates + 1 });
    await this.#fence();
    const observed = this.#observed?.value;
    this.#observed = undefined;
    this.#observed = { value: await this.#resource.update?.(this.#desired, observed) };
  }

  async #remove(): Promise<undefined> {
    await this.#write({ ...this.#known(), undo: this.#undoing() });
    await this.#fence();
    this.#observed = undefined;
    await this.#resource.remove?.(this.#idKnown());
    this.#removed = true;
  }

  async #done(): Promise<StepAnswer> {
    return this.#entry?.state === 'applied' ? { state: 'done' } : this.#settled({ ready: true });
  }

  /** Ready, and said so often enough to be believed: applied. Else pending, with when to ask again. */
  async #settled(readiness: { ready: true } | { ready: false; because: string }): Promise<StepAnswer> {
    const entry = this.#entry ?? this.#settleEntry();
    const { settles } = this.#resource;
    const waiting = readinessAfter(entry.waiting, readiness, settles, this.#ports.clock);
    if (waiting === 'settled') {
      const { waiting: _, problem: __, ...rest } = entry;
      await this.#write({ ...rest, state: 'applied', since: this.#now() });
      return { state: 'done' };
    }
    if (!readiness.ready && waiting.giveUpAt <= this.#now()) {
      throw new TerminalError(
        'NotStabilized',
        `${this.#step.title}: ${waiting.because} since ${waiting.since}`,
      );
    }
    await this.#write({ ...entry, waiting });
    return { state: 'pending', askAgainAt: waiting.askAgainAt };
  }

  /** What is only waited for has an entry too, so that who polls sees the wait; it leaves nothing behind. */
  #settleEntry(): ledger.Entry {
    const { jobId, attempt, step } = this.#call;
    const at = this.#now();
    return {
      ...ledger.intend({ jobId, step, kind: this.#step.kind, attempt, at, callUntil: at }),
      state: 'made',
    };
  }

  async #pendingUndo(askAgainAt: string): Promise<StepAnswer> {
    await this.#write({ ...this.#known(), undo: { ...this.#undoing(), askAgainAt } });
    return { state: 'pending', askAgainAt };
  }

  #undoing(): ledger.Undoing {
    const { undo } = this.#known();
    return { since: undo?.since ?? this.#now(), calls: (undo?.calls ?? 0) + 1 };
  }

  async #look(): Promise<Seen | undefined> {
    this.#observed ??= { value: await this.#resource.read(this.#desired, this.#entry?.id) };
    const { value } = this.#observed;
    if (value === undefined) {
      this.#observed = undefined;
      return undefined;
    }
    const { idOf, drift, ready, strangers } = this.#resource;
    const proofNeeded = this.#direction === 'backward' || (this.#entry !== undefined && !this.#entry.id);
    return {
      id: idOf(value),
      drift: drift(this.#desired, value),
      readiness: ready(value),
      strangers: proofNeeded && strangers ? await strangers(this.#desired, value) : [],
    };
  }

  /** Writes the entry if nobody else did meanwhile. Always undefined: the walk goes on. */
  async #write(entry: ledger.Entry): Promise<undefined> {
    const { jobId, attempt, step } = this.#call;
    const calls = this.#entry?.calls ?? 0;
    const value = { ...entry, attempt, calls: this.#counted ? calls : calls + 1 };
    const written = await this.#ports.store.put(entryKey(jobId, step), value, this.#version);
    if (written.written) {
      this.#entry = value;
      this.#version = written.version;
      this.#counted = true;
      return;
    }
    const by = written.standing?.value.attempt ?? 0;
    if (by > attempt) throw new Superseded(`attempt ${by} has taken over`);
    throw new RetryableError('Busy', `another call of ${this.#step.title} is under way`, {
      outcome: 'unknown',
    });
  }

  /** Best effort, for who polls: the failure itself is thrown on, and reaches the job by its mark or by Conclude. */
  async noteFailure(error: StepError): Promise<void> {
    if (!this.#entry || error instanceof Superseded || error.name === 'Cancelled') return;
    const problem = problemOf(error);
    const entry = this.#entry;
    try {
      await this.#write(
        this.#direction === 'forward'
          ? { ...entry, problem }
          : { ...entry, undo: { ...this.#undoing(), problem } },
      );
    } catch (cause) {
      this.#ports.log.warn('the failure could not be noted in the ledger', { ...this.#call, problem, cause });
    }
  }

  async #resolveNeeds(): Promise<void> {
    for (const [member, step] of Object.entries(this.#step.needs)) {
      const id = (await this.#ports.store.get(entryKey(this.#call.jobId, step)))?.value.id;
      if (id !== undefined) this.#desired = { ...this.#desired, [member]: id };
      else if (this.#direction === 'forward') throw new Error(`${this.#step.id} came before ${step}`);
    }
  }

  async #fence(): Promise<void> {
    await fence(this.#ports, this.#call, this.#direction);
  }

  #idKnown(): string {
    const { id } = this.#known();
    if (id === undefined) throw new Error(`${this.#step.id} has no id to remove`);
    return id;
  }

  #known(): ledger.Entry {
    if (!this.#entry) throw new Error(`${this.#step.id} has no ledger entry`);
    return this.#entry;
  }

  #refusal(move: Move & { do: 'refuse' }): TerminalError {
    return new TerminalError(move.code, `${this.#step.title}: ${move.because}`);
  }

  #now(): string {
    return this.#ports.clock.now().toISOString();
  }

  #callUntil(): string {
    const { stepTimeoutSeconds, latenessSeconds } = this.#ports.settings;
    return this.#ports.clock.after(stepTimeoutSeconds + latenessSeconds).toISOString();
  }

  #visibleBy(): string {
    return this.#ports.clock.after(this.#ports.settings.latenessSeconds).toISOString();
  }
}

function stepOf(plan: Plan | undefined, id: string): Step {
  const step = plan?.steps.find(candidate => candidate.id === id);
  if (!step) throw new TerminalError('InternalFailure', `the plan has no step ${id}`);
  return step;
}

function never(move: never): never {
  throw new Error(`unknown move ${JSON.stringify(move)}`);
}
