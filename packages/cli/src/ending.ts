// The output for a job that has ended: its status, its duration, the resources, the addresses, what went wrong, and the
// leftovers.
import type { Job } from '@gatehouse/client';
import { addressLines } from './addresses.ts';
import { duration } from './duration.ts';
import { EXIT, type ExitCode } from './exit.ts';
import type { Printer } from './terminal.ts';

const EXITS: Record<string, ExitCode> = {
  SUCCEEDED: EXIT.succeeded,
  FAILED: EXIT.asBefore,
  CANCELLED: EXIT.asBefore,
  ROLLED_BACK: EXIT.asBefore,
};

/** A status that this version does not know needs manual action. */
export function exitOf({ status }: Job): ExitCode {
  return EXITS[status] ?? EXIT.needsAction;
}

export function endLines(job: Job, print: Pick<Printer, 'command'>): string[] {
  const outcome = `${job.status} after ${tookOf(job)}: ${job.summary}`;
  return [
    outcome,
    ...resourceLines(job),
    ...addressLines(job, job.entryPoint, print),
    ...troubleLines(job, print),
  ];
}

export function tookOf({ startedAt, createdAt, endedAt = createdAt }: Job): string {
  return duration(Date.parse(endedAt) - Date.parse(startedAt ?? createdAt));
}

/** The resources of the job, with their cloud ids. */
function resourceLines({ status, steps }: Job): string[] {
  if (status !== 'SUCCEEDED') return [];
  return steps.flatMap(({ title, cloudId, act }) =>
    cloudId && act !== 'wait' && act !== 'delete' ? [`  ${title}: ${cloudId}`] : [],
  );
}

/** What went wrong, what is left over, and the commands that resolve it. */
export function troubleLines(job: Job, { command }: Pick<Printer, 'command'>): string[] {
  const { id: jobId, error, leftovers = [], skipped = [], steps, allowedActions, resolution } = job;
  const { errors = [], provider } = error ?? {};
  return [
    ...errors.flatMap(each => errorLine(each, job.summary)),
    ...(provider
      ? [
          `  ${provider.service} ${provider.operation} returned ${provider.errorCode}${provider.requestId ? ` (request ${provider.requestId})` : ''}`,
        ]
      : []),
    ...leftovers.map(each => `  leftover: ${leftoverLine(each)}`),
    ...steps.flatMap(({ title, notices = [] }) => notices.map(notice => `  notice: ${title}: ${notice}`)),
    ...skipped.map(each => `  skipped by ${each.by}: ${leftoverLine(each)}`),
    ...(resolution ? [`  forgotten by ${resolution.by} at ${resolution.at}: ${resolution.reason}`] : []),
    ...(allowedActions.length > 0 ? [nextSteps(allowedActions, jobId, { command })] : []),
  ];
}

/** The actions that the job allows, as commands. */
export function nextSteps(
  actions: readonly string[],
  jobId: string,
  { command }: Pick<Printer, 'command'>,
): string {
  return `Next steps: ${actions.map(action => command(wordsOf(action, jobId))).join(', ')}`;
}

export function leftoverLine({ title, step, id, problem }: NonNullable<Job['leftovers']>[number]): string {
  return `${title}${id ? ` ${id}` : ''} (step ${step}): ${problem.message}`;
}

/** The summary can already contain the detail; an error of the whole request has no location. */
function errorLine({ pointer, detail }: { pointer: string; detail: string }, summary: string): string[] {
  if (!summary.includes(detail)) return [pointer ? `  ${pointer}: ${detail}` : `  ${detail}`];
  return pointer ? [`  at ${pointer}`] : [];
}

const ARGUMENTS: Record<string, string> = { skip: ' STEP', forget: ' --reason TEXT' };

function wordsOf(action: string, jobId: string): string {
  return `${action} ${jobId}${ARGUMENTS[action] ?? ''}`;
}
