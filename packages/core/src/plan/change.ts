// The difference between what an entry point owns and what a request asks for, as a plan: create, adopt, change in place,
// replace, retire, leave, member by member. Pure: what was seen of the cloud comes in. What is dropped goes last; what
// cannot change in place is replaced, new before old where its name allows.
import { certificatesGivingWay, interruptionByLeaving } from '../kinds/alicloud-certificates.ts';
import { keptAlthoughLeftOut } from '../kinds/alicloud-left-out.ts';
import { prioritiesGivingWay } from '../kinds/alicloud-priorities.ts';
import {
  afterGivingWay,
  endpointsDropped,
  endpointsLeaving,
  interruptionOf,
  overridesGivingWay,
} from '../kinds/endpoint-changes.ts';
import { changesOf, type Sighting } from '../kinds/observation.ts';
import { isAlone, targetChanges } from '../kinds/target-changes.ts';
import type { Owned } from '../record/owned.ts';
import { PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import { ENTRY_POINT_TAG, ownerIn } from '../request/aws/own-tags.ts';
import type { Finding } from './cloud-ports.ts';
import { assertWalked, lanesAlong, placesOfSteps, reversed, stepsIn } from './lanes.ts';
import { adoptable, type Pair } from './match.ts';
import { outcomeOf } from './outcome.ts';
import { ownedLanes, removalId, removalOf, restoringOf } from './removal.ts';

export interface ChangeOptions {
  adopt: boolean;
  allowInterruption: boolean;
  force: boolean;
  /** Makes the wire name of what a step replaces under another name unique, also beside another one of the same job. */
  suffixOf: (step: string) => string;
}

/** What a forwarding rule names and does not hang on: it gets another one in place. */
const GROUP = 'endpointGroupId';

/** `sightings`: by step id; absent, it does not stand. */
export function planChange(
  wanted: readonly Step[],
  pairs: readonly Pair[],
  owned: readonly Owned[],
  sightings: ReadonlyMap<string, Sighting>,
  options: ChangeOptions,
): { plan: Plan; findings: Finding[] } {
  const change = new Changing(owned, sightings, options);
  for (const pair of pairs) change.add(pair);
  return change.finish(wanted);
}

class Changing {
  readonly #owned: readonly Owned[];
  readonly #sightings: ReadonlyMap<string, Sighting>;
  readonly #options: ChangeOptions;
  readonly #steps: Step[] = [];
  readonly #first: Step[] = [];
  readonly #restores: Step[] = [];
  readonly #last: Step[] = [];
  readonly #findings: Finding[] = [];
  /** Owned resources whose place in the inventory somebody wanted has. */
  readonly #kept = new Set<string>();
  /** Wanted steps that make their resource anew. */
  readonly #made = new Set<string>();
  /** Wire names of policies that take the place of ours, by the policy's step. */
  readonly #renamed = new Map<string, string>();

  constructor(owned: readonly Owned[], sightings: ReadonlyMap<string, Sighting>, options: ChangeOptions) {
    this.#owned = owned;
    this.#sightings = sightings;
    this.#options = options;
  }

  add({ step, owned }: Pair): void {
    if (owned) this.#kept.add(owned.step);
    if (step.act === 'wait') {
      this.#steps.push(step);
      return;
    }
    const { [GROUP]: group = '', ...parents } = step.needs;
    const isAnew = Object.values(parents).some(parent => this.#made.has(parent)) || this.#goes(owned);
    const found = this.#sightings.get(step.id);
    const seen =
      found && this.#made.has(group) ? { ...found, drift: [...new Set([...found.drift, GROUP])] } : found;
    if (step.kind === 'policyAttachment') this.#attachment(step, owned, seen);
    else if (isAnew) this.#create(step, owned);
    else if (step.kind === 'targets' && (seen || owned)) this.#targets(step, owned, seen);
    else if (!seen) this.#create(step, owned);
    else if (!owned) this.#adopt(step, seen);
    else if (seen.fixed.length > 0) this.#replace(step, owned, seen);
    else this.#keep(step, owned, seen);
  }

  finish(wanted: readonly Step[]): { plan: Plan; findings: Finding[] } {
    const dropped = this.#owned.filter(resource => !this.#kept.has(resource.step));
    this.#last.push(...dropped.map(resource => removalOf(resource, this.#owned, this.#options)));
    this.#first.push(...this.#rulesGivingWay());
    // An update that is released first is put back by its own undo.
    const restoring = [...this.#first.filter(({ act }) => act === 'update'), ...this.#restores];
    const moving = this.#steps.filter(({ act }) => act !== 'unchanged');
    const forward = lanesAlong(placesOfSteps(wanted), moving);
    const walked = stepsIn(forward);
    const made = this.#steps.filter(({ act, id }) => act !== 'wait' || walked.has(id));
    const [first, last] = [this.#first, this.#last];
    const plan: Plan = {
      version: PLAN_VERSION,
      steps: [...first, ...made, ...last, ...this.#restores],
      lanes: {
        ...(first.length > 0 ? { prepare: reversed(ownedLanes(this.#owned, first)) } : {}),
        forward,
        ...(last.length > 0 ? { cleanup: reversed(ownedLanes(this.#owned, last)) } : {}),
        ...(first.length > 0 ? { restore: ownedLanes(this.#owned, restoring) } : {}),
      },
      owns: outcomeOf(wanted, this.#steps),
    };
    assertWalked(plan);
    return { plan, findings: this.#findings };
  }

  /** On another listener every number is free. */
  #rulesGivingWay(): Step[] {
    const rules = this.#steps.filter(({ needs }) => !this.#made.has(needs['listenerId'] ?? ''));
    return prioritiesGivingWay(rules, this.#owned, this.#sightings);
  }

  #create(step: Step, owned: Owned | undefined): void {
    this.#made.add(step.id);
    const lost = owned && !this.#goes(owned) ? { because: 'somebody has removed it' } : {};
    this.#steps.push({ ...step, ...lost });
  }

  #keep(step: Step, owned: Owned, found: Sighting): void {
    const seen = afterGivingWay(step, found, this.#first);
    const standing = { standing: owned.id };
    for (const member of keptAlthoughLeftOut(step, owned)) this.#refuseLeftOut(step, member, seen);
    const leaving = step.kind === 'endpointGroup' ? endpointsLeaving(step, owned, seen) : [];
    if (seen.drift.length === 0) this.#steps.push({ ...step, act: 'unchanged', ...standing });
    else {
      const certificates = certificatesGivingWay(step, seen, this.#owned);
      const leaves = certificates.length > 0 ? interruptionByLeaving(step, certificates) : undefined;
      const interrupts = interruptionOf(step, seen) ?? leaves;
      this.#steps.push({
        ...step,
        act: 'update',
        ...(leaving.length > 0 ? { desired: { ...step.desired, leaving } } : {}),
        ...standing,
        changes: changesOf(step, seen),
        ...(interrupts ? { interrupts } : {}),
      });
      if (interrupts) this.#mustBeAllowed(step, interrupts, leaves ? ALLOW : undefined);
      this.#goFirst(certificates, `a listener of ${step.desired['protocol']} has none`);
      if (step.kind === 'listener')
        this.#first.push(...overridesGivingWay(step, seen, this.#owned, this.#sightings));
    }
    if (leaving.length > 0) this.#last.push(endpointsDropped(step, owned, seen, leaving));
  }

  #adopt(step: Step, seen: Sighting): void {
    if (!this.#options.adopt) {
      this.#create(step, undefined);
      return;
    }
    const [owner, self] = [ownerIn(seen.image), ownerIn(step.desired)];
    // Its own mark is on what an earlier job had to leave behind.
    if (owner !== undefined && owner !== self) {
      const way = `take its tag ${ENTRY_POINT_TAG} off if that has given it up`;
      const detail = `${seen.id} cannot be adopted: it belongs to entry point ${owner}; ${way}`;
      this.#refuse(step, 'AlreadyExists', detail);
      return;
    }
    if (seen.drift.length === 0) {
      this.#steps.push({ ...adoptable(step), act: 'adopt', standing: seen.id });
      return;
    }
    const differs = changesOf(step, seen)
      .map(({ member, from, to }) => `${member} is ${JSON.stringify(from)}, not ${JSON.stringify(to)}`)
      .join('; ');
    this.#refuse(
      step,
      'AlreadyExists',
      `${seen.id} cannot be adopted: ${differs}; adoption takes what matches exactly`,
    );
  }

  /** What no call changes. A policy gets a successor under another name; all else has to go before it can come. */
  #replace(step: Step, owned: Owned, seen: Sighting): void {
    this.#made.add(step.id);
    const changes = changesOf(step, seen);
    if (step.kind === 'stickinessPolicy') {
      const base = String(owned.desired['policyName']).slice(0, 100).replace(SUFFIX, '');
      const policyName = `${base}-${this.#options.suffixOf(step.id)}`;
      this.#renamed.set(step.id, policyName);
      const because = 'a policy cannot be changed: another one takes its place';
      this.#steps.push({ ...step, desired: { ...step.desired, policyName }, changes, because });
      this.#last.push(removalOf(owned, this.#owned, this.#options));
      return;
    }
    const because = `${seen.fixed.join(', ')} cannot be changed in place`;
    const interrupts = `${step.title} is removed before the new one is made, as both have the same name`;
    const old = this.#owned.filter(({ needs }) => Object.values(needs).includes(owned.step));
    this.#goFirst([owned, ...old], because);
    this.#steps.push({ ...step, changes, because, interrupts });
    this.#mustBeAllowed(step, interrupts);
  }

  /** Only those that are not registered yet are: undo then takes out just them. */
  #targets(step: Step, owned: Owned | undefined, seen: Sighting | undefined): void {
    const { absent, dropped, because } = targetChanges(step, owned, seen);
    if (owned && dropped.some(isAlone) && absent.length > 0) {
      this.#replaceTarget(step, owned);
      return;
    }
    if (seen && absent.length === 0)
      this.#steps.push({ ...step, act: owned ? 'unchanged' : 'adopt', standing: seen.id });
    else
      this.#steps.push({
        ...step,
        desired: { ...step.desired, targets: absent },
        ...(seen ? { because } : {}),
      });
    if (!owned || dropped.length === 0) return;
    const removal = removalOf(owned, this.#owned, this.#options);
    const title = `${dropped.length} target${dropped.length === 1 ? '' : 's'} dropped`;
    this.#last.push({ ...removal, title, desired: { ...removal.desired, targets: dropped } });
  }

  /** The group takes one, and stays: so the old one goes before the new one comes. */
  #replaceTarget(step: Step, owned: Owned): void {
    const because = 'the group takes one target';
    const interrupts = `${step.title}: the old one is taken out before the new one is put in, as ${because}`;
    this.#goFirst([owned], because);
    this.#steps.push({ ...step, because, interrupts });
    this.#mustBeAllowed(step, interrupts);
  }

  /** With the policy's successor, or as it is. One port has one cookie policy: what takes the place of ours does so in one call. */
  #attachment(step: Step, owned: Owned | undefined, seen: Sighting | undefined): void {
    const renamed = this.#renamed.get(step.needs['policyId'] ?? '');
    if (renamed === undefined && seen) {
      if (owned) this.#steps.push({ ...step, act: 'unchanged', standing: owned.id });
      else this.#adopt(step, seen);
      return;
    }
    const policyName = renamed ?? step.desired['policyName'];
    const holder = this.#ownOnPortOf(step);
    const inPlaceOf = holder?.desired['policyName'];
    // It is off the port by the same call: there is nothing to remove.
    if (holder) this.#kept.add(holder.step);
    if (inPlaceOf === undefined || inPlaceOf === policyName)
      this.#create({ ...step, desired: { ...step.desired, policyName } }, owned);
    else {
      const because = `takes the place of ${inPlaceOf}`;
      this.#steps.push({ ...step, desired: { ...step.desired, policyName, inPlaceOf }, because });
    }
  }

  /** What of ours the port has so far. */
  #ownOnPortOf({ desired }: Step): Owned | undefined {
    const place = ['region', 'loadBalancerName', 'loadBalancerPort'];
    return this.#owned.find(
      each => each.kind === 'policyAttachment' && place.every(part => each.desired[part] === desired[part]),
    );
  }

  /** What has to go before anything comes or changes; a rollback makes it again. */
  #goFirst(going: readonly Owned[], because: string): void {
    for (const resource of going) {
      this.#kept.add(resource.step);
      this.#first.push(removalOf(resource, this.#owned, { ...this.#options, because }));
      this.#restores.push(restoringOf(resource, going, this.#owned));
    }
  }

  #mustBeAllowed(
    step: Step,
    interrupts: string,
    way = `${ALLOW}, or give what is to come another name`,
  ): void {
    if (this.#options.allowInterruption) return;
    this.#refuse(step, 'InvalidRequest', `${interrupts}; ${way}`);
  }

  /** Else it would stay as it is, and the spec would not say so. */
  #refuseLeftOut(step: Step, member: string, { image }: Sighting): void {
    const now = JSON.stringify(image[member] ?? null);
    const why = 'is left out, and the API has no value that takes it back';
    const part = `${step.part ?? ''}/${member}`;
    this.#refuse(
      { ...step, part },
      'InvalidRequest',
      `${member} of ${step.title} ${why}: say it, it is ${now}`,
    );
  }

  #refuse({ part = '' }: Step, code: Finding['code'], detail: string): void {
    this.#findings.push({ pointer: part, code, detail });
  }

  /** Whether the plan itself takes it away. */
  #goes(owned: Owned | undefined): boolean {
    return owned !== undefined && this.#first.some(removal => removal.id === removalId(owned.step));
  }
}

const ALLOW = 'say options.allowInterruption: true';

const SUFFIX = /-[0-9a-f]{8}$/;
