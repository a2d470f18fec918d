// Submits a request and, with --wait, follows its job. All attempts use one key, so there is one job however often an answer is
// lost.
import { type Job, NoAnswer, type Request } from '@gatehouse/client';
import { exitOf } from './ending.ts';
import { EXIT, type ExitCode, Interrupted, LostSubmission } from './exit.ts';
import { follow, type Watching } from './follow.ts';
import type { Printer } from './terminal.ts';

export interface Submission {
  wait?: boolean;
  idempotencyKey?: string;
  /** The hash of a plan. */
  plan?: string;
}

export async function submit(
  request: Request,
  { wait, plan, idempotencyKey = crypto.randomUUID() }: Submission,
  watching: Watching,
): Promise<ExitCode> {
  const { client, terminal, print } = watching;
  const job = await client
    .submit(request, { idempotencyKey, planHash: plan, signal: terminal.stopped })
    .catch((thrown: unknown) => withKey(thrown, idempotencyKey, terminal.stopped));
  if (!wait) {
    print.answer(job, each => acceptedLines(each, print));
    return EXIT.succeeded;
  }
  if (!print.json) print.note(`${job.id}: ${job.operation} ${job.entryPoint}`);
  return exitOf(await follow(job.id, watching));
}

function acceptedLines({ id, operation, entryPoint, summary }: Job, { command }: Printer): string[] {
  return [`${id}: ${operation} ${entryPoint}. ${summary}`, `To watch it, run: ${command(`watch ${id}`)}`];
}

/** Adds the key if the request may have arrived. */
function withKey(thrown: unknown, idempotencyKey: string, { aborted }: AbortSignal): never {
  const advice = `The job may exist. To find it without creating another, run the same command with --idempotency-key ${idempotencyKey}.`;
  if (aborted) throw new Interrupted(`Stopped before an answer arrived. ${advice}`);
  if (!(thrown instanceof NoAnswer)) throw thrown;
  const message = thrown.unsent
    ? `${thrown.message}. Nothing was submitted.`
    : `${thrown.message}. ${advice}`;
  throw new LostSubmission(message, { unsent: thrown.unsent, cause: thrown.cause, idempotencyKey });
}
