// Resolves the argument of a command: a job id, or the name of an entry point, which stands for its newest or stuck job.
import { type Client, type EntryPoint, type Job, Problem } from '@gatehouse/client';
import { BadInput } from './exit.ts';

/** The name of an entry point can begin with `job-` as well, but is unlikely to match this pattern. */
const JOB_ID = /^job-[0-9a-f]{32}$/;

export function isJobId(word: string): boolean {
  return JOB_ID.test(word);
}

export async function jobIdOf(client: Client, word: string, signal: AbortSignal): Promise<string> {
  return isJobId(word) ? word : (await newestJob(client, word, signal)).id;
}

/** For the actions on a stuck job: the stuck job of an entry point, even if newer jobs wait behind it. */
export async function stuckJobIdOf(client: Client, word: string, signal: AbortSignal): Promise<string> {
  if (isJobId(word)) return word;
  return (await stuckThere(client, word, signal)) ?? jobIdOf(client, word, signal);
}

/** Both the entry point and the answer that it does not exist link to the stuck job. */
async function stuckThere(client: Client, name: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return idIn((await client.entryPoint(name, { signal })).links.stuckJob);
  } catch (thrown) {
    if (!isNotFound(thrown)) throw thrown;
    const { links } = Object(thrown.body);
    return idIn(Object(links).stuckJob);
  }
}

function isNotFound(thrown: unknown): thrown is Problem {
  return thrown instanceof Problem && thrown.code === 'EntryPointNotFound';
}

/** The job id in a link to a job. */
export function idIn(link: string | undefined): string | undefined {
  return link?.split('/').at(-1);
}

/** Throws BadInput if there is no entry point and no job of that name. */
export async function newestJob(client: Client, entryPoint: string, signal: AbortSignal): Promise<Job> {
  const { items } = await client.jobs({ entryPoint, pageSize: 1, signal });
  const [newest] = items;
  if (!newest)
    throw new BadInput(
      `the entry point ${entryPoint} does not exist and has no jobs; gatehouse list shows all entry points, gatehouse list --jobs all jobs`,
    );
  return client.job(newest.id, { signal });
}

/** The entry point of that name; undefined if it does not exist. */
export async function findEntryPoint(
  client: Client,
  name: string,
  signal?: AbortSignal,
): Promise<EntryPoint | undefined> {
  try {
    return await client.entryPoint(name, signal ? { signal } : {});
  } catch (thrown) {
    if (isNotFound(thrown)) return undefined;
    throw thrown;
  }
}
