// What a person may ask of a job: cancel, retry, skip, forget. Each answers with the job as it is from then on.
import type { Job } from '@gatehouse/client';
import { exitOf } from './ending.ts';
import { BadInput, EXIT, type ExitCode } from './exit.ts';
import { follow, type Watching } from './follow.ts';
import { jobIdOf, stuckJobIdOf } from './jobs.ts';

export interface Asked {
  reason?: string;
  wait?: boolean;
}

type Verb = 'cancel' | 'retry' | 'forget';

/** `forget` is never without a reason: the command line demands it. */
export async function ask(verb: Verb, word: string, asked: Asked, watching: Watching): Promise<ExitCode> {
  const { client, terminal } = watching;
  const { stopped: signal } = terminal;
  const { reason = '' } = asked;
  const id = await (verb === 'cancel' ? jobIdOf : stuckJobIdOf)(client, word, signal);
  const why = { ...(reason ? { reason } : {}), signal };
  const job = await (verb === 'forget' ? client.forget(id, { reason, signal }) : client[verb](id, why));
  return answer(job, asked, watching);
}

export async function skip(word: string, step: string, asked: Asked, watching: Watching): Promise<ExitCode> {
  const { client, terminal } = watching;
  const { stopped: signal } = terminal;
  const { id, status, left = [] } = await client.job(await stuckJobIdOf(client, word, signal), { signal });
  const found = left.find(each => each.step === step || each.title === step);
  if (!found) {
    const names = left.map(each => each.step).join(', ');
    throw new BadInput(
      names
        ? `${id} has not left ${step} behind; it has left ${names}`
        : `${id} is ${status} and has left nothing behind; only a step of a stuck job can be skipped`,
    );
  }
  const { reason } = asked;
  const job = await client.skip(id, found.step, { ...(reason ? { reason } : {}), signal });
  return answer(job, asked, watching);
}

async function answer(job: Job, { wait = false }: Asked, watching: Watching): Promise<ExitCode> {
  if (wait) return exitOf(await follow(job.id, watching));
  watching.print.answer(job, ({ id, status, summary }) => [`${id} is ${status}: ${summary}`]);
  return EXIT.succeeded;
}
