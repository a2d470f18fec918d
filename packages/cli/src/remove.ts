// `gatehouse remove`: everything that stands under a name goes.
import type { Request } from '@gatehouse/core/request/request';
import type { ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { newestJob, standing } from './jobs.ts';
import { requestIn } from './read-request.ts';
import { type Submission, submit } from './submit.ts';

export async function remove(
  name: string,
  { force = false, ...asked }: Submission & { force?: boolean },
  watching: Watching,
): Promise<ExitCode> {
  return submit(await removalOf(name, force, watching), asked, watching);
}

export async function removalOf(
  name: string,
  force: boolean,
  { client, terminal }: Watching,
): Promise<Request> {
  // What is gone already may still have the job of this key.
  const { cloud } =
    (await standing(client, name, terminal.stopped)) ?? (await newestJob(client, name, terminal.stopped));
  const value = { operation: 'remove', entryPoint: name, cloud, options: { force } };
  return requestIn({ name: 'the removal', text: '', value });
}
