// The execution of one call of a step: its observation, its ledger entry, its fence and its waits. decide*.ts choose a move;
// walk-create.ts, walk-update.ts and walk-removal.ts make it. Each writes the ledger before and after its call, so that the
// step can be called again after a crash in between.

import { outputsOf } from '../kinds/outputs.ts';
import { problemOf, type StepError, Superseded, TerminalError, toStepError } from '../ports/errors.ts';
import type { Outputs } from '../ports/outputs.ts';
import type { StepPorts } from '../ports/ports.ts';
import type { Readiness, Resource } from '../ports/resource.ts';
import type { Job } from '../record/job.ts';
import * as ledger from '../record/ledger.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { Move, Seen } from './decide.ts';
import { type Direction, fence } from './fence.ts';
import { limitedRetry } from './limited-retry.ts';
import { nextUndoPollAt, readinessAfter } from './settling.ts';
import type { StepCall, StepEntry } from './step-entry.ts';

export type StepAnswer = { state: 'done' } | { state: 'pending'; nextPollAt: string };

export interface Setting {
  ports: StepPorts;
  call: StepCall;
  direction: Direction;
  job: Job;
  plan: Plan;
  step: Step;
  desired: Record<string, unknown>;
  stepEntry: StepEntry;
}

export class Walk {
  readonly ports: StepPorts;
  readonly call: StepCall;
  readonly direction: Direction;
  /** As read at the start of the call. */
  readonly job: Job;
  readonly plan: Plan;
  readonly step: Step;
  readonly desired: Record<string, unknown>;
  readonly stepEntry: StepEntry;
  readonly resource: Resource;
  /** Whether this call has requested the removal. */
  removed = false;
  /** The error of a create whose natural key was taken. Thrown if the next read does not explain it. */
  collision: TerminalError | undefined;
  /** The response of the last call, which saves a read. */
  #observed: { value: unknown } | undefined;

  constructor(setting: Setting) {
    this.ports = setting.ports;
    this.call = setting.call;
    this.direction = setting.direction;
    this.job = setting.job;
    this.plan = setting.plan;
    this.step = setting.step;
    this.desired = setting.desired;
    this.stepEntry = setting.stepEntry;
    this.resource = setting.ports.resource(setting.step.kind);
  }

