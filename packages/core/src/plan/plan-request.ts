// From a request to its plan: what the inventory holds, a look at the clouds, the difference, and whatever forbids it. One
// way for Begin, which fixes the plan, and for who only asks what a request would do. Changes nothing.

import { KINDS } from '../kinds/kinds.ts';
import type { Owned } from '../record/owned.ts';
import { MAX_STEPS, PLAN_VERSION, type Plan, type Step } from '../record/plan.ts';
import type { EntryPoint } from '../record/records.ts';
import { canonicalJson, sha256 } from '../record/token.ts';
import type { Request } from '../request/request.ts';
import { planChange } from './change.ts';
import type { CloudPorts, Finding } from './cloud-ports.ts';
import { matchToOwned, type Pair } from './match.ts';
import { type ForeignObjects, type Observations, observeOwned, observeWanted } from './observe.ts';
import { ownedBy } from './owned.ts';
import { planSteps } from './plan-steps.ts';
import { planRemoval, removalId } from './removal.ts';

export interface Planned {
  plan: Plan;
  /** What forbids it: each would end the job before its first change. */
  findings: Finding[];
  /** Of the spec, of what was seen, and of the way to plan: the same hash is the same plan. */
  hash: string;
}

/**
 * `entryPoint`: what exists under the name. `wanted`: the request's steps, where they are known. `look`: at the clouds too where nothing stands yet and the request alone
 * says what to do, so that the hash tells whether anything has moved.
 */
export async function planRequest(
  ports: CloudPorts,
  request: Request,
  {
    jobId,
    entryPoint,
    look,
    wanted = planSteps(request, { jobId, region: ports.settings.region }),
  }: { jobId: string; entryPoint: EntryPoint | undefined; look: boolean; wanted?: Step[] },
): Promise<Planned> {
  const { region } = ports.settings;
  const owned = await ownedBy(entryPoint, region);
  if (request.operation === 'remove') return removal(ports, request, owned);
  const { adopt } = request.options;
  const first = matchToOwned(wanted, owned);
  const found: Observations =
    look || adopt || owned.length > 0 ? await observeWanted(ports, first, owned) : new Map();
  const [pairs, seen] = adopt ? await remade(ports, wanted, owned, [first, found]) : [first, found];
  const suffixOf = (step: string) => sha256(`${jobId}|${step}`).slice(0, 8);
  const { plan, findings } = planChange(wanted, pairs, owned, seen, { ...request.options, suffixOf });
  const adopted = plan.steps.flatMap(({ act, existingId }) =>
    act === 'adopt' && existingId ? [existingId] : [],
  );
  const ours = [...owned.map(({ id }) => id), ...adopted];
  const hung = refusalsOf(await strangersOnWhatGoes(ports, plan, owned), request.options.force);
  const forbidden = [
    ...findings,
    ...hung,
    ...tooLong(plan),
    ...(await ports.preflight(onWire(request, pairs), ours)),
  ];
  return { plan, findings: forbidden, hash: hashOf(request, seen) };
}

/** What is owned and not there any more may stand there made anew by somebody, to be adopted. */
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

/** With the names on the wire of policies that have taken another one's place. */
function onWire(request: Request, pairs: readonly Pair[]): Request {
  if (request.cloud !== 'aws') return request;
  const names = new Map(pairs.map(({ step, owned }) => [step.part, owned && step.desired['policyName']]));
  const stickinessPolicies = request.stickinessPolicies.map((policy, index) => {
    const policyName = names.get(`/stickinessPolicies/${index}`);
    return typeof policyName === 'string' ? { ...policy, policyName } : policy;
  });
  return { ...request, stickinessPolicies };
}

/** What others have hung on what is to go is named, and refuses it, before anything has gone. */
async function removal(ports: CloudPorts, request: Request, owned: Owned[]): Promise<Planned> {
  const { force } = request.options;
  const { observations, foreignObjects } = await observeOwned(ports, owned);
  const plan = planRemoval(owned, observations, force);
  return { plan, findings: refusalsOf(foreignObjects, force), hash: hashOf(request, observations) };
}

async function strangersOnWhatGoes(ports: CloudPorts, plan: Plan, owned: Owned[]): Promise<ForeignObjects[]> {
  const ids = new Set(plan.steps.map(({ id }) => id));
  const going = owned.filter(({ step, kind }) => KINDS[kind].foreignDependents && ids.has(removalId(step)));
  return going.length > 0 ? (await observeOwned(ports, owned, going)).foreignObjects : [];
}

/** What cannot be taken off is told before anything else has gone, forced or not. */
function refusalsOf(foreignObjects: ForeignObjects[], force: boolean): Finding[] {
  return foreignObjects.flatMap(({ on, names, usedBy }) => {
    const place = `${on.title} (${on.id})`;
    const hung = force ? [] : names.filter(name => !usedBy.includes(name));
    const details = [
      ...usedBy.map(user => `${user} uses ${place}, which cannot go before it is out of use there`),
      ...(hung.length > 0
        ? [
            `${hung.join(', ')} hangs on ${place} and is not of this entry point; say options.force: true to remove it, too`,
          ]
        : []),
    ];
    return details.map(detail => ({ pointer: '', code: 'ResourceConflict' as const, detail }));
  });
}

function tooLong({ steps }: Plan): Finding[] {
  const walked = steps.filter(({ act }) => act !== 'unchanged').length;
  if (walked <= MAX_STEPS) return [];
  const detail = `takes ${walked} steps, and a job has at most ${MAX_STEPS}: change less at once`;
  return [{ pointer: '', code: 'ServiceLimitExceeded', detail }];
}

/** Whether an option decides what a job does, rather than how it is run: a new one has to say so. */
const IS_DECISIVE: Record<keyof Request['options'], boolean> = {
  deadlineSeconds: false,
  queueSeconds: false,
  adopt: true,
  protected: true,
  allowInterruption: true,
  force: true,
};

function hashOf({ options, ...spec }: Request, seen: Observations): string {
  const decisive = Object.fromEntries(
    Object.entries(options).filter(([option]) => IS_DECISIVE[option as keyof Request['options']]),
  );
  const observed = [...seen].map(([step, { id, snapshot }]) => [step, id, snapshot]).toSorted();
  return sha256(canonicalJson({ version: PLAN_VERSION, spec, decisive, observed }));
}
