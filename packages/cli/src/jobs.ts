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
    if (thrown instanceof Problem && thrown.code === 'EntryPointNotFound') return undefined;
    throw thrown;
  }
}
