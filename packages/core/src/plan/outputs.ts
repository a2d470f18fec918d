// The outputs of a job: those of the resources that the entry point owns by its plan, and of objects that it only waits for.
// Steps record theirs in the ledger when they read or create the resource; the plan has those that no step reads.
import type { Observation } from '../kinds/observation.ts';
import { outputsOf } from '../kinds/outputs.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { JobStatus } from '../record/events.ts';
import type { ResourceOutputs } from '../record/outputs.ts';
import type { Plan, Step } from '../record/plan.ts';
import type { JobRecord } from '../record/records.ts';
import type { CloudPorts } from './cloud-ports.ts';
import { READS_AT_ONCE } from './observe.ts';

/** A removal, and the cleanup of an update, never roll back. */
const FORWARD: readonly JobStatus[] = ['RUNNING', 'SUCCEEDED', 'REMOVE_FAILED'];

/**
 * The outputs of a job up to now, those with an address first. None before the job runs, of a removal, and once the job rolls
 * back: the entry point then has its former outputs.
 */
export function outputsOfJob({
  job,
  plan,
  ledger,
}: Pick<JobRecord, 'job' | 'plan' | 'ledger'>): ResourceOutputs[] {
  if (!plan?.owns || !FORWARD.includes(job.status)) return [];
  const { steps, outputs: untouched = [] } = plan;
  const known = new Map(untouched.map(each => [each.step, each]));
  const owned = new Set(plan.owns.map(({ step }) => step));
  const walked = new Set(steps.map(({ id }) => id));
  const all = [
    ...untouched.filter(({ step }) => !walked.has(step)),
    ...steps.flatMap(({ id: step, kind, act, existingId }): ResourceOutputs[] => {
      const entry = ledger.get(step);
      const id = entry?.id ?? existingId;
      const isOutput = id !== undefined && (act === 'wait' || owned.has(step));
      return isOutput ? [{ ...known.get(step), step, kind, id, ...entry?.outputs }] : [];
    }),
  ];
  const isAddress = ({ dnsName }: ResourceOutputs) => dnsName !== undefined;
  return [...all.filter(isAddress), ...all.filter(each => !isAddress(each))];
}

/**
 * The outputs of what the plan leaves as it is: of unchanged resources, from their observations, and of objects that the request
 * would wait for if it changed anything, which are read now.
 */
export async function outputsOfUntouched(
  ports: Pick<CloudPorts, 'resource'>,
  wanted: readonly Step[],
  { steps }: Plan,
  observations: ReadonlyMap<string, Observation>,
): Promise<ResourceOutputs[]> {
  const planned = new Map(steps.map(step => [step.id, step]));
  const found = await inBatches(wanted, READS_AT_ONCE, async ({ id: step, kind, act, desired }) => {
    const isWalked = planned.has(step) && planned.get(step)?.act !== 'unchanged';
    if (isWalked) return [];
    if (act !== 'wait') {
      const { id, outputs } = observations.get(step) ?? {};
      return id === undefined || !outputs ? [] : [{ step, kind, id, ...outputs }];
    }
    const resource = ports.resource(kind);
    const observed = await resource.read({ ...desired }, undefined);
    return observed === undefined
      ? []
      : [{ step, kind, id: resource.idOf(observed), ...outputsOf(resource, observed) }];
  });
  return found.flat();
}
