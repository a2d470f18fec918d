// One call's walk along a step: what it has observed, its page of the ledger, its fence and its waits. Which moves there
// are is decided in decide*.ts; carrying one out is walk-create, walk-update and walk-removal. Each writes the ledger before it
// calls and after, so that a crash in between is answered by calling the step again.

import { problemOf, type StepError, Superseded, TerminalError, toStepError } from '../ports/errors.ts';
import type { StepPorts } from '../ports/ports.ts';
import type { Readiness, Resource } from '../ports/resource.ts';
import * as ledger from '../record/ledger.ts';
import type { Step } from '../record/plan.ts';
import type { Move, Seen } from './decide.ts';
import { type Direction, fence } from './fence.ts';
import { nextUndoPollAt, readinessAfter } from './settling.ts';
import type { StepCall, StepEntry } from './step-entry.ts';

export type StepAnswer = { state: 'done' } | { state: 'pending'; nextPollAt: string };

export interface Setting {
  ports: StepPorts;
  call: StepCall;
  direction: Direction;
  step: Step;
  desired: Record<string, unknown>;
  page: StepEntry;
}

export class Walk {
  readonly ports: StepPorts;
  readonly call: StepCall;
  readonly direction: Direction;
  readonly step: Step;
  readonly desired: Record<string, unknown>;
  readonly page: StepEntry;
  readonly resource: Resource;
  /** This call has asked for the removal. */
  removed = false;
  /** The refusal of a create that found its natural key taken; told if a look does not explain it. */
  collision: TerminalError | undefined;
  /** What the last call answered, which spares a read. */
  #observed: { value: unknown } | undefined;

  constructor(setting: Setting) {
    this.ports = setting.ports;
    this.call = setting.call;
    this.direction = setting.direction;
    this.step = setting.step;
    this.desired = setting.desired;
    this.page = setting.page;
    this.resource = setting.ports.resource(setting.step.kind);
  }

