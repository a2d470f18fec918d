// One call's walk along a step: what it has observed, and the moves of decide.ts carried out one at a time. Each writes
// the ledger before it calls and after, so that a crash in between is answered by calling the step again.
import { decideApply, decideSettle, decideUndo, type Move, type Seen } from './decide.ts';
import {
  problemOf,
  RetryableError,
  type StepError,
  Superseded,
  TerminalError,
  toStepError,
} from './errors.ts';
import { type Direction, fence } from './fence.ts';
import * as ledger from './ledger.ts';
import type { LedgerPage, StepCall } from './ledger-page.ts';
import type { Step } from './plan.ts';
import type { CloudPorts } from './ports.ts';
import type { Readiness, Resource } from './resource.ts';
import { readinessAfter, undoAskAgainAt } from './settling.ts';

export type StepAnswer = { state: 'done' } | { state: 'pending'; askAgainAt: string };

export interface Setting {
  ports: CloudPorts;
  call: StepCall;
  direction: Direction;
  step: Step;
  desired: Record<string, unknown>;
  page: LedgerPage;
}

/** One call's walk along a step: what was last observed, and one move at a time. A move without an answer goes on. */
export class Walk {
  readonly #setting: Setting;
  readonly #resource: Resource;
  /** What the last call answered, which spares a read. */
  #observed: { value: unknown } | undefined;
  #removed = false;
  /** The refusal of a create that found its natural key taken; told if a look does not explain it. */
  #collision: TerminalError | undefined;

  constructor(setting: Setting) {
    this.#setting = setting;
    this.#resource = setting.ports.resource(setting.step.kind);
  }

