// From a request to its plan: the inventory, the observations, the difference, and the findings that forbid it. The same for
// Begin, which fixes the plan, and for callers who only want to see the plan. Changes nothing.

import { traitsOf } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import { type Change, MAX_STEPS, PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import type { EntryPoint } from '../record/records.ts';
import { canonicalJson, sha256 } from '../record/token.ts';
import type { Request } from '../request/request.ts';
import { planChange } from './change.ts';
import { type CloudPorts, type Finding, forOneReading } from './cloud-ports.ts';
import {
  type ForeignObjects,
  foreignFindings,
  namingDisplaced,
  namingForeign,
  observeDeletions,
} from './foreign.ts';
import { stepsIn } from './lanes.ts';
import { matchToOwned, type Pair } from './match.ts';
import { type Observations, observeWanted } from './observe.ts';
import { outputsOfUntouched } from './outputs.ts';
import { ownedBy } from './owned.ts';
import { planSteps } from './plan-steps.ts';
import { planRemoval, removalOf } from './removal.ts';

export interface Planned {
  plan: Plan;
  /** Each finding forbids the plan: it ends the job before its first change. */
  findings: Finding[];
  /** Of the entry point itself. */
  changes: Change[];
  /** Quotas that the plan comes close to, for people. */
  warnings: string[];
  /** Of the spec, the observations, the acts of the steps and the planner's version: the same hash means the same plan. */
  hash: string;
}

/**
 * `entryPoint`: the existing one of that name. `wanted`: the request's steps, if they are known. `look`: read the clouds even if
 * the plan does not depend on them, because nothing exists yet, so that the hash covers their state.
 */
export async function planRequest(
  given: CloudPorts,
  request: Request,
  {
    jobId,
    entryPoint,
    look,
    wanted = planSteps(request, { jobId, region: given.settings.region }),
  }: { jobId: string; entryPoint: EntryPoint | undefined; look: boolean; wanted?: Step[] },
): Promise<Planned> {
  const ports = forOneReading(given);
  const { region } = ports.settings;
  const owned = await ownedBy(entryPoint, region);
  if (request.operation === 'remove') return removal(ports, request, owned);
  const { adopt, force } = request.options;
  const first = matchToOwned(wanted, owned);
  const found: Observations =
    look || adopt || owned.length > 0 ? await observeWanted(ports, first, owned) : new Map();
  const [pairs, seen] = adopt ? await remade(ports, wanted, owned, [first, found]) : [first, found];
  const suffixOf = (step: string) => sha256(`${jobId}|${step}`).slice(0, 8);
  const existing = { pairs, owned, observations: seen };
  // Nothing that a new entry point creates takes the place of something else.
  const ids = owned.map(({ id }) => id);
  const collections = look || owned.length > 0 ? await ports.collections(onWire(request, pairs), ids) : [];
  const options = { ...request.options, suffixOf };
  const { plan, findings, warnings } = planChange(wanted, existing, collections, options);
  const adopted = plan.steps.flatMap(({ act, existingId }) =>
    act === 'adopt' && existingId ? [existingId] : [],
  );
  const ours = [...ids, ...adopted];
  const foreignObjects = await foreignObjectsIn(ports, plan, owned);
  const forbidden = [
    ...findings,
    ...foreignFindings(foreignObjects, force),
    ...tooLong(plan),
    ...(await ports.preflight(onWire(request, pairs), ours, deletedFirst(plan))),
  ];
  const changes = changesOf(request, entryPoint);
  const outputs = await outputsOfUntouched(ports, wanted, plan, seen);
  const whole = outputs.length > 0 ? { ...plan, outputs } : plan;
  const displacing = await namingDisplaced(ports, whole);
  const named = force ? namingForeign(displacing, foreignObjects) : displacing;
  return {
    plan: named,
    findings: forbidden,
    changes,
    warnings,
    hash: hashOf(request, { changes, seen, plan: named }),
  };
}

/** Cloud ids of the resources that the plan deletes before any other change. */
function deletedFirst({ steps, lanes }: Plan): string[] {
  const first = stepsIn(lanes.prepare);
  return steps.flatMap(({ id, act, existingId }) =>
    act === 'delete' && existingId && first.has(id) ? [existingId] : [],
  );
}

function changesOf({ options }: Request, entryPoint: EntryPoint | undefined): Change[] {
  const [from, to] = [entryPoint?.protected ?? false, options.protected];
  return from === to ? [] : [{ member: 'protected', from, to }];
}

/** An owned resource that was deleted may have been created again outside Gatehouse, and can then be adopted. */
async function remade(
  ports: CloudPorts,
  wanted: Step[],
  owned: Owned[],
  [pairs, seen]: [Pair[], Observations],
): Promise<[Pair[], Observations]> {
  const isLost = (pair: Pair) => pair.owned !== undefined && !seen.has(pair.step.id);
  if (!pairs.some(isLost)) return [pairs, seen];
  const there = owned.filter(({ step }) => seen.has(step));
  const anew = new Map(matchToOwned(wanted, there).map(pair => [pair.step.id, pair]));
  const again = await observeWanted(ports, [...anew.values()], there);
  const isRemade = (pair: Pair) => {
    const found = again.get(pair.step.id);
    return isLost(pair) && found !== undefined && found.id !== pair.owned?.id;
  };
  const steps = new Set(pairs.filter(isRemade).map(({ step }) => step.id));
  return [
    pairs.map(pair => (steps.has(pair.step.id) ? (anew.get(pair.step.id) ?? pair) : pair)),
    new Map([...seen, ...[...again].filter(([step]) => steps.has(step))]),
  ];
}

/** The request with the wire names of policies that have replaced others. A new port of such a policy does not tell its name. */
function onWire(request: Request, pairs: readonly Pair[]): Request {
  if (request.cloud !== 'aws') return request;
  const existing = pairs.filter(({ owned }) => owned !== undefined);
  const names = new Map(existing.map(({ step }) => [step.part, policyNameIn(step.desired)]));
  const stickinessPolicies = request.stickinessPolicies.map((policy, index) => {
    const policyName = names.get(`/stickinessPolicies/${index}`);
    return policyName !== undefined ? { ...policy, policyName } : policy;
  });
  return { ...request, stickinessPolicies };
}

function policyNameIn(desired: Step['desired']): string | undefined {
  return 'policyName' in desired ? desired.policyName : undefined;
}

async function removal(ports: CloudPorts, request: Request, owned: Owned[]): Promise<Planned> {
  const { force } = request.options;
  const deletions = owned.map(resource => removalOf(resource, owned));
  const { observations, foreignObjects } = await observeDeletions(ports, deletions);
  const removing = planRemoval(owned, observations);
  const plan = force ? namingForeign(removing, foreignObjects) : removing;
  const findings = foreignFindings(foreignObjects, force);
  const changes: Change[] = [];
  return {
    plan,
    findings,
    changes,
    warnings: [],
    hash: hashOf(request, { changes, seen: observations, plan }),
  };
}

/** Those on the resources that an update deletes. */
async function foreignObjectsIn(ports: CloudPorts, plan: Plan, owned: Owned[]): Promise<ForeignObjects[]> {
  const deletions = plan.steps.filter(
    ({ act, kind }) => act === 'delete' && traitsOf(kind).foreignDependents,
  );
  if (deletions.length === 0) return [];
  const all = owned.map(resource => removalOf(resource, owned));
  return (await observeDeletions(ports, deletions, all)).foreignObjects;
}

/** The only rule on the size of a job, for plans and jobs alike. Unchanged resources do not count: no job walks them. */
function tooLong({ steps }: Plan): Finding[] {
  const walked = steps.filter(({ act }) => act !== 'unchanged').length;
  if (walked <= MAX_STEPS) return [];
  const detail = `needs ${walked} steps, and a job has at most ${MAX_STEPS}; split the change into several updates`;
  return [{ pointer: '', code: 'TooManySteps', detail }];
}

/** Whether an option affects the plan. The compiler demands a decision about a new option. */
const IS_DECISIVE: Record<keyof Request['options'], boolean> = {
  deadlineSeconds: false,
  queueSeconds: false,
  adopt: true,
  protected: true,
  allowInterruption: true,
  force: true,
};

function hashOf(
  { options, ...spec }: Request,
  { changes, seen, plan: { steps, lanes } }: { seen: Observations } & Pick<Planned, 'changes' | 'plan'>,
): string {
  const decisive = Object.fromEntries(
    Object.entries(options).filter(([option]) => IS_DECISIVE[option as keyof Request['options']]),
  );
  const observed = [...seen].map(([step, { id, snapshot }]) => [step, id, snapshot]).toSorted();
  // What it deletes, resets and leaves as it is depends on the inventory, and on the items of others in a full collection.
  const acts = steps.map(({ id, act, existingId, desired, instructions, ...more }) => ({
    id,
    act,
    ...(existingId ? { existingId } : {}),
    ...(act === 'delete' ? { desired } : {}),
    ...(instructions ? { instructions } : {}),
    // Clouds list members and foreign objects in any order.
    changes: (more.changes ?? []).map(canonicalJson).toSorted(),
    foreign: [...(more.deletesForeign ?? []), ...(more.displaces ?? [])].toSorted(),
  }));
  return sha256(canonicalJson({ version: PLAN_VERSION, spec, decisive, changes, observed, acts, lanes }));
}
