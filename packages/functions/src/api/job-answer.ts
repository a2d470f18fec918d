// The answer with a job, the same for every route that returns one: the job, its ETag, and when to poll again.
import { createHash } from 'node:crypto';
import type { JobView } from '@gatehouse/core/api/answers';
import { jobView } from '@gatehouse/core/api/job-view';
import { retryAfterSeconds } from '@gatehouse/core/api/retry-after';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { queuePositions } from '@gatehouse/core/queue/queue';
import { hasEnded } from '@gatehouse/core/record/events';
import { readJobRecord } from '@gatehouse/core/record/records';
import type { ApiAnswer } from './answer.ts';
import { noJob } from './problem.ts';

export async function jobAnswer(ports: TablePorts, id: string): Promise<ApiAnswer<JobView>> {
  const jobRecord = await readJobRecord(ports.store, id);
  if (!jobRecord) return noJob(id);
  const positions = await queuePositions(ports, jobRecord.job);
  const view = jobView(jobRecord, positions);
  const etag = `"${createHash('sha256').update(JSON.stringify(view)).digest('base64url').slice(0, 22)}"`;
  const retryAfter = { 'retry-after': String(retryAfterSeconds(view, ports.clock)) };
  return {
    status: 200,
    headers: { etag, ...(hasEnded(view.status) ? {} : retryAfter) },
    body: view,
  };
}

/** A job that has ended no longer changes by itself, so its answer has no Retry-After. */
export function isOver({ headers }: ApiAnswer): boolean {
  return headers?.['retry-after'] === undefined;
}
