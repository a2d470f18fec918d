// `gatehouse remove`: everything that stands under a name goes.
import type { ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { newestJob, standing } from './jobs.ts';
import { requestIn } from './read-request.ts';
import { type Submission, submit } from './submit.ts';

export async function remove(
  name: string,
  { force, ...asked }: Submission & { force: boolean },
  watching: Watching,
): Promise<ExitCode> {
  const { client, terminal } = watching;
  // What is gone already may still have the job of this key.
  const { cloud } =
    (await standing(client, name, terminal.stopped)) ?? (await newestJob(client, name, terminal.stopped));
  const value = { operation: 'remove', entryPoint: name, cloud, options: { force } };
  return submit(requestIn({ name: 'the removal', text: '', value }), asked, watching);
}
