// A request becomes a job, and with --wait what the job comes to. One key for all tries: however often the answer is
// lost, there is one job.
import { type Job, NoAnswer, type Request } from '@gatehouse/client';
import { exitOf } from './ending.ts';
import { EXIT, type ExitCode, Interrupted } from './exit.ts';
import { follow, type Watching } from './follow.ts';

export interface Submission {
  wait?: boolean;
  idempotencyKey?: string;
  /** Of a plan. */
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
    .catch((thrown: unknown) => tellKey(thrown, idempotencyKey, terminal.stopped));
  if (!wait) {
    print.answer(job, acceptedLines);
    return EXIT.succeeded;
  }
  if (!print.json) print.note(`${job.id}: ${job.operation} ${job.entryPoint}`);
  return exitOf(await follow(job.id, watching));
}

function acceptedLines({ id, operation, entryPoint, summary }: Job): string[] {
  return [`${id}: ${operation} ${entryPoint}. ${summary}`, `gatehouse watch ${id} shows each step.`];
}

/** Where nobody knows whether the request arrived. */
function tellKey(thrown: unknown, idempotencyKey: string, { aborted }: AbortSignal): never {
  const advice = `The job may have been made: the same command with --idempotency-key ${idempotencyKey} finds it, and makes no second one.`;
  if (aborted) throw new Interrupted(`Stopped before the answer came. ${advice}`);
  if (!(thrown instanceof NoAnswer) || thrown.unsent) throw thrown;
  throw new NoAnswer(`${thrown.message}. ${advice}`, { unsent: false, cause: thrown.cause });
}
