// `gatehouse status`: shows a job with its steps, or an entry point with its resources.
import type { EntryPoint, Job } from '@gatehouse/client';
import { endLines, leftoverLine } from './ending.ts';
import type { Watching } from './follow.ts';
import { findEntryPoint, idIn, isJobId, newestJob } from './jobs.ts';
import { jobLines } from './progress.ts';
import type { Terminal } from './terminal.ts';

export async function status({ client, terminal, print }: Watching, word: string): Promise<void> {
  const { stopped: signal } = terminal;
  const jobText = (job: Job) => wholeJob(job, terminal);
  if (isJobId(word)) return print.answer(await client.job(word, { signal }), jobText);
  const found = await findEntryPoint(client, word, signal);
  if (found) return print.answer(found, entryPointLines);
  const job = await newestJob(client, word, signal);
  print.answer(job, each => [`${word} does not exist. Its newest job:`, ...jobText(each)]);
}

function wholeJob(job: Job, { stdout }: Terminal): string[] {
  const { id, operation, entryPoint, cloud, requester, createdAt } = job;
  const steps = jobLines(job, stdout, Date.now());
  return [
    `${id}: ${operation} ${entryPoint} on ${cloud}, requested by ${requester} at ${createdAt}`,
    ...(job.endedAt === undefined ? steps : [...steps.slice(0, -1), ...endLines(job)]),
  ];
}

export function entryPointLines({
  name,
  cloud,
  owner,
  since,
  resources,
  leftovers = [],
  lastJob,
  links,
}: EntryPoint): string[] {
  return [
    `${name}: on ${cloud} since ${since}, owned by ${owner}.`,
    ...resources.map(({ kind, id }) => `  ${kind}: ${id}`),
    `Last job: ${lastJob}.`,
    ...(links.runningJob ? [`Running job: ${idIn(links.runningJob)}.`] : []),
    ...(links.stuckJob ? stuckLines(idIn(links.stuckJob)) : []),
    ...leftovers.map(each => `  leftover: ${leftoverLine(each)}`),
  ];
}

function stuckLines(jobId: string | undefined): string[] {
  return [`Stuck job: ${jobId}. To see what you can do, run gatehouse status ${jobId}.`];
}