  async apply(): Promise<StepAnswer | undefined> {
    const { page, step } = this.#setting;
    const situation = { entry: page.entry, seen: await this.#look(), now: this.#now() };
    const move = this.#resource.create ? decideApply(situation) : decideSettle(situation);
    switch (move.do) {
      case 'create':
        return this.#create(move.generation);
      case 'claim':
        return this.#claim(move.id);
      case 'update':
        return this.#update();
      case 'clear':
        return this.#clear();
      case 'done':
        return page.entry?.state === 'applied' ? { state: 'done' } : this.#settle({ ready: true });
      case 'wait':
        return this.#settle({ ready: false, because: move.because });
      case 'lookAgain':
        throw new RetryableError('Busy', `${step.title}: ${move.because}`);
      case 'refuse':
        throw this.#collision ?? this.#refusal(move);
      default:
        throw new Error(`${move.do} is no move forward`);
    }
  }

  async undo(): Promise<StepAnswer | undefined> {
    const { page, ports } = this.#setting;
    if (!page.entry || ledger.leavesNothing(page.entry) || !this.#resource.create) return { state: 'done' };
    const move = decideUndo({ entry: page.entry, seen: await this.#look(), now: this.#now() }, this.#removed);
    switch (move.do) {
      case 'claim':
        return this.#claim(move.id);
      case 'remove':
        return this.#remove(move.again ? 1 : 0);
      case 'wait':
        return this.#askAgain(undoAskAgainAt(page.entry.undo, this.#resource.settles, ports.clock));
      case 'lookAgain':
        return this.#askAgain(move.at);
      case 'goneInDoubt':
        this.#removed = false;
        await page.write(ledger.goneInDoubt(page.known, this.#now()));
        return undefined;
      case 'undone':
        await page.write({ ...page.known, state: 'undone', since: this.#now(), undo: this.#undoing() });
        return { state: 'done' };
      case 'refuse':
        throw this.#refusal(move);
      default:
        throw new Error(`${move.do} is no move backward`);
    }
  }

  /** For who polls; the failure itself is thrown on, and reaches the job by its mark or by Conclude. */
  async noteFailure(error: StepError): Promise<void> {
    const { page, direction, call, ports } = this.#setting;
    if (!page.entry || error instanceof Superseded || error.name === 'Cancelled') return;
    const problem = problemOf(error);
    const noted = direction === 'forward' ? { problem } : { undo: { ...this.#undoing(), problem } };
    try {
      await page.write({ ...page.entry, ...noted });
    } catch (cause) {
      ports.log.warn('the failure could not be noted in the ledger', { ...call, problem, cause });
    }
  }

  /** Intent, fence, call, outcome: in that order, whatever happens in between. */
  async #create(generation: 'same' | 'next'): Promise<undefined> {
    if (this.#collision) throw this.#collision;
    const { page, call, step, desired } = this.#setting;
    const [at, callUntil] = [this.#now(), this.#callUntil()];
    const { entry } = page;
    // Looked at anew each time: what is to be put back is what this call takes the place of.
    const before = (await this.#resource.before?.(desired, entry?.before)) ?? null;
    if (!entry) await page.write(ledger.intend({ ...call, kind: step.kind, at, callUntil, before }));
    else if (generation === 'next')
      await page.write({ ...ledger.nextGeneration(entry, at, callUntil), before });
    else await page.write({ ...ledger.intendAgain(entry, at, callUntil), before });
    const observed = await this.#send();
    if (observed === undefined) return;
    await this.#claim(this.#resource.idOf(observed));
    this.#observed = { value: observed };
  }

  /** The create itself. Only what it throws is judged here: the table's own errors say nothing about the cloud. */
  async #send(): Promise<unknown> {
    const { page, desired } = this.#setting;
    try {
      await this.#fence();
      return await this.#resource.create?.(desired, page.known.token, page.known.before);
    } catch (thrown) {
      const error = toStepError(thrown);
      // Stopped at the fence, it was not even sent. Else only a cloud that said no settles the call.
      const refused = error.name === 'Cancelled' || ('outcome' in error && error.outcome === 'none');
      if (refused) await page.write({ ...page.known, state: 'refused', since: this.#now() });
      if (!(error instanceof TerminalError && error.code === 'AlreadyExists')) throw error;
      // Its natural key is taken: by a call of ours whose answer was lost, or by somebody else. Look.
      this.#collision = error;
      return undefined;
    }
  }

  async #claim(id: string): Promise<undefined> {
    const { page, ports } = this.#setting;
    const visibleBy = ports.clock.after(ports.settings.latenessSeconds).toISOString();
    await page.write(ledger.made(page.known, id, this.#now(), visibleBy));
  }

  async #update(): Promise<undefined> {
    const { page, step, desired } = this.#setting;
    if (!this.#resource.update) {
      throw new TerminalError(
        'ResourceConflict',
        `${step.title} was changed by somebody and cannot be changed back in place`,
      );
    }
    await page.write({ ...page.known, updates: page.known.updates + 1 });
    await this.#fence();
    const observed = this.#take();
    try {
      this.#observed = { value: await this.#resource.update(desired, observed) };
    } catch (thrown) {
      const error = toStepError(thrown);
      // A cloud that did not take the call has changed nothing, however often it says so.
      const refused = error instanceof RetryableError && error.outcome === 'none';
      if (refused) await page.write({ ...page.known, updates: page.known.updates - 1 });
      throw error;
    }
  }

  async #clear(): Promise<undefined> {
    const { page, desired } = this.#setting;
    const { updates, before } = page.known;
    await page.write({ ...page.known, updates: updates + 1, clearing: true });
    await this.#fence();
    this.#take();
    await this.#resource.remove?.(this.#id(), desired, before);
  }

  async #remove(again: number): Promise<undefined> {
    const { page, desired } = this.#setting;
    const undo = this.#undoing();
    const failures = (undo.failures ?? 0) + again;
    await page.write({ ...page.known, undo: { ...undo, ...(failures > 0 ? { failures } : {}) } });
    await this.#fence();
    this.#take();
    await this.#resource.remove?.(this.#id(), desired, page.known.before);
    this.#removed = true;
  }

  /** Ready, and said so often enough to be believed: applied. Else pending, with when to ask again. */
  async #settle(readiness: Readiness): Promise<StepAnswer> {
    const { page, ports, step } = this.#setting;
    const entry = page.entry ?? this.#entryOfWait();
    const waiting = readinessAfter(entry.waiting, readiness, this.#resource.settles, ports.clock);
    if (waiting === 'settled') {
      const { waiting: _, problem: __, ...rest } = entry;
      await page.write({ ...rest, state: 'applied', since: this.#now(), ...this.#notices(entry.before) });
      return { state: 'done' };
    }
    if (!readiness.ready && waiting.giveUpAt <= this.#now()) {
      throw new TerminalError('NotStabilized', `${step.title}: ${waiting.because} since ${waiting.since}`);
    }
    await page.write({ ...entry, waiting });
    return { state: 'pending', askAgainAt: waiting.askAgainAt };
  }

  #notices(before: unknown): { notices?: string[] } {
    const { notices } = this.#resource;
    const found = this.#observed && notices?.(this.#setting.desired, this.#observed.value, before);
    return found?.length ? { notices: found } : {};
  }

  /** What is only waited for has an entry too, so that who polls sees the wait; it leaves nothing behind. */
  #entryOfWait(): ledger.Entry {
    const { call, step } = this.#setting;
    const at = this.#now();
    const intent = ledger.intend({ ...call, kind: step.kind, at, callUntil: at, before: null });
    return { ...intent, state: 'made' };
  }

  async #askAgain(askAgainAt: string): Promise<StepAnswer> {
    const { page } = this.#setting;
    const undo = this.#undoing();
    await page.write({ ...page.known, undo: { ...undo, asked: (undo.asked ?? 0) + 1, askAgainAt } });
    return { state: 'pending', askAgainAt };
  }

  #undoing(): ledger.Undoing {
    const { since = this.#now(), calls = 0, asked, removed, failures } = this.#setting.page.entry?.undo ?? {};
    return {
      since,
      calls: calls + 1,
      ...(asked ? { asked } : {}),
      ...(removed || this.#removed ? { removed: true } : {}),
      ...(failures ? { failures } : {}),
    };
  }

  async #look(): Promise<Seen | undefined> {
    const { page, desired, direction } = this.#setting;
    const { entry } = page;
    const value = this.#observed ? this.#observed.value : await this.#resource.read(desired, entry?.id);
    this.#observed = value === undefined ? undefined : { value };
    if (value === undefined) return undefined;
    const { idOf, drift, ready, strangers, owns } = this.#resource;
    const proofNeeded = direction === 'backward' || (entry !== undefined && !entry.id);
    return {
      id: idOf(value),
      drift: drift(desired, value),
      readiness: ready(value),
      strangers: proofNeeded && strangers ? await strangers(desired, value) : [],
      ...(owns ? { owned: owns(desired, value) } : {}),
    };
  }

  /** Gives up what was observed: the call that follows changes it. */
  #take(): unknown {
    const value = this.#observed?.value;
    this.#observed = undefined;
    return value;
  }

  async #fence(): Promise<void> {
    const { ports, call, direction } = this.#setting;
    await fence(ports, call, direction);
  }

  #id(): string {
    const { id } = this.#setting.page.known;
    if (id === undefined) throw new Error(`${this.#setting.step.id} has no id to remove`);
    return id;
  }

  #refusal(move: Move & { do: 'refuse' }): TerminalError {
    return new TerminalError(move.code, `${this.#setting.step.title}: ${move.because}`);
  }

  #now(): string {
    return this.#setting.ports.clock.now().toISOString();
  }

  /** Until when a call that is sent now may still be carried out. */
  #callUntil(): string {
    const { clock, settings } = this.#setting.ports;
    return clock.after(settings.stepTimeoutSeconds + settings.latenessSeconds).toISOString();
  }
}
