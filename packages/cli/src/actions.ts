// The actions on a job: cancel, retry, skip, forget. Each answers with the job as it is after the action.
import type { Job } from '@gatehouse/client';
import { exitOf } from './ending.ts';
import { BadInput, EXIT, type ExitCode } from './exit.ts';
import { follow, type Watching } from './follow.ts';
import { jobIdOf, stuckJobIdOf } from './jobs.ts';

export interface ActionOptions {
  reason?: string;
  wait?: boolean;
}

type Action = 'cancel' | 'retry' | 'forget';

/** The command line requires a reason for `forget`. */
export async function performAction(
  action: Action,
  word: string,
  options: ActionOptions,
  watching: Watching,
): Promise<ExitCode> {
  const { client, terminal } = watching;
  const { stopped: signal } = terminal;
  const { reason = '' } = options;
  const id = await (action === 'cancel' ? jobIdOf : stuckJobIdOf)(watching, word);
  const why = { ...(reason ? { reason } : {}), signal };
  const job = await (action === 'forget' ? client.forget(id, { reason, signal }) : client[action](id, why));
  return answer(job, options, watching);
}

export async function skip(
  word: string,
  step: string,
  options: ActionOptions,
  watching: Watching,
): Promise<ExitCode> {
  const { client, terminal } = watching;
  const { stopped: signal } = terminal;
  const jobId = await stuckJobIdOf(watching, word);
  const { id, status, leftovers = [] } = await client.job(jobId, { signal });
  const found = leftovers.find(each => each.step === step || each.title === step);
  if (!found) {
    const names = leftovers.map(each => each.step).join(', ');
    throw new BadInput(
      names
        ? `${step} is not a leftover of ${id}; its leftovers are ${names}`
        : `${id} is ${status} and has no leftovers; only a leftover of a stuck job can be skipped`,
    );
  }
  const { reason } = options;
  const job = await client.skip(id, found.step, { ...(reason ? { reason } : {}), signal });
  return answer(job, options, watching);
}

async function answer(job: Job, { wait = false }: ActionOptions, watching: Watching): Promise<ExitCode> {
  if (wait) return exitOf(await follow(job.id, watching));
  watching.print.answer(job, ({ id, status, summary }) => [`${id} is ${status}: ${summary}`]);
  return EXIT.succeeded;
}