  /** The existing resource, or undefined. `foreignObjects`: whether to read its foreign dependents, too. */
  async observe(foreignObjects: boolean): Promise<Seen | undefined> {
    const { desired, stepEntry } = this;
    const id = stepEntry.entry?.id ?? (this.step.act === 'create' ? undefined : this.step.existingId);
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

  /** The result of the last read or call. */
  get observed(): unknown {
    return this.#observed?.value;
  }

  /** Keeps the response of a call for the next observation. */
  found(value: unknown): void {
    this.#observed = { value };
  }

  /** Returns and drops the observation, because the next call changes the resource. */
  take(): unknown {
    const value = this.#observed?.value;
    this.#observed = undefined;
    return value;
  }

  async fence(): Promise<void> {
    await fence(this.ports, this.call, this.direction);
  }

  /** The first version of the entry, written before the first call. */
  intent(before: unknown, act?: ledger.Entry['act']): ledger.Entry {
    const { call, step } = this;
    const [at, callUntil] = [this.now(), this.callUntil()];
    return ledger.intend({ ...call, kind: step.kind, at, callUntil, before, ...(act ? { act } : {}) });
  }

  async claim(id: string): Promise<undefined> {
    await this.stepEntry.write(this.#madeEntry(id));
  }

  /** The response of a create. The same response shows whether the resource is ready, so both go into one write. */
  foundMade(id: string, observed: unknown): void {
    this.found(observed);
    this.stepEntry.stage(this.#madeEntry(id));
  }

  #madeEntry(id: string): ledger.Entry {
    const { ports, stepEntry } = this;
    const visibleBy = ports.clock.after(ports.settings.latenessSeconds).toISOString();
    return { ...ledger.made(stepEntry.known, id, this.now(), visibleBy), ...this.#outputs() };
  }

  /** Requests the removal. `again`: 1 if the previous removal failed. `before`: the state to restore in its place. */
  async remove(again: number, before: unknown): Promise<undefined> {
    const { stepEntry } = this;
    const undo = this.undoing();
    const failures = (undo.failures ?? 0) + again;
    const callUntil = this.callUntil();
    const late = stepEntry.known.act === 'delete' ? { callUntil } : {};
    const requested = {
      ...stepEntry.known,
      ...late,
      undo: { ...undo, ...(failures > 0 ? { failures } : {}) },
    };
    const { addressedByKey } = this.resource;
    await stepEntry.write(addressedByKey ? { ...requested, doubtUntil: callUntil } : requested);
    await this.fence();
    this.take();
    try {
      await this.resource.remove?.(this.id(), this.desired, before);
    } catch (thrown) {
      const error = toStepError(thrown);
      if (addressedByKey && 'outcome' in error && error.outcome === 'none') await stepEntry.write(requested);
      throw error;
    }
    if (addressedByKey) await stepEntry.write(requested);
    this.removed = true;
  }

  /** Applied once the resource has been ready often enough. Otherwise pending, with the time of the next poll. */
  async settle(readiness: Readiness): Promise<StepAnswer> {
    const { stepEntry, ports, step, resource } = this;
    const entry = stepEntry.entry ?? this.#entryOfWait();
    const waiting = readinessAfter(entry.waiting, readiness, resource.settles, ports.clock);
    if (waiting === 'settled') return this.applied(entry);
    if (!readiness.ready && waiting.giveUpAt <= this.now()) {
      throw new TerminalError('NotStabilized', `${step.title}: ${waiting.reason} since ${waiting.since}`);
    }
    await stepEntry.write({ ...entry, ...this.#outputs(), waiting });
    return { state: 'pending', nextPollAt: waiting.nextPollAt };
  }

  async applied(entry: ledger.Entry): Promise<StepAnswer> {
    const { waiting: _, problem: __, limited: ___, ...rest } = entry;
    await this.stepEntry.write({
      ...rest,
      ...this.#outputs(),
      state: 'applied',
      since: this.now(),
      ...this.#notices(entry.before),
    });
    return { state: 'done' };
  }

  /** Pending in an undo or a removal, until `at` or with growing waits. */
  async pollLater(at?: string): Promise<StepAnswer> {
    const { stepEntry, resource, ports } = this;
    const nextPollAt = at ?? nextUndoPollAt(stepEntry.known.undo, resource.settles, ports.clock);
    const undo = ledger.without(this.undoing(), 'problem');
    await stepEntry.write({
      ...ledger.without(stepEntry.known, 'limited'),
      undo: { ...undo, polls: (undo.polls ?? 0) + 1, nextPollAt },
    });
    return { state: 'pending', nextPollAt };
  }

  /** A read, or the job's ledger, proves that nothing is left to undo. `notices`: changes that cannot be undone. */
  async undone(notices: string[] = []): Promise<StepAnswer> {
    const { stepEntry } = this;
    const noted = notices.length > 0 ? { notices } : {};
    await stepEntry.write({
      ...ledger.without(stepEntry.known, 'limited'),
      state: 'undone',
      since: this.now(),
      undo: ledger.without(this.undoing(), 'problem'),
      ...noted,
    });
    return { state: 'done' };
  }

  undoing(): ledger.Undoing {
    const {
      since = this.now(),
      calls = 0,
      polls,
      removed,
      failures,
      problem,
    } = this.stepEntry.entry?.undo ?? {};
    return {
      since,
      calls: calls + 1,
      ...(polls ? { polls } : {}),
      ...(removed || this.removed ? { removed: true } : {}),
      ...(failures ? { failures } : {}),
      ...(problem ? { problem } : {}),
    };
  }

  /**
   * Records the failure for callers who poll, and returns the error to throw: of a limited retry whose time is up, the permanent
   * one. The job receives a permanent error as its rollback cause.
   */
  async noteFailure(thrown: StepError): Promise<StepError> {
    const { stepEntry, direction, call, ports } = this;
    if (thrown instanceof Superseded || thrown.name === 'Cancelled') return thrown;
    // A resource that cannot be created again becomes a leftover, which takes its reason from this entry.
    const entry = stepEntry.entry ?? (this.step.restores ? this.#refusedAtOnce() : undefined);
    if (!entry) return thrown;
    const { error, ...limited } = limitedRetry(thrown, entry.limited, { direction, clock: ports.clock });
    const problem = problemOf(error);
    const noted = direction === 'forward' ? { problem } : { undo: { ...this.undoing(), problem } };
    try {
      await stepEntry.write({ ...entry, ...noted, ...limited });
    } catch (cause) {
      const fields = { ...call, problem, error: toStepError(cause) };
      ports.log.warn('the failure could not be recorded in the ledger', fields);
    }
    return error;
  }

  id(): string {
    const { id } = this.stepEntry.known;
    if (id === undefined) throw new Error(`${this.step.id} has no id to remove`);
    return id;
  }

  refusal(move: Move & { do: 'refuse' }): TerminalError {
    return new TerminalError(move.code, `${this.step.title}: ${move.reason}`);
  }

  now(): string {
    return this.ports.clock.now().toISOString();
  }

  /** Until when a call that is sent now can still take effect. */
  callUntil(): string {
    const { clock, settings } = this.ports;
    return clock.after(settings.stepTimeoutSeconds + settings.latenessSeconds).toISOString();
  }

  /** Of the last read or call. Without one, the entry keeps those that it has. */
  #outputs(): { outputs?: Outputs } {
    const outputs = this.#observed && outputsOf(this.resource, this.#observed.value);
    return outputs ? { outputs } : {};
  }

  #notices(before: unknown): { notices?: string[] } {
    const { notices } = this.resource;
    const found = this.#observed && notices?.(this.desired, this.#observed.value, before);
    return found?.length ? { notices: found } : {};
  }

  #refusedAtOnce(): ledger.Entry {
    return { ...this.intent(null), state: 'refused' };
  }

  /** A step that only waits has an entry, too, so that callers who poll see the wait. Nothing has to be undone for it. */
  #entryOfWait(): ledger.Entry {
    const { call, step } = this;
    const at = this.now();
    const entry = ledger.intend({ ...call, kind: step.kind, at, callUntil: at, before: null });
    return { ...entry, state: 'made', id: this.resource.idOf(this.observed) };
  }
}
