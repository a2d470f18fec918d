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
export function standsLines({ status, steps }: Job): string[] {
  if (status !== 'SUCCEEDED') return [];
  return steps.flatMap(({ title, cloudId, act }) =>
    cloudId && act !== 'settle' && act !== 'remove' ? [`  ${title}: ${cloudId}`] : [],
  );
}

function troubleLines({ error, left = [], steps }: Job): string[] {
  const { errors = [], provider } = error ?? {};
  return [
    ...errors.map(({ pointer, detail }) => `  ${pointer}: ${detail}`),
    ...(provider
      ? [
          `  ${provider.service} ${provider.operation} answered ${provider.errorCode}${provider.requestId ? ` (request ${provider.requestId})` : ''}`,
        ]
      : []),
    ...left.map(({ title, id, problem }) => `  left: ${title}${id ? ` ${id}` : ''}: ${problem.message}`),
    ...steps.flatMap(({ title, notices = [] }) => notices.map(notice => `  notice: ${title}: ${notice}`)),
  ];
}
