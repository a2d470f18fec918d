// The traits of a kind of cloud object: everything about it that core needs. Each kind has one file of traits, and kinds.ts has
// the table of all kinds. Pure data and pure functions: the calls to a cloud are in packages/clouds.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';
import type { Outputs } from '../ports/outputs.ts';
import type { Owned } from '../record/owned.ts';
import type { PlanContext, Step } from '../record/plan.ts';
import type { Use } from '../request/permission.ts';
import type { AlicloudRequest, AwsRequest, DesiredByKind } from '../request/request.ts';
import type { Counts } from './collections.ts';
import type { Beforehand, Decision, ListChange, ParentUpdate, Situation } from './decision.ts';
import type { Observation } from './observation.ts';

/** A member of a request that describes resources. */
export type RequestPart = Exclude<
  keyof AwsRequest | keyof AlicloudRequest,
  'operation' | 'entryPoint' | 'cloud' | 'options'
>;

/** The resources that a resource needs, by the member of `desired` that holds their cloud id. */
type Needs = Readonly<Record<string, Kind>>;

/** Of a kind; of any kind by default. */
export type KindTraits<K extends Kind = Kind> = Traits<K> & OfCloud<K> & Replacement<K> & PlanningHooks<K>;

/**
 * The cloud of the kind.
 *
 * `steps`: its steps of a request as if nothing existed, one for each resource of this kind, in the order of the request. KINDS
 * is in an order in which the resources can be created.
 *
 * `uses`: what a request names for it that is not part of the entry point, and the regions and ports that it takes: access
 * rules can limit each of them.
 */
type OfCloud<K extends Kind> = OnCloud<'aws', AwsRequest, K> | OnCloud<'alicloud', AlicloudRequest, K>;

interface OnCloud<Name, Request, K extends Kind> {
  cloud: Name;
  steps(request: Request, context: PlanContext): Step<K>[];
  uses(request: Request): Use[];
}

interface Traits<K extends Kind> {
  /** The part of a request that describes it. */
  part: RequestPart;

  /** Its parents: a plan that creates one of them again creates it again, too. Default: none. */
  parents?: Needs;

  /** Other resources that it references: an update can change the reference. Default: none. */
  references?: Needs;

  /**
   * The key that one entry point claims, unique among the resources of its kind; it claims each of several. Default: none, as its
   * parent has one.
   */
  naturalKey?(desired: DesiredByKind[K]): string | string[];

  /**
   * The queue of the jobs that change it, besides that of its entry point; they join each of several. Default: none, as its
   * parent has one.
   */
  queue?(desired: DesiredByKind[K]): string | string[];

  /** Steps of the same lane follow one another; lanes are independent. Default: the lane of the resource that it needs. */
  lane?(desired: DesiredByKind[K]): string;

  /** The cloud refuses a change while an earlier one of the lane settles, so a wave has one step. Default: several. */
  oneAtATime?: true;

  /** Its container: in another container it is another resource. Default: its step's id alone identifies it. */
  container?(desired: DesiredByKind[K]): unknown;

  /** Members that an existing resource keeps, whatever the spec is now, such as its wire name. Default: none. */
  carriedOver?(step: Step<K>, owned: Owned<K>): Partial<DesiredByKind[K]>;
  /**
   * Members that follow from an existing parent, also of a resource that does not exist yet. `byStep`: all resources of the entry
   * point. Default: none.
   */
  inherited?(step: Step<K>, byStep: ReadonlyMap<string, Owned>): Partial<DesiredByKind[K]>;

  /**
   * Instructions to the resource besides `desired`, from the difference between the specs: the items that the spec drops. Default:
   * none.
   */
  droppedFrom?(step: Step<K>, owned: Owned<K>): Members;

  /**
   * The documented defaults of members that the step omits, as members of `desired`. An update sets those that the earlier spec
   * had, because an update that omits them may keep their old values. `wanted`: all steps of the spec. Default: none.
   */
  defaults?(step: Step<K>, wanted: readonly Step[]): Members;

  /** The same for members within others: the outer members that the update sets. Default: none. */
  resetOmitted?(step: Step<K>, owned: Owned<K>, wanted: readonly Step[]): Members;

