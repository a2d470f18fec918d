// GET /v1/jobs/{id}/events: the job's history after a sequence number. A caller that passes `next` of one answer as `after`
// of the next call gets each event exactly once.

import type { TablePorts } from '@gatehouse/core/ports/ports';
import { hasEnded } from '@gatehouse/core/record/events';
import { jobKey } from '@gatehouse/core/record/records';
import type * as z from 'zod';
import { tablePorts } from '../table-ports.ts';
import type { ApiAnswer } from './answer.ts';
import type { eventPageSchema } from './answer-schemas.ts';
import { type ApiRequest, http } from './http.ts';
import { eventsQuery } from './input-schemas.ts';
import { isOver, jobAnswer } from './job-answer.ts';
import { readQuery } from './paging.ts';
import { noJob } from './problem.ts';
import { type Pause, withNews } from './waiting.ts';

type EventPage = z.output<typeof eventPageSchema>;

export async function listEvents(
  ports: TablePorts,
  request: ApiRequest,
  pause?: Pause,
): Promise<ApiAnswer<EventPage>> {
  const asked = readQuery(eventsQuery, request.query);
  if (!asked.ok) return asked.answer;
  const id = request.parameters['id'] ?? '';
  const look = () => eventsAnswer(ports, id, asked.query);
  const isNews = (found: ApiAnswer<EventPage>) => isOver(found) || hasItems(found);
  const answer = await withNews(ports, request, { look, isNews, pause });
  if (isNews(answer)) return answer;
  const { headers } = await jobAnswer(ports, id);
  return { ...answer, headers: { ...answer.headers, 'retry-after': headers?.['retry-after'] ?? '1' } };
}

function hasItems({ body }: ApiAnswer<EventPage>): boolean {
  return body !== undefined && 'items' in body && body.items.length > 0;
}

/** A job that has ended gets no more events, unless an action reopens it. */
async function eventsAnswer(
  ports: TablePorts,
  id: string,
  { after, pageSize }: z.output<typeof eventsQuery>,
): Promise<ApiAnswer<EventPage>> {
  const job = (await ports.store.get(jobKey(id)))?.value;
  if (!job) return noJob(id);
  const items = job.events.filter(({ sequence }) => sequence > after).slice(0, pageSize);
  const next = items.at(-1)?.sequence ?? after;
  const more = !hasEnded(job.status) || next < job.events.length;
  const body = { items, next };
  return { status: 200, headers: more ? { 'retry-after': '1' } : {}, body };
}

export const handler = http(tablePorts, (ports, request) => listEvents(ports, request));
