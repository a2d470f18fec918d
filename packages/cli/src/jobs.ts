// What a person means by a word: a job's id, or an entry point, of which what stands or its newest job is meant.
import { type Client, type EntryPoint, type Job, Problem } from '@gatehouse/client';
import { BadInput } from './exit.ts';

/** An entry point could begin with `job-` too, but hardly goes on like that. */
const JOB_ID = /^job-[0-9a-f]{32}$/;

export function isJobId(word: string): boolean {
  return JOB_ID.test(word);
}

export async function jobIdOf(client: Client, word: string, signal: AbortSignal): Promise<string> {
  return isJobId(word) ? word : (await newestJob(client, word, signal)).id;
}

/** For the ways out of a stuck job: of an entry point the one that is stuck there, whatever came after it. */
export async function stuckJobIdOf(client: Client, word: string, signal: AbortSignal): Promise<string> {
  if (isJobId(word)) return word;
  return (await stuckThere(client, word, signal)) ?? jobIdOf(client, word, signal);
}

/** What stands under the name tells of it, and so does the answer that nothing does. */
async function stuckThere(client: Client, name: string, signal: AbortSignal): Promise<string | undefined> {
  try {
    return idIn((await client.entryPoint(name, { signal })).links.stuckJob);
  } catch (thrown) {
    if (!isNotThere(thrown)) throw thrown;
    const { links } = Object(thrown.body);
    return idIn(Object(links).stuckJob);
  }
}

function isNotThere(thrown: unknown): thrown is Problem {
  return thrown instanceof Problem && thrown.code === 'EntryPointNotFound';
}

/** The job's id in a link to it. */
export function idIn(link: string | undefined): string | undefined {
  return link?.split('/').at(-1);
}

/** Throws BadInput where there is no entry point of that name and never was a job of it. */
export async function newestJob(client: Client, entryPoint: string, signal: AbortSignal): Promise<Job> {
  const { items } = await client.jobs({ entryPoint, pageSize: 1, signal });
  const [newest] = items;
  if (!newest)
    throw new BadInput(
      `there is no entry point ${entryPoint}, and no job ever asked for one; gatehouse list shows those that stand, gatehouse list --jobs all jobs`,
    );
  return client.job(newest.id, { signal });
}

/** What stands under a name; undefined where nothing does. */
export async function standing(
  client: Client,
  name: string,
  signal?: AbortSignal,
): Promise<EntryPoint | undefined> {
  try {
    return await client.entryPoint(name, signal ? { signal } : {});
  } catch (thrown) {
    if (isNotThere(thrown)) return undefined;
    throw thrown;
  }
}
