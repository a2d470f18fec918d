// Resolves the argument of a command: a job id, or the name of an entry point, which stands for its newest or stuck job.
import { type Client, type EntryPoint, type Job, Problem } from '@gatehouse/client';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';

/** The name of an entry point can begin with `job-` as well, but is unlikely to match this pattern. */
const JOB_ID = /^job-[0-9a-f]{32}$/;

export function isJobId(word: string): boolean {
  return JOB_ID.test(word);
}

export async function jobIdOf(watching: Watching, word: string): Promise<string> {
  return isJobId(word) ? word : (await newestJob(watching, word)).id;
}

/** For the actions on a stuck job: the stuck job of an entry point, even if newer jobs wait behind it. */
export async function stuckJobIdOf(watching: Watching, word: string): Promise<string> {
  if (isJobId(word)) return word;
  const { links } = await lookUp(watching.client, word, watching.terminal.stopped);
  return idIn(links.stuckJob) ?? jobIdOf(watching, word);
}

export interface Found {
  /** Absent if there is no entry point of that name. */
  entryPoint?: EntryPoint;
  /** To the job that holds the queue of the entry point, even of one that does not exist. */
  links: { stuckJob?: string; runningJob?: string };
}

/** Both the entry point and the answer that it does not exist link to the job that holds its queue. */
export async function lookUp(client: Client, name: string, signal?: AbortSignal): Promise<Found> {
  try {
    const entryPoint = await client.entryPoint(name, signal ? { signal } : {});
    return { entryPoint, links: entryPoint.links };
  } catch (thrown) {
    if (!(thrown instanceof Problem && thrown.code === 'EntryPointNotFound')) throw thrown;
    return { links: Object(Object(thrown.body).links) };
  }
}

/** The job id in a link to a job. */
export function idIn(link: string | undefined): string | undefined {
  return link?.split('/').at(-1);
}

/** Throws BadInput if there is no entry point and no job of that name. */
export async function newestJob({ client, terminal, print }: Watching, entryPoint: string): Promise<Job> {
  const { stopped: signal } = terminal;
  const { items } = await client.jobs({ entryPoint, pageSize: 1, signal });
  const [newest] = items;
  if (!newest)
    throw new BadInput(
      `the entry point ${entryPoint} does not exist and has no jobs; ${print.command('list')} shows all entry points, ${print.command('list --jobs')} all jobs`,
    );
  return client.job(newest.id, { signal });
}

/** The entry point of that name; undefined if it does not exist. */
export async function findEntryPoint(
  client: Client,
  name: string,
  signal?: AbortSignal,
): Promise<EntryPoint | undefined> {
  return (await lookUp(client, name, signal)).entryPoint;
}
