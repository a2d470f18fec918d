// The traits of a kind of cloud object: everything that core must know about it. Each kind has one file of them, and kinds.ts
// has the table of all. Pure data and pure functions: the calls to a cloud are in packages/clouds.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';
import type { Owned } from '../record/owned.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import type { AlicloudRequest, AwsRequest } from '../request/request.ts';
import type { Beforehand, Decision, Interruption, ParentUpdate, Situation } from './decision.ts';
import type { Observation } from './observation.ts';

/** A member of a request that describes resources. */
export type RequestPart = Exclude<
  keyof AwsRequest | keyof AlicloudRequest,
  'operation' | 'entryPoint' | 'cloud' | 'options'
>;

/** The resources that a resource needs, by the member of `desired` that holds their cloud id. */
type Needs = Readonly<Record<string, Kind>>;

export type KindTraits = Traits & OfCloud & Replacement & PlanningHooks;

/**
 * The cloud that has it, and the steps that a request asks for, as if nothing existed: one for each resource of this kind, in
 * the order of the request. The kinds stand in KINDS in an order in which their resources can be made.
 */
type OfCloud =
  | { cloud: 'aws'; steps(request: AwsRequest, context: PlanContext): Step[] }
  | { cloud: 'alicloud'; steps(request: AlicloudRequest, context: PlanContext): Step[] };

interface Traits {
  /** The part of a request that describes it. */
  part: RequestPart;

  /** The resources that it belongs to: a plan that makes one of them anew makes it anew too. Default: none. */
  parents?: Needs;

  /** The resources that it names besides: an update can name another one. Default: none. */
  references?: Needs;

  /** The key that one entry point claims, unique among the resources of its kind. Default: none, as its parent has one. */
  naturalKey?(desired: Members): string;

  /** The queue of the jobs that change it, besides that of its entry point. Default: none, as its parent has one. */
  queue?(desired: Members): string;

  /** Steps of the same lane follow one another; lanes are independent. Default: the lane of the resource that it needs. */
  lane?(desired: Members): string;

  /** The cloud refuses a change while an earlier one of the lane settles: a wave has one step. Default: it may have more. */
  oneAtATime?: true;

  /** The object that contains it: in another one it is another resource. Default: its step's id alone identifies it. */
  container?(desired: Members): unknown;

  /**
   * Members that an existing one keeps, whatever the spec says now, such as its name on the wire. `byStep`: all that the
   * entry point owns. Default: none.
   */
  carriedOver?(step: Step, owned: Owned, byStep: ReadonlyMap<string, Owned>): Members;

  /**
   * What the resource is told besides `desired`, as it follows from the difference between the specs: what has been dropped.
   * Default: nothing.
   */
  droppedFrom?(step: Step, owned: Owned): Members;

  /**
   * Members that the spec named before and omits now, with the defaults that the API documents: an update that omits them
   * may keep their old values. `wanted`: all steps of the spec. Default: none.
   */
  resetOmitted?(step: Step, owned: Owned, wanted: readonly Step[]): Members;

  /**
   * Names of members that the spec named before and omits now, and that keep their values because the API documents no
   * default to set: the plan refuses them. Default: none.
   */
  omittedButRetained?(step: Pick<Step, 'desired'>, owned: Owned): string[];

  /** The entry point that the tags of a resource, or of a step's `desired`, name as its owner. Default: none is named. */
  ownerOf?(members: Members): unknown;

  /** `desired` without marks of ownership, which an object that is to be adopted does not have. Default: `desired`. */
  withoutMarks?(desired: Members): Members;

  /** A parent's names for it among its dependents. Default: its cloud id. */
  namesInParent?(owned: Owned): string[];

  /** Others can attach objects of their own to it, which a plan that removes it must name. Default: they cannot. */
  foreignDependents?: true;

  /** The most items of each of its lists, and members of its maps, as a request can have them. Default: it has none. */
  bounds?: Readonly<Record<string, number>>;

  /** Usual seconds of one step in the real cloud, from its first call until it is ready or gone. */
  usualSeconds: number;

  /** Mutating calls of a step that acts, where none has to be repeated. Default: 1. */
  calls?(step: Step): number;
}

/**
 * How it is replaced where a member changes that no call of the API changes. `in place`: there is no such member. `gap`: the
 * old one is removed before the new one is made, as both have the same name. `successor`: the new one is made under another
 * name, and the cleanup removes the old one; `successorOf` gives its `desired` and the reason. `suffix`: makes a name unique.
 */
type Replacement =
  | { replacement: 'in place' | 'gap' }
  | {
      replacement: 'successor';
      successorOf(step: Step, owned: Owned, suffix: string): Pick<Step, 'desired'> & { reason: string };
    };

/** Rules of a kind beside the general rules of the planner. */
interface PlanningHooks {
  /** Decides about a step in place of the general rules, which apply where it returns undefined. Default: they apply. */
  decide?(situation: Situation): Decision | undefined;

  /** The effect of an update on traffic. Default: none. */
  interruption?(step: Step, observed: Observation): Interruption | undefined;

  /**
   * Dependents that must be removed or updated before an update of a resource that they need, because the cloud would
   * refuse that update. Default: none.
   */
  beforeParentUpdate?(update: ParentUpdate): Beforehand;

  /** The observation as it will be after a preparation. Default: the same. */
  afterPreparation?(step: Step, observed: Observation, preparation: Step): Observation;

  /**
   * Updates before the rest that make room within a kind, such as for a number that two resources cannot have at once.
   * `wanted`: steps of this kind whose parents stay. Default: none.
   */
  makeRoom?(
    wanted: readonly Step[],
    inventory: readonly Owned[],
    observations: ReadonlyMap<string, Observation>,
  ): Step[];

  /**
   * An update once all else has succeeded, for items of a list that the spec no longer has. `instructions`: members that
   * keep these items until then. Default: none.
   */
  dropLast?(
    step: Step,
    owned: Owned,
    observed: Observation,
  ): { instructions: Members; cleanup: Step } | undefined;
}
