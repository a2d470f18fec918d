// The difference between the resources of an entry point and a request, as a plan: first the removals and updates that the rest
// depends on, then the wanted steps, last the cleanup. Pure: observations of the clouds are arguments. decide.ts decides about
// each wanted step; this file turns the decisions into steps.
import type { Collection } from '../kinds/collections.ts';
import { type Interruption, preparationId, type Situation } from '../kinds/decision.ts';
import { traitsOf } from '../kinds/kinds.ts';
import type { Observation } from '../kinds/observation.ts';
import type { Owned } from '../record/owned.ts';
import { PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import type { Finding } from './cloud-ports.ts';
import { type DecideOptions, decide, type Ruling } from './decide.ts';
import { assertWalked, inOrderOfExecution, lanesAlong, placesOfSteps, reversed, stepsIn } from './lanes.ts';
import type { Pair } from './match.ts';
import { outcomeOf } from './outcome.ts';
import { ownedLanes, removalId, removalOf, restoringOf } from './removal.ts';
import { type DeletedFirst, type Existing, roomFor, shrinkingFirst } from './room.ts';

export interface ChangeOptions extends DecideOptions {
  allowInterruption: boolean;
}

/** `collections`: those of the clouds that the plan must find room in. */
export function planChange(
  wanted: readonly Step[],
  existing: Existing,
  collections: readonly Collection[],
  options: ChangeOptions,
): { plan: Plan; findings: Finding[]; warnings: string[] } {
  const room = roomFor(existing, collections, options.allowInterruption);
  const change = new Changing(existing, options);
  for (const first of room.first) change.deleteFirst(first);
  for (const pair of existing.pairs) change.add(pair);
  const { plan, findings } = change.finish(shrinkingFirst(wanted, existing));
  return { plan, findings: [...room.findings, ...findings], warnings: room.warnings };
}

class Changing {
  readonly #wanted: readonly Step[];
  readonly #owned: readonly Owned[];
  readonly #observations: ReadonlyMap<string, Observation>;
  readonly #options: ChangeOptions;
  readonly #steps: Step[] = [];
  readonly #first: Step[] = [];
  /** Resources, or parts of them, that are removed before any other change. */
  readonly #removedFirst: Owned[] = [];
  readonly #last: Step[] = [];
  readonly #findings: Finding[] = [];
  /** Owned resources that the cleanup does not remove: a wanted step matches them, or the plan removes them first. */
  readonly #kept = new Set<string>();
  /** Owned resources that the plan removes as a whole. */
  readonly #gone = new Set<string>();
  /** Wanted steps that create their resource. */
  readonly #made = new Set<string>();
  /** The parts of owned resources that are deleted first, by step: the others are not. */
  readonly #parts = new Map<string, Owned>();
  /** Wanted steps whose resource replaces an owned one under another name. */
  readonly #successors = new Map<string, Step>();

  constructor({ pairs, owned, observations }: Existing, options: ChangeOptions) {
    this.#wanted = pairs.map(({ step }) => step);
    this.#owned = owned;
    this.#observations = observations;
    this.#options = options;
  }

  /** Before any step is added, as what depends on it is created again. */
  deleteFirst({ resources, reason, interruption, pointer }: DeletedFirst): void {
    for (const resource of resources) {
      const whole = this.#owned.find(({ step }) => step === resource.step);
      if (resource !== whole) this.#parts.set(resource.step, resource);
    }
    this.#removeFirst(resources, reason, interruption.text);
    this.#mustBeAllowed(interruption, pointer);
  }

  /** Parents come before their children. */
  add({ step, owned }: Pair): void {
    if (owned) this.#kept.add(owned.step);
    if (step.act === 'wait') this.#steps.push(step);
    else this.#carryOut(step, decide(this.#situation(step, owned), this.#options));
  }

  finish(wanted: readonly Step[]): { plan: Plan; findings: Finding[] } {
    const dropped = this.#owned.filter(resource => !this.#kept.has(resource.step));
    for (const resource of dropped) this.#removeLast(resource);
    this.#first.push(...this.#makeRoom());
    // An update in `prepare` is reverted by its own undo.
    const gone = this.#removedFirst;
    const restores = gone.map(resource => restoringOf(resource, gone, this.#owned));
    const restoring = [...this.#first.filter(({ act }) => act === 'update'), ...restores];
    const moving = this.#steps.filter(({ act }) => act !== 'unchanged');
    const forward = lanesAlong(placesOfSteps(wanted), moving);
    const walked = stepsIn(forward);
    const made = this.#steps
      .filter(({ act, id }) => act !== 'wait' || walked.has(id))
      .map(step =>
        step.act === 'create' && this.#gone.has(step.id) ? { ...step, replaces: step.id } : step,
      );
    const [first, last] = [this.#first, this.#last];
    const lanes = {
      ...(first.length > 0 ? { prepare: reversed(ownedLanes(this.#owned, first)) } : {}),
      forward,
      ...(last.length > 0 ? { cleanup: reversed(ownedLanes(this.#owned, last)) } : {}),
      ...(first.length > 0 ? { restore: ownedLanes(this.#owned, restoring) } : {}),
    };
    const plan: Plan = {
      version: PLAN_VERSION,
      steps: inOrderOfExecution([...first, ...made, ...last, ...restores], lanes),
      lanes,
      owns: outcomeOf(wanted, this.#steps),
    };
    assertWalked(plan);
    return { plan, findings: this.#findings };
  }

  #situation(step: Step, owned: Owned | undefined): Situation {
    const isRemovedFirst = owned !== undefined && this.#isRemovedFirst(owned);
    return {
      step,
      owned,
      observed: this.#observed(step),
      isRemovedFirst,
      partRemovedFirst: this.#parts.get(step.id),
      isMadeAnew: isRemovedFirst || this.#hasNewParent(step),
      preparation: this.#first.find(({ id }) => id === preparationId(step.id)),
      successors: this.#successors,
      wanted: this.#wanted,
      inventory: this.#staying(),
      observations: this.#observations,
    };
  }

  #isRemovedFirst({ step }: Owned): boolean {
    return !this.#parts.has(step) && this.#first.some(({ id }) => id === removalId(step));
  }

  #staying(): Owned[] {
    return this.#owned.filter(resource => !this.#isRemovedFirst(resource));
  }

  /** A reference to a resource that the plan creates again is drift, which an update corrects. */
  #observed({ id, kind, needs }: Step): Observation | undefined {
    const found = this.#observations.get(id);
    const { references = {} } = traitsOf(kind);
    const renewed = Object.keys(references).filter(member => this.#made.has(needs[member] ?? ''));
    return found && { ...found, drift: [...new Set([...found.drift, ...renewed])] };
  }

  #hasNewParent({ kind, needs }: Step): boolean {
    const { parents = {} } = traitsOf(kind);
    return Object.keys(parents).some(member => this.#made.has(needs[member] ?? ''));
  }

  #carryOut({ id, part }: Step, ruling: Ruling): void {
    const { step, supersedes, succeeds, removedLast, cleanup, interruptions = [] } = ruling;
    this.#findings.push(...(ruling.findings ?? []));
    if (!step) return;
    const interruption = interruptions.map(({ text }) => text).join('; ');
    this.#steps.push({
      ...step,
      ...(interruption ? { interruption } : {}),
      ...(supersedes ? { replaces: supersedes.step } : {}),
    });
    if (step.act === 'create') this.#made.add(id);
    for (const each of interruptions) this.#mustBeAllowed(each, part);
    for (const { resources, reason } of ruling.removedFirst ?? []) this.#removeFirst(resources, reason);
    this.#first.push(...(ruling.preparations ?? []));
    if (supersedes) this.#kept.add(supersedes.step);
    if (succeeds) {
      this.#successors.set(id, step);
      this.#removeLast(succeeds);
    }
    if (removedLast) this.#last.push(this.#removalLast(removedLast));
    if (cleanup) this.#last.push(cleanup);
  }

  #removeLast(resource: Owned): void {
    this.#gone.add(resource.step);
    this.#last.push(this.#removalLast(resource));
  }

  /** The other part of the resource may be removed first. */
  #removalLast(resource: Owned): Step {
    const removal = removalOf(resource, this.#owned);
    return this.#parts.has(resource.step) ? { ...removal, id: `${removal.id}-rest` } : removal;
  }

  /**
   * Removes resources before any other change. A rollback creates them again. `interruption`: of the first one, if no step
   * has it.
   */
  #removeFirst(resources: readonly Owned[], reason: string, interruption?: string): void {
    for (const [at, resource] of resources.entries()) {
      this.#kept.add(resource.step);
      if (!this.#parts.has(resource.step)) this.#gone.add(resource.step);
      const removal = removalOf(resource, this.#owned, { reason });
      this.#first.push({ ...removal, ...(interruption && at === 0 ? { interruption } : {}) });
      this.#removedFirst.push(resource);
    }
  }

  /** Only for steps with an existing parent: a new parent has no conflicts. */
  #makeRoom(): Step[] {
    return [...Map.groupBy(this.#steps, ({ kind }) => kind)].flatMap(([kind, steps]) => {
      const traits = traitsOf(kind);
      const staying = steps.filter(step => !this.#hasNewParent(step));
      return traits.makeRoom?.(staying, this.#staying(), this.#observations) ?? [];
    });
  }

  #mustBeAllowed({ text, otherWay }: Interruption, pointer = ''): void {
    if (this.#options.allowInterruption) return;
    const remedies = ['set options.allowInterruption: true', ...(otherWay ? [otherWay] : [])].join(', or ');
    this.#findings.push({ pointer, code: 'InvalidRequest', detail: `${text}; ${remedies}` });
  }
}
