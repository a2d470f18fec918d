// Converts items that earlier versions of the code have stored to today's. There is no other converter. test/fixtures has a
// table of each version. Pure.
import { listOf, type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import { RetryableError } from '../ports/errors.ts';
import { lanesOfOlder } from './older-lanes.ts';
import { PLAN_VERSION } from './plan.ts';

/** The value of an item in today's version. `sk`: the item's sort key. Throws for a plan of newer code. */
export function current(sk: string, value: unknown): unknown {
  if (!isObject(value)) return value;
  if (sk === 'PLAN') return currentPlan(value);
  if (sk === 'JOB') return currentJob(value);
  if (sk === 'LINE') return renamed(value, { target: 'name' });
  return sk.startsWith('LEDGER#') ? currentEntry(value) : value;
}

/** Before plan version 3, some members of jobs, queues and entries had other names, too. */
function renamed(value: Members, names: Readonly<Record<string, string>>): Members {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [names[name] ?? name, member]));
}

const ACTS: Record<string, string> = { leave: 'unchanged', remove: 'delete', settle: 'wait' };
const PHASES: Record<string, string> = { retire: 'cleanup', seal: 'committing' };

/** Only functions of newer code can execute a newer plan, so the error is retryable. */
function currentPlan(plan: Members): Members {
  const version = Number(plan['version']);
  if (version === PLAN_VERSION) return plan;
  if (version > PLAN_VERSION)
    throw new RetryableError('Busy', `the plan has version ${version}, this code reads ${PLAN_VERSION}`);
  const { steps, lanes, first, restores, last, outcome } = plan;
  return {
    version: PLAN_VERSION,
    steps: listOf(steps).map(currentStep),
    lanes: {
      ...(first ? { prepare: lanesOfOlder(membersOf(first), 'backward') } : {}),
      forward: lanesOfOlder(membersOf(lanes)),
      ...(last ? { cleanup: lanesOfOlder(membersOf(last), 'backward') } : {}),
      ...(restores ? { restore: lanesOfOlder(membersOf(restores)) } : {}),
    },
    ...(outcome ? { olderOutcome: outcome } : {}),
  };
}

function currentStep({ root: _, ...step }: Members): Members {
  const names = { standing: 'existingId', because: 'reason', interrupts: 'interruption' };
  return { ...renamed(step, names), act: ACTS[String(step['act'])] ?? step['act'] };
}

function currentJob(job: Members): Members {
  const names = { lines: 'queues', mark: 'rollbackCause', left: 'leftovers', rejoins: 'requeued' };
  const { phase, rollbackCause, resolution, ...rest } = renamed(job, names);
  return {
    ...rest,
    ...(phase === undefined ? {} : { phase: PHASES[String(phase)] ?? phase }),
    ...(isObject(rollbackCause) ? { rollbackCause: renamed(rollbackCause, { because: 'reason' }) } : {}),
    ...(isObject(resolution) ? { resolution: renamed(resolution, { left: 'leftovers' }) } : {}),
    events: listOf(job['events']).map(event => renamed(event, { verb: 'action' })),
  };
}

function currentEntry(entry: Members): Members {
  const { act, waiting, undo, ...rest } = entry;
  const names = { because: 'reason', askAgainAt: 'nextPollAt', asked: 'polls' };
  return {
    ...rest,
    ...(act === undefined ? {} : { act: ACTS[String(act)] ?? act }),
    ...(isObject(waiting) ? { waiting: renamed(waiting, names) } : {}),
    ...(isObject(undo) ? { undo: renamed(undo, names) } : {}),
  };
}
