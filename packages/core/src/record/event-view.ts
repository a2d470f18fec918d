// An event of a job as the API and the event bus show it: the stored member `verb` is `action` there.

import type * as z from 'zod';
import type { jobEventSchema } from './event-answers.ts';
import type { JobEvent } from './events.ts';

export type JobEventView = z.output<typeof jobEventSchema>;

export function eventView({ verb, ...event }: JobEvent): JobEventView {
  return { ...event, ...(verb ? { action: verb } : {}) };
}
