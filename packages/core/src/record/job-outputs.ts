// The outputs of a job: those of the resources that the entry point owns by its plan, and of objects that it only waits for.
// Steps record theirs in the ledger when they read or create the resource; the plan has those that no step reads.
import type { JobStatus } from './events.ts';
import type { ResourceOutputs } from './outputs.ts';
import type { JobRecord } from './records.ts';

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
