// `gatehouse apply`: a file becomes a job, and with --wait what the job comes to. One key for all tries: however often
// the answer is lost, there is one job.
import { NoAnswer, Problem } from '@gatehouse/client';
import { exitOf } from './ending.ts';
import { EXIT, type ExitCode } from './exit.ts';
import { follow, type Watching } from './follow.ts';
import { mistakesIn, readRequest, requestIn } from './read-request.ts';

export interface Apply {
  file: string;
  wait: boolean;
  idempotencyKey?: string;
}

export async function apply(asked: Apply, watching: Watching): Promise<ExitCode> {
  const { client, terminal, print } = watching;
  const read = await readRequest(asked.file, terminal.stdin);
  const request = requestIn(read);
  const idempotencyKey = asked.idempotencyKey ?? crypto.randomUUID();
  const { id, ...job } = await client
    .submit(request, { idempotencyKey, signal: terminal.stopped })
    .catch((thrown: unknown): never => {
      if (thrown instanceof Problem && thrown.errors.length > 0) throw mistakesIn(read, thrown.errors);
      throw thrown instanceof NoAnswer && !thrown.unsent ? unsure(thrown, idempotencyKey) : thrown;
    });
  if (!asked.wait) {
    print.answer({ id, ...job }, () => [`${id}: ${job.summary} gatehouse watch ${id} shows it.`]);
    return EXIT.succeeded;
  }
  if (!print.json) print.note(`${id}: ${job.operation} ${job.entryPoint}`);
  return exitOf(await follow(id, watching));
}

function unsure({ message, cause }: NoAnswer, idempotencyKey: string): NoAnswer {
  const advice = `The job may have been made: the same command with --idempotency-key ${idempotencyKey} finds it, and makes no second one.`;
  return new NoAnswer(`${message}. ${advice}`, { unsent: false, cause });
}
