// What is said of a job that has ended: how, after how long, what stands, what went wrong and what is left.
import type { Job } from '@gatehouse/client';
import { duration } from './duration.ts';
import { EXIT, type ExitCode } from './exit.ts';

const EXITS: Record<string, ExitCode> = {
  SUCCEEDED: EXIT.succeeded,
  FAILED: EXIT.asBefore,
  CANCELLED: EXIT.asBefore,
  ROLLED_BACK: EXIT.asBefore,
};

/** An end that this version does not know is for a person to look at. */
export function exitOf({ status }: Job): ExitCode {
  return EXITS[status] ?? EXIT.needsPerson;
}

export function endLines(job: Job): string[] {
  return [`${job.status} after ${tookOf(job)}: ${job.summary}`, ...standsLines(job), ...troubleLines(job)];
}

export function tookOf({ startedAt, createdAt, endedAt = createdAt }: Job): string {
  return duration(Date.parse(endedAt) - Date.parse(startedAt ?? createdAt));
}

/** What the job made, with the clouds' ids. */
function standsLines({ status, steps }: Job): string[] {
  if (status !== 'SUCCEEDED') return [];
  return steps.flatMap(({ title, cloudId, act }) =>
    cloudId && act !== 'wait' && act !== 'delete' ? [`  ${title}: ${cloudId}`] : [],
  );
}

function troubleLines(job: Job): string[] {
  const { id: jobId, error, left = [], skipped = [], steps, allowed, resolution } = job;
  const { errors = [], provider } = error ?? {};
  return [
    // What the summary says already only gets its place.
    ...errors.map(({ pointer, detail }) =>
      job.summary.includes(detail) ? `  at ${pointer}` : `  ${pointer}: ${detail}`,
    ),
    ...(provider
      ? [
          `  ${provider.service} ${provider.operation} answered ${provider.errorCode}${provider.requestId ? ` (request ${provider.requestId})` : ''}`,
        ]
      : []),
    ...left.map(each => `  left: ${leftLine(each)}`),
    ...steps.flatMap(({ title, notices = [] }) => notices.map(notice => `  notice: ${title}: ${notice}`)),
    ...skipped.map(each => `  left behind by ${each.by}: ${leftLine(each)}`),
    ...(resolution ? [`  given up by ${resolution.by} at ${resolution.at}: ${resolution.reason}`] : []),
    ...(allowed.length > 0 ? [`What you can do: ${allowed.map(verb => sayOf(verb, jobId)).join(', ')}`] : []),
  ];
}

export function leftLine({ title, step, id, problem }: NonNullable<Job['left']>[number]): string {
  return `${title}${id ? ` ${id}` : ''} (step ${step}): ${problem.message}`;
}

const ARGUMENTS: Record<string, string> = { skip: ' STEP', forget: ' --reason TEXT' };

function sayOf(verb: string, jobId: string): string {
  return `gatehouse ${verb} ${jobId}${ARGUMENTS[verb] ?? ''}`;
}
