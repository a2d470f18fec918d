// The traits of a kind of cloud object: everything that core must know about it. Each kind has one file of them, and kinds.ts
// has the table of all. Pure data and pure functions: the calls to a cloud are in packages/clouds.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Cloud } from '../request/clouds.ts';
import type { AlicloudRequest, AwsRequest } from '../request/request.ts';

/** A member of a request that describes resources. */
export type RequestPart = Exclude<
  keyof AwsRequest | keyof AlicloudRequest,
  'operation' | 'entryPoint' | 'cloud' | 'options'
>;

/** The resources that a resource needs, by the member of `desired` that holds their cloud id. */
type Needs = Readonly<Record<string, Kind>>;

export interface KindTraits {
  /** The cloud that has it. */
  cloud: Cloud;

  /** The part of a request that describes it. */
  part: RequestPart;

  /** The Lambda that walks its steps, as the state machine names it. */
  functionName: string;

  /** What it belongs to: where one of these is made anew, it is made anew too. Default: nothing. */
  parents?: Needs;

  /** What it names besides: an update can name another one. Default: nothing. */
  references?: Needs;

  /**
   * What only one entry point can own, unique among all resources of its kind. Default: none, as its parent is claimed
   * already.
   */
  naturalKey?(desired: Members): string;

  /** What only one job at a time may change. Default: none, beside the queues of its entry point and of its parent. */
  queue?(desired: Members): string;

  /** Steps of equal lanes follow one another, others run side by side. Default: the lane of the parent. */
  lane?(desired: Members): string;

  /** The cloud refuses a change while another one of the lane settles: each wave is one step. Default: waves of several. */
  oneAtATime?: true;

  /** What contains it, where it is another resource once that is another one. Default: only its step's id says so. */
  container?(desired: Members): unknown;

  /**
   * Members that an existing one keeps, whatever the spec says now, such as its name on the wire; and the instructions
   * that follow from the difference between the specs. `byStep`: all that the entry point owns. Default: none.
   */
  carriedOver?(step: Step, owned: Owned, byStep: ReadonlyMap<string, Owned>): Members;

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

  /** What an object must be like to be adopted: `desired` without marks of ownership, as it has none. Default: `desired`. */
  withoutMarks?(desired: Members): Members;

  /** A parent's names for it among its dependents. Default: its cloud id. */
  namesInParent?(owned: Owned): string[];

  /** Others can attach objects of their own to it, which stand in the way of its removal. Default: they cannot. */
  foreignDependents?: true;

  /**
   * Members of a step's `desired` that a plan sets for this one change, as instructions to the resource. The inventory
   * keeps none of them. Default: none.
   */
  instructions?: readonly string[];

  /** Usual seconds of one step in the real cloud, from its first call until it is ready or gone. */
  usualSeconds: number;

  /** Mutating calls of a step that acts, where none has to be repeated. Default: 1. */
  calls?(step: Step): number;
}
