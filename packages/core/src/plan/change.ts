// The difference between the resources of an entry point and a request, as a plan: first the removals and updates that the rest
// depends on, then the wanted steps, last the cleanup. Pure: observations of the clouds are arguments. decide.ts decides about
// each wanted step; this file turns the decisions into steps.
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

export interface ChangeOptions extends DecideOptions {
  allowInterruption: boolean;
}

/** `observations`: by step id. A step without an observation has no object in the cloud. */
export function planChange(
  wanted: readonly Step[],
  pairs: readonly Pair[],
  owned: readonly Owned[],
  observations: ReadonlyMap<string, Observation>,
  options: ChangeOptions,
): { plan: Plan; findings: Finding[] } {
  const change = new Changing(owned, observations, options);
  for (const pair of pairs) change.add(pair);
  return change.finish(wanted);
}

class Changing {
  readonly #owned: readonly Owned[];
  readonly #observations: ReadonlyMap<string, Observation>;
  readonly #options: ChangeOptions;
  readonly #steps: Step[] = [];
  readonly #first: Step[] = [];
  readonly #removedFirst: Owned[] = [];
  readonly #last: Step[] = [];
  readonly #findings: Finding[] = [];
  /** Owned resources that the cleanup does not remove: a wanted step matches them, or the plan removes them first. */
  readonly #kept = new Set<string>();
  /** Owned resources that the plan removes as a whole. */
  readonly #gone = new Set<string>();
  /** Wanted steps that create their resource. */
  readonly #made = new Set<string>();
  /** Wanted steps whose resource replaces an owned one under another name. */
  readonly #successors = new Map<string, Step>();

  constructor(
    owned: readonly Owned[],
    observations: ReadonlyMap<string, Observation>,
    options: ChangeOptions,
  ) {
    this.#owned = owned;
    this.#observations = observations;
    this.#options = options;
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
    const restores = this.#removedFirst.map(each => restoringOf(each, this.#removedFirst, this.#owned));
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
    const isRemovedFirst = this.#first.some(({ id }) => owned !== undefined && id === removalId(owned.step));
    return {
      step,
      owned,
      observed: this.#observed(step),
      isRemovedFirst,
      isMadeAnew: isRemovedFirst || this.#hasNewParent(step),
      preparation: this.#first.find(({ id }) => id === preparationId(step.id)),
      successors: this.#successors,
      inventory: this.#owned,
      observations: this.#observations,
    };
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
    if (removedLast) this.#last.push(removalOf(removedLast, this.#owned));
    if (cleanup) this.#last.push(cleanup);
  }

  #removeLast(resource: Owned): void {
    this.#gone.add(resource.step);
    this.#last.push(removalOf(resource, this.#owned));
  }

  /** Removes resources before any other change. A rollback creates them again. */
  #removeFirst(resources: readonly Owned[], reason: string): void {
    for (const resource of resources) {
      this.#kept.add(resource.step);
      this.#gone.add(resource.step);
      this.#first.push(removalOf(resource, this.#owned, { reason }));
      this.#removedFirst.push(resource);
    }
  }

  /** Only for steps with an existing parent: a new parent has no conflicts. */
  #makeRoom(): Step[] {
    return [...Map.groupBy(this.#steps, ({ kind }) => kind)].flatMap(([kind, steps]) => {
      const traits = traitsOf(kind);
      const staying = steps.filter(step => !this.#hasNewParent(step));
      const inventory = this.#owned.filter(each => !this.#removedFirst.includes(each));
      return traits.makeRoom?.(staying, inventory, this.#observations) ?? [];
    });
  }

  #mustBeAllowed({ text, otherWay }: Interruption, pointer = ''): void {
    if (this.#options.allowInterruption) return;
    const remedies = ['set options.allowInterruption: true', ...(otherWay ? [otherWay] : [])].join(', or ');
    this.#findings.push({ pointer, code: 'InvalidRequest', detail: `${text}; ${remedies}` });
  }
}
