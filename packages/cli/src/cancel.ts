// `gatehouse cancel`: says what becomes of the job from here on.
import type { Watching } from './follow.ts';
import { jobIdOf } from './jobs.ts';

export async function cancel(
  { client, terminal, print }: Watching,
  word: string,
  { reason }: { reason?: string },
): Promise<void> {
  const { stopped: signal } = terminal;
  const id = await jobIdOf(client, word, signal);
  const job = await client.cancel(id, { ...(reason ? { reason } : {}), signal });
  print.answer(job, () => [`${id} is ${job.status}: ${job.summary}`]);
}
