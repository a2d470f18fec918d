// `gatehouse status`: a job with its steps, or what stands under a name.
import type { EntryPoint, Job } from '@gatehouse/client';
import { endLines, leftLine } from './ending.ts';
import type { Watching } from './follow.ts';
import { idIn, isJobId, newestJob, standing } from './jobs.ts';
import { jobLines } from './progress.ts';
import type { Terminal } from './terminal.ts';

export async function status({ client, terminal, print }: Watching, word: string): Promise<void> {
  const { stopped: signal } = terminal;
  const jobText = (job: Job) => wholeJob(job, terminal);
  if (isJobId(word)) return print.answer(await client.job(word, { signal }), jobText);
  const found = await standing(client, word, signal);
  if (found) return print.answer(found, entryPointLines);
  const job = await newestJob(client, word, signal);
  print.answer(job, each => [`${word} does not stand. Its newest job:`, ...jobText(each)]);
}

function wholeJob(job: Job, { stdout }: Terminal): string[] {
  const { id, operation, entryPoint, cloud, requester, createdAt } = job;
  const steps = jobLines(job, stdout, Date.now());
  return [
    `${id}: ${operation} ${entryPoint} on ${cloud}, asked for by ${requester} at ${createdAt}`,
    ...(job.endedAt === undefined ? steps : [...steps.slice(0, -1), ...endLines(job)]),
  ];
}

export function entryPointLines({
  name,
  cloud,
  owner,
  since,
  resources,
  left = [],
  lastJob,
  links,
}: EntryPoint): string[] {
  return [
    `${name} stands on ${cloud} since ${since}; it belongs to ${owner}.`,
    ...resources.map(({ kind, id }) => `  ${kind}: ${id}`),
    `Made by ${lastJob}.`,
    ...(links.runningJob ? [`Under way: ${idIn(links.runningJob)}.`] : []),
    ...(links.stuckJob ? [`Stuck: ${idIn(links.stuckJob)}; gatehouse status shows what you can do.`] : []),
    ...left.map(each => `  left: ${leftLine(each)}`),
  ];
}