  /**
   * Names of such members without a documented default, which would keep their values: the plan refuses to omit them. Default:
   * none.
   */
  omittedButRetained?(step: Step<K>, owned: Owned<K>): string[];

  /** The entry point that owns it, by the tags of a resource or of a step's `desired`. Default: none. */
  ownerOf?(members: Members): unknown;

  /** `desired` without ownership tags, which an object does not have before its adoption. Default: `desired`. */
  withoutOwnershipTags?(desired: DesiredByKind[K]): DesiredByKind[K];

  /** Its names in `foreignDependents` of its parent. Default: its cloud id. */
  namesInParent?(desired: DesiredByKind[K]): string[];

  /** Foreign objects can be attached to it, and a plan that removes it must name them. Default: they cannot. */
  foreignDependents?: true;

  /** How many of them one call can delete. Default: 1. */
  foreignPerCall?: number;

  /** The most items of each of its lists, and members of its maps, as a request can have them. Default: it has none. */
  bounds?: Readonly<Record<string, number>>;

  /** Its cloud checks the health of its endpoints or targets. Default: it does not. */
  health?: true;

  /** What callers get to know of it besides its id. Default: nothing. */
  outputs?: readonly (keyof Outputs)[];

  /** The most members that each of its maps can have in the cloud, foreign ones included. Default: it has no foreign ones. */
  boundsInCloud?: Readonly<Record<string, number>>;

  /**
   * How many items it is, or has, of bounded collections of the cloud that foreign items share. `parent`: the desired state of the
   * first resource that it needs. Default: none.
   */
  countsIn?(desired: DesiredByKind[K], parent: Members): Counts;

  /** Usual seconds of one step in the real cloud, from its first call until it is ready or gone. */
  usualSeconds: number;

  /** The number of mutating calls of a step, if none has to be repeated. Default: 1. */
  calls?(step: Step<K>): number;
}

/**
 * How it is replaced if a create-only member changes. `in place`: there is no such member. `gap`: the old resource is removed
 * before the new one is created, because both have the same name. `successor`: the new one is created under another name, and the
 * cleanup removes the old one; `successorOf` returns its step, with the reason. `suffix`: makes a name unique.
 */
type Replacement<K extends Kind> =
  | { replacement: 'in place' | 'gap' }
  | {
      replacement: 'successor';
      successorOf(step: Step<K>, owned: Owned<K>, suffix: string): Step<K>;
    };

/** Rules of a kind in addition to the general rules of the planner. */
interface PlanningHooks<K extends Kind> {
  /** Decides about a step instead of the general rules, which apply if it returns undefined. Default: they apply. */
  decide?(situation: Situation<K>): Decision<K> | undefined;

  /**
   * Dependents that must be removed or updated before an update of a resource that they need, because the cloud would
   * refuse that update. Default: none.
   */
  beforeParentUpdate?(update: ParentUpdate): Beforehand;

  /** The observation as it will be after a preparation. Default: the same. */
  afterPreparation?(step: Step<K>, observed: Observation, preparation: Step<K>): Observation;

  /**
   * Updates before the rest that avoid conflicts within a kind, such as two resources with the same number. `wanted`: steps of
   * this kind whose parents stay. Default: none.
   */
  makeRoom?(
    wanted: readonly Step<K>[],
    inventory: readonly Owned[],
    observations: ReadonlyMap<string, Observation>,
  ): Step<K>[];

  /** Items of its collection that an update adds before it removes others. Default: the difference. */
  addedItems?(step: Step<K>, observed: Observation): number;

  /** At most so many of the items that the spec drops, as a resource; by default all of them. Default: it has none. */
  droppedPart?(step: Step<K>, owned: Owned<K>, most?: number): Owned<K> | undefined;

  /** Whether it has to be deleted before these others, although it does not need their ids. Default: no. */
  fallsWith?(owned: Owned<K>, gone: ReadonlySet<string>, inventory: readonly Owned[]): boolean;

  /** How an update changes a list whose items it cannot all change in place. Default: it can. */
  changeLists?(step: Step<K>, owned: Owned<K>, observed: Observation): ListChange | undefined;
}
