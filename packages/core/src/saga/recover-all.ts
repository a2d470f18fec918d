// One round of recovery over all open jobs, which the schedule runs once a minute. Its work is bounded by time and by the quotas
// of Step Functions. What it could not do is where the next round begins, so every job has its turn. A job that cannot be
// recovered is logged and does not delay the others.

import { toStepError } from '../ports/errors.ts';
import { inBatches } from '../ports/in-batches.ts';
import type { Ports } from '../ports/ports.ts';
import { executionName } from '../queue/execution.ts';
import { hasEnded } from '../record/events.ts';
import { type Job, jobIndex, timeLimitOf, waitsInQueue } from '../record/job.ts';
import { change, type Round, roundKey } from '../record/records.ts';
import { type Asking, recover } from './recover.ts';

/** A page is read from several partitions of the index, so few large pages take fewer reads. */
const PAGE = 1000;
const JOBS_AT_ONCE = 10;
/** The function of a round is ended after 60 seconds, and no call of it takes longer than 10. */
const ROUND_MS = 40_000;
/** A job that changed within this time is in progress: its own functions would still be at work. */
const QUIET_SECONDS = 60;
/**
 * The tightest quota of a region for DescribeExecution is a bucket of 250 calls, refilled with 10 a second. A round that uses 200
 * of them leaves the rest to other callers, and finds the bucket full again a minute later.
 */
export const MAX_ASKED = 200;

/** The result of a round, of which the metrics of recovery are made. */
export interface Recovered {
  open: number;
  failed: number;
  /** Jobs that the next round looks at first. */
  postponed: number;
  /** How long the open job that is oldest has had its present status. */
  oldestSeconds: number;
  /** How long an open job has exceeded its last time limit; 0 if none has. */
  overdueSeconds: number;
}

export async function recoverAll(ports: Ports): Promise<Recovered> {
  const now = ports.clock.now();
  const [open, round] = await Promise.all([openJobs(ports), ports.store.get(roundKey)]);
  const asking = await askingFor(ports, open);
  const isPostponed = new Set<string>();
  const recovered = await inBatches(startingAt(open, round?.value.from), JOBS_AT_ONCE, async ({ id }) => {
    if (ports.clock.now().getTime() > now.getTime() + ROUND_MS) {
      isPostponed.add(id);
      return true;
    }
    try {
      await recover(ports, id, job => {
        const answer = asking(job);
        if (answer === 'postponed') isPostponed.add(id);
        return answer === 'postponed' ? 'later' : answer;
      });
      return true;
    } catch (thrown) {
      const error = toStepError(thrown);
      ports.log.error('the job could not be recovered; the next round will retry', { jobId: id, error });
      return false;
    }
  });
  const first = startingAt(open, round?.value.from).find(({ id }) => isPostponed.has(id));
  await noteNext(ports, round?.value, first);
  return {
    open: open.length,
    failed: recovered.filter(isDone => !isDone).length,
    postponed: isPostponed.size,
    oldestSeconds: secondsSince(now, open.map(changedAt)),
    overdueSeconds: secondsSince(
      now,
      open.flatMap(job => timeLimitOf(job) ?? []),
    ),
  };
}

/** Oldest first. */
async function openJobs({ store }: Ports): Promise<Job[]> {
  const jobs: Job[] = [];
  let after: string | undefined;
  do {
    const page = await store.list<Job>('open', 'open', { limit: PAGE, ...(after ? { after } : {}) });
    jobs.push(...page.items);
    after = page.next;
  } while (after);
  return jobs.toReversed();
}

/** All jobs, beginning with the one at this place, or with the next one if that has ended. */
function startingAt(open: readonly Job[], from: string | undefined): Job[] {
  const at = from === undefined ? 0 : open.findIndex(job => jobIndex(job).order >= from);
  return at <= 0 ? [...open] : [...open.slice(at), ...open.slice(0, at)];
}

async function noteNext({ store }: Ports, was: Round | undefined, job: Job | undefined): Promise<void> {
  const from = job && jobIndex(job).order;
  if (from === was?.from) return;
  await change(store, roundKey, () => (from === undefined ? {} : { from }));
}

/**
 * Whether Step Functions is to be asked about a job: not while it is in progress, and not if its execution is in the list of
 * those that run. `postponed`: the calls of this round are used up.
 */
async function askingFor(ports: Ports, open: readonly Job[]): Promise<(job: Job) => Asking | 'postponed'> {
  const quietSince = ports.clock.now().getTime() - quietMs(ports);
  const isQuiet = (job: Job) => Date.parse(changedAt(job)) <= quietSince;
  const runs = (job: Job) => !waitsInQueue(job) && !hasEnded(job.status);
  const running = open.some(job => runs(job) && isQuiet(job)) ? await runningExecutions(ports) : new Set();
  let asked = 0;
  return job => {
    if (!isQuiet(job)) return 'later';
    if (running.has(executionName(job))) return 'running';
    return asked++ < MAX_ASKED ? 'now' : 'postponed';
  };
}

/** The list saves the calls for each of them. Without it, each is asked about in its turn. */
async function runningExecutions(ports: Ports): Promise<Set<string>> {
  try {
    return await ports.executions.running();
  } catch (thrown) {
    ports.log.error('the running executions could not be listed', { error: toStepError(thrown) });
    return new Set();
  }
}

function quietMs({ clock }: Ports): number {
  return clock.after(QUIET_SECONDS).getTime() - clock.after(0).getTime();
}

function changedAt(job: Job): string {
  return job.events.at(-1)?.at ?? job.createdAt;
}

/** The most seconds from one of these instants until now. */
function secondsSince(now: Date, instants: readonly string[]): number {
  const seconds = instants.map(instant => (now.getTime() - Date.parse(instant)) / 1000);
  return Math.max(0, ...seconds.map(Math.floor));
}
