// What a job of a request would meet in its queues at present, for plans: the jobs that it would wait for, and a refusal.

import type { Store } from '../ports/ports.ts';
import { queueKey } from '../record/records.ts';
import type { Request } from '../request/request.ts';
import { entryPointQueue, holderOf } from './queue.ts';
import { noRoom } from './room.ts';

/** For people. `shared`: its queues besides that of its entry point. Takes no place in any of them. */
export async function outlookOf(
  store: Store,
  { entryPoint, options }: Pick<Request, 'entryPoint' | 'options'>,
  { caller, shared }: { caller: string; shared: readonly string[] },
): Promise<string[]> {
  const names = [entryPointQueue(entryPoint), ...shared];
  const queues = await store.many(names.map(queueKey));
  const refusal = await noRoom(store, { caller, queues });
  if (refusal)
    return [`A job of this request would be refused at present with ${refusal.code}: ${refusal.message}.`];
  const held = queues.flatMap((queue, at) =>
    queue?.value.jobs[0] ? [[names[at], queue.value.jobs[0]]] : [],
  );
  return Promise.all(
    held.map(async ([name, jobId]) => {
      const { holder } = await holderOf({ store }, jobId);
      const of = holder ? ` of entry point ${holder.entryPoint}, which is ${holder.status}` : '';
      const end =
        options.queueSeconds === 0
          ? 'it would fail with QueueTimedOut, because options.queueSeconds is 0'
          : 'it would wait, and be planned after that';
      return `The queue of ${name} is held by ${jobId}${of}. If a job of this request began now, ${end}.`;
    }),
  );
}
