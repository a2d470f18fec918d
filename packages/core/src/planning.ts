// From a request to its plan: what the inventory holds, a look at the clouds, the difference, and whatever forbids it. One
// way for Begin, which fixes the plan, and for who only asks what a request would do. Changes nothing.
import { type Owned, ownedBy } from './owned.ts';
import { MAX_STEPS, PLAN_VERSION, type Plan, planSteps } from './plan.ts';
import { pairUp, planChange } from './plan-change.ts';
import { planRemoval } from './plan-removal.ts';
import type { CloudPorts, Finding } from './ports.ts';
import type { EntryPoint } from './records.ts';
import type { Request } from './request.ts';
import { type Sightings, surveyOwned, surveyWanted } from './survey.ts';
import { canonicalJson, sha256 } from './token.ts';

export interface Planned {
  plan: Plan;
  /** What forbids it: each would end the job before its first change. */
  findings: Finding[];
  /** Of the spec, of what was seen, and of the way to plan: the same hash is the same plan. */
  hash: string;
}

/**
 * `entryPoint`: what stands under the name. `look`: at the clouds too where nothing stands yet and the request alone
 * says what to do, so that the hash tells whether anything has moved.
 */
export async function planRequest(
  ports: CloudPorts,
  request: Request,
  { jobId, entryPoint, look }: { jobId: string; entryPoint: EntryPoint | undefined; look: boolean },
): Promise<Planned> {
  const { region } = ports.settings;
  const owned = ownedBy(entryPoint, region);
  if (request.operation === 'remove') return removal(ports, request, owned);
  const wanted = planSteps(request, { jobId, region });
  const pairs = pairUp(wanted, owned);
  const { adopt } = request.options;
  const seen = look || adopt || owned.length > 0 ? await surveyWanted(ports, pairs, owned) : new Map();
  const suffix = jobId.slice(-8);
  const { plan, findings } = planChange(wanted, pairs, owned, seen, { ...request.options, suffix });
  const adopted = plan.steps.flatMap(({ act, standing }) => (act === 'adopt' && standing ? [standing] : []));
  const ours = [...owned.map(({ id }) => id), ...adopted];
  const forbidden = [...findings, ...tooLong(plan), ...(await ports.preflight(request, ours))];
  return { plan, findings: forbidden, hash: hashOf(request, seen) };
}

/** What others have hung on what is to go is named, and refuses it, before anything has gone. */
async function removal(ports: CloudPorts, request: Request, owned: Owned[]): Promise<Planned> {
  const { force } = request.options;
  const { sightings, strangers } = await surveyOwned(ports, owned);
  const findings: Finding[] = strangers.map(({ on, names }) => ({
    pointer: '',
    code: 'ResourceConflict',
    detail: `${names.join(', ')} hangs on ${on.title} (${on.id}) and is not of this entry point; say options.force: true to remove it, too`,
  }));
  const plan = planRemoval(owned, force);
  const steps = plan.steps.map(step =>
    sightings.has(step.id.replace('remove-', '')) ? step : { ...step, because: 'it is gone already' },
  );
  return { plan: { ...plan, steps }, findings: force ? [] : findings, hash: hashOf(request, sightings) };
}

function tooLong({ steps }: Plan): Finding[] {
  const walked = steps.filter(({ act }) => act !== 'leave').length;
  if (walked <= MAX_STEPS) return [];
  const detail = `takes ${walked} steps, and a job has at most ${MAX_STEPS}: change less at once`;
  return [{ pointer: '', code: 'ServiceLimitExceeded', detail }];
}

/** How a job is run is no part of what it does. */
function hashOf({ options, ...spec }: Request, seen: Sightings): string {
  const { deadlineSeconds: _, ...decisive } = options;
  const observed = [...seen].map(([step, { id, image }]) => [step, id, image]).toSorted();
  return sha256(canonicalJson({ version: PLAN_VERSION, spec, decisive, observed }));
}
