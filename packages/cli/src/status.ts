// `gatehouse status`: shows a job with its steps, or an entry point with its resources, its stuck job and the jobs that wait
// behind it.
import type { EntryPoint, Job } from '@gatehouse/client';
import { addressLines } from './addresses.ts';
import { endLines, troubleLines } from './ending.ts';
import type { Watching } from './follow.ts';
import { idIn, isJobId, lookUp, newestJob } from './jobs.ts';
import { jobLines } from './progress.ts';
import type { Printer, Terminal } from './terminal.ts';

export async function status(watching: Watching, word: string): Promise<void> {
  const { client, terminal, print } = watching;
  const { stopped: signal } = terminal;
  const jobText = (job: Job) => wholeJob(job, terminal, print);
  if (isJobId(word)) return print.answer(await client.job(word, { signal }), jobText);
  const { entryPoint, links } = await lookUp(client, word, signal);
  const holderId = idIn(links.stuckJob ?? links.runningJob);
  const holder = holderId === undefined ? undefined : await client.job(holderId, { signal });
  const behind = holder ? await waitingBehind(holder, watching) : [];
  const behindLines = (jobs: readonly Job[]) =>
    jobs.map(({ id, summary }) => `Waiting job ${id}: ${summary}`);
  if (entryPoint) {
    return print.answer(entryPoint, each => [
      ...entryPointLines(each, print),
      ...(holder ? holderLines(holder, print) : []),
      ...behindLines(behind),
    ]);
  }
  const which = links.stuckJob ? 'stuck' : holder ? 'running' : 'newest';
  print.answer(holder ?? (await newestJob(watching, word)), job => [
    `${word} does not exist. Its ${which} job:`,
    ...jobText(job),
    ...behindLines(behind),
  ]);
}

/** More jobs than these are counted by `gatehouse list`. */
const MAX_BEHIND = 5;

async function waitingBehind(holder: Job, { client, terminal }: Watching): Promise<Job[]> {
  const { stopped: signal } = terminal;
  const { entryPoint } = holder;
  const { items } = await client.jobs({ entryPoint, status: 'QUEUED', pageSize: MAX_BEHIND, signal });
  const behind = items.filter(({ id }) => id !== holder.id).toReversed();
  return Promise.all(behind.map(({ id }) => client.job(id, { signal })));
}

function wholeJob(job: Job, { stdout }: Terminal, print: Printer): string[] {
  const { id, operation, entryPoint, cloud, requester, createdAt } = job;
  const steps = jobLines(job, stdout, Date.now());
  return [
    `${id}: ${operation} ${entryPoint} on ${cloud}, requested by ${requester} at ${createdAt}`,
    ...(job.endedAt === undefined
      ? [...steps, ...addressLines(job, entryPoint, print)]
      : [...steps.slice(0, -1), ...endLines(job, print)]),
    ...job.steps.flatMap(foreignLines),
  ];
}

/** What the step will also delete. Once it is done, its notices name what it has deleted. */
function foreignLines({ act, title, state, deletesForeign = [] }: Job['steps'][number]): string[] {
  return state === 'done' ? [] : deletesForeign.map(name => `  ${act} ${title} also deletes foreign ${name}`);
}

export function entryPointLines(entryPoint: EntryPoint, print: Pick<Printer, 'command'>): string[] {
  const { name, cloud, owner, since, resources, lastJob } = entryPoint;
  return [
    `${name}: on ${cloud} since ${since}, owned by ${owner}${entryPoint.protected ? ', protected from removal' : ''}.`,
    ...resources.map(({ kind, id }) => `  ${kind}: ${id}`),
    ...addressLines(entryPoint, name, print),
    `Last job: ${lastJob}.`,
  ];
}

/** The job at the head of the queue: what it does, or why it is stuck and what resolves that. */
function holderLines(job: Job, print: Printer): string[] {
  const { id, status, summary, operation, endedAt } = job;
  if (endedAt === undefined) return [`Running job: ${id}. ${status}: ${summary}`];
  return [
    `Stuck job: ${id} (${operation}). ${status}: ${summary} Until it is resolved, no other job of this entry point begins.`,
    ...troubleLines(job, print),
  ];
}
