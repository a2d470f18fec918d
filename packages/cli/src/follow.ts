// Watches a job until it has ended. Ctrl-C stops watching; the job continues.
import type { Client, Job } from '@gatehouse/client';
import { endLines } from './ending.ts';
import { Interrupted } from './exit.ts';
import { type Progress, showProgress } from './progress.ts';
import type { Printer, Terminal } from './terminal.ts';

export interface Watching {
  client: Client;
  terminal: Terminal;
  print: Printer;
}

/** Returns the job as it has ended. */
export async function follow(id: string, { client, terminal, print }: Watching): Promise<Job> {
  const progress = print.json ? asJson(print) : showProgress(terminal.stdout);
  const { stopped: signal } = terminal;
  try {
    let last: Job | undefined;
    for await (const job of client.wait(id, { signal, onRetry: progress.trouble })) {
      progress.show(job);
      last = job;
    }
    if (!last) throw new Error(`${id} ended without an answer`);
    if (!print.json) print.answer(last, job => endLines(job, print));
    return last;
  } catch (thrown) {
    if (!terminal.stopped.aborted) throw thrown;
    throw new Interrupted(
      `Stopped watching. The job continues. To watch it again, run ${print.command(`watch ${id}`)}; to cancel it, ${print.command(`cancel ${id}`)}`,
    );
  } finally {
    progress.close();
  }
}

/** For programs: the whole job at each change. */
function asJson(print: Printer): Progress {
  return { show: job => print.answer(job, () => []), trouble: print.trouble, close() {} };
}
