// `gatehouse remove`: removes an entry point with all its resources.
import type { Request } from '@gatehouse/core/request/request';
import type { ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { findEntryPoint, newestJob } from './jobs.ts';
import { requestIn } from './read-request.ts';
import { type Submission, submit } from './submit.ts';

export async function remove(
  name: string,
  { force = false, ...submission }: Submission & { force?: boolean },
  watching: Watching,
): Promise<ExitCode> {
  return submit(await removalOf(name, force, watching), submission, watching);
}

export async function removalOf(name: string, force: boolean, watching: Watching): Promise<Request> {
  // A removed entry point can still have a job with this key.
  const { cloud } =
    (await findEntryPoint(watching.client, name, watching.terminal.stopped)) ??
    (await newestJob(watching, name));
  const value = { operation: 'remove', entryPoint: name, cloud, options: { force } };
  return requestIn({ name: 'the removal', text: '', value });
}
