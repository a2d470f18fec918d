// Items that earlier versions of the code have stored, read as those of today: the one converter. test/fixtures has a table
// of each version. Pure.
import { RetryableError } from '../ports/errors.ts';
import type { Job } from './job.ts';
import type { Entry } from './ledger.ts';
import { lanesOfOlder, type OlderLanes } from './older-lanes.ts';
import { type Act, PLAN_VERSION, type Plan, type Step } from './plan.ts';

/** The value of an item as today's code knows it; `sk`: the item's sort key. */
export function current(sk: string, value: unknown): unknown {
  if (sk === 'PLAN') return currentPlan(value as StoredPlan);
  if (sk === 'JOB') return currentJob(value as StoredJob);
  return sk.startsWith('LEDGER#') ? currentEntry(value as StoredEntry) : value;
}

type StoredPlan = Plan | OlderPlan;

interface OlderPlan extends Omit<Plan, 'version' | 'steps' | 'lanes'> {
  version: 1 | 2;
  steps: (Omit<Step, 'act'> & { act: string; root?: string })[];
  lanes: Partial<OlderLanes>;
  first?: Partial<OlderLanes>;
  restores?: Partial<OlderLanes>;
  last?: Partial<OlderLanes>;
  outcome?: Plan['olderOutcome'];
}

/** Throws RetryableError for a plan of newer code: a function of that code can walk it. */
function currentPlan(plan: StoredPlan): Plan {
  if (plan.version === PLAN_VERSION) return plan;
  if (plan.version > PLAN_VERSION)
    throw new RetryableError('Busy', `the plan has version ${plan.version}, this code reads ${PLAN_VERSION}`);
  const { steps, lanes, first, restores, last, outcome } = plan;
  return {
    version: PLAN_VERSION,
    steps: steps.map(({ root: _, act, ...step }) => ({ ...step, act: actOf(act) })),
    lanes: {
      ...(first ? { prepare: lanesOfOlder(first, 'backward') } : {}),
      forward: lanesOfOlder(lanes),
      ...(last ? { cleanup: lanesOfOlder(last, 'backward') } : {}),
      ...(restores ? { restore: lanesOfOlder(restores) } : {}),
    },
    ...(outcome ? { olderOutcome: outcome } : {}),
  };
}

const ACTS: Record<string, Act> = { leave: 'unchanged', remove: 'delete', settle: 'wait' };

function actOf(act: string): Act {
  return ACTS[act] ?? (act as Act);
}

type StoredJob = Omit<Job, 'phase'> & { phase?: string };

const PHASES: Record<string, Job['phase']> = { retire: 'cleanup', seal: 'committing' };

function currentJob(job: StoredJob): Job {
  const { phase, ...rest } = job;
  if (phase === undefined) return rest;
  return { ...rest, phase: PHASES[phase] ?? (phase as NonNullable<Job['phase']>) };
}

type StoredEntry = Omit<Entry, 'act'> & { act?: string };

function currentEntry({ act, ...entry }: StoredEntry): Entry {
  return act === undefined
    ? entry
    : { ...entry, act: act === 'remove' ? 'delete' : (act as NonNullable<Entry['act']>) };
}