  /** What stands, or undefined. `strangers`: whether to look for what others hung on it. */
  async look(foreignObjects: boolean): Promise<Seen | undefined> {
    const { desired, page } = this;
    const id = page.entry?.id ?? (this.step.act === 'create' ? undefined : this.step.existingId);
    if (!this.#observed) await page.flush();
    const value = this.#observed ? this.#observed.value : await this.resource.read(desired, id);
    this.#observed = value === undefined ? undefined : { value };
    if (value === undefined) return undefined;
    const { resource } = this;
    return {
      id: resource.idOf(value),
      drift: resource.drift(desired, value),
      readiness: resource.ready(value),
      foreignDependents:
        foreignObjects && resource.foreignDependents ? await resource.foreignDependents(desired, value) : [],
      ...(resource.owns ? { owned: resource.owns(desired, value) } : {}),
    };
  }

  /** What the last look or call found. */
  get observed(): unknown {
    return this.#observed?.value;
  }

  /** What a call answered, for the look that follows. */
  found(value: unknown): void {
    this.#observed = { value };
  }

  /** Gives up what was observed: the call that follows changes it. */
  take(): unknown {
    const value = this.#observed?.value;
    this.#observed = undefined;
    return value;
  }

  async fence(): Promise<void> {
    await this.page.flush();
    await fence(this.ports, this.call, this.direction);
  }

  /** The entry's first writing, before its first call. */
  intent(before: unknown, act?: ledger.Entry['act']): ledger.Entry {
    const { call, step } = this;
    const [at, callUntil] = [this.now(), this.callUntil()];
    return ledger.intend({ ...call, kind: step.kind, at, callUntil, before, ...(act ? { act } : {}) });
  }

  async claim(id: string): Promise<undefined> {
    await this.page.write(this.#madeEntry(id));
  }

  /** What a call of ours has just made and answered: how it is follows from the same answer, and is written with it. */
  foundMade(id: string, observed: unknown): void {
    this.page.stage(this.#madeEntry(id));
    this.found(observed);
  }

  #madeEntry(id: string): ledger.Entry {
    const { ports, page } = this;
    const visibleBy = ports.clock.after(ports.settings.latenessSeconds).toISOString();
    return ledger.made(page.known, id, this.now(), visibleBy);
  }

  /** Asks for the removal; `again`: 1 where the one before came out failed. `before`: what its place is given back to. */
  async remove(again: number, before: unknown): Promise<undefined> {
    const { page } = this;
    const undo = this.undoing();
    const failures = (undo.failures ?? 0) + again;
    const callUntil = this.callUntil();
    const late = page.known.act === 'delete' ? { callUntil } : {};
    const asked = { ...page.known, ...late, undo: { ...undo, ...(failures > 0 ? { failures } : {}) } };
    const { addressedByKey } = this.resource;
    await page.write(addressedByKey ? { ...asked, doubtUntil: callUntil } : asked);
    await this.fence();
    this.take();
    try {
      await this.resource.remove?.(this.id(), this.desired, before);
    } catch (thrown) {
      const error = toStepError(thrown);
      if (addressedByKey && 'outcome' in error && error.outcome === 'none') await page.write(asked);
      throw error;
    }
    if (addressedByKey) await page.write(asked);
    this.removed = true;
  }

  /** Ready, and said so often enough to be believed: applied. Else pending, with when to ask again. */
  async settle(readiness: Readiness): Promise<StepAnswer> {
    const { page, ports, step, resource } = this;
    const entry = page.entry ?? this.#entryOfWait();
    const waiting = readinessAfter(entry.waiting, readiness, resource.settles, ports.clock);
    if (waiting === 'settled') return this.applied(entry);
    if (!readiness.ready && waiting.giveUpAt <= this.now()) {
      throw new TerminalError('NotStabilized', `${step.title}: ${waiting.reason} since ${waiting.since}`);
    }
    await page.write({ ...entry, waiting });
    return { state: 'pending', nextPollAt: waiting.nextPollAt };
  }

  async applied(entry: ledger.Entry): Promise<StepAnswer> {
    const { waiting: _, problem: __, ...rest } = entry;
    await this.page.write({ ...rest, state: 'applied', since: this.now(), ...this.#notices(entry.before) });
    return { state: 'done' };
  }

  /** Pending in an undo or a removal, until `at` or with waits that grow. */
  async pollLater(at?: string): Promise<StepAnswer> {
    const { page, resource, ports } = this;
    const nextPollAt = at ?? nextUndoPollAt(page.known.undo, resource.settles, ports.clock);
    const undo = this.undoing();
    await page.write({ ...page.known, undo: { ...undo, polls: (undo.polls ?? 0) + 1, nextPollAt } });
    return { state: 'pending', nextPollAt };
  }

  /** A read, or the job's own ledger, proves that nothing is left to undo; `notices`: but what cannot be undone. */
  async undone(notices: string[] = []): Promise<StepAnswer> {
    const { page } = this;
    const told = notices.length > 0 ? { notices } : {};
    await page.write({ ...page.known, state: 'undone', since: this.now(), undo: this.undoing(), ...told });
    return { state: 'done' };
  }

  undoing(): ledger.Undoing {
    const { since = this.now(), calls = 0, polls, removed, failures } = this.page.entry?.undo ?? {};
    return {
      since,
      calls: calls + 1,
      ...(polls ? { polls } : {}),
      ...(removed || this.removed ? { removed: true } : {}),
      ...(failures ? { failures } : {}),
    };
  }

  /** For who polls; the failure itself is thrown on, and reaches the job by its mark or by Conclude. */
  async noteFailure(error: StepError): Promise<void> {
    const { page, direction, call, ports } = this;
    if (error instanceof Superseded || error.name === 'Cancelled') return;
    // What is to be made again and cannot is left by the job, which says why by this entry.
    const entry = page.entry ?? (this.step.restores ? this.#refusedAtOnce() : undefined);
    if (!entry) return;
    const problem = problemOf(error);
    const noted = direction === 'forward' ? { problem } : { undo: { ...this.undoing(), problem } };
    try {
      await page.write({ ...entry, ...noted });
    } catch (cause) {
      ports.log.warn('the failure could not be noted in the ledger', { ...call, problem, cause });
    }
  }

  id(): string {
    const { id } = this.page.known;
    if (id === undefined) throw new Error(`${this.step.id} has no id to remove`);
    return id;
  }

  refusal(move: Move & { do: 'refuse' }): TerminalError {
    return new TerminalError(move.code, `${this.step.title}: ${move.reason}`);
  }

  now(): string {
    return this.ports.clock.now().toISOString();
  }

  /** Until when a call that is sent now may still be carried out. */
  callUntil(): string {
    const { clock, settings } = this.ports;
    return clock.after(settings.stepTimeoutSeconds + settings.latenessSeconds).toISOString();
  }

  #notices(before: unknown): { notices?: string[] } {
    const { notices } = this.resource;
    const found = this.#observed && notices?.(this.desired, this.#observed.value, before);
    return found?.length ? { notices: found } : {};
  }

  #refusedAtOnce(): ledger.Entry {
    return { ...this.intent(null), state: 'refused' };
  }

  /** What is only waited for has an entry too, so that who polls sees the wait; it leaves nothing behind. */
  #entryOfWait(): ledger.Entry {
    const { call, step } = this;
    const at = this.now();
    return { ...ledger.intend({ ...call, kind: step.kind, at, callUntil: at, before: null }), state: 'made' };
  }
}
