// What the API's routes take besides a request: each once, as a schema that validates, and becomes the OpenAPI document.

import { objectOf, oneOf, text, wholeNumber } from '@gatehouse/core/json/members';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { CLOUDS } from '@gatehouse/core/request/clouds';
import * as z from 'zod';

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** A query's values are text. */
const whole = (from: number, to: number) =>
  z.preprocess(
    given => (typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given),
    wholeNumber(from, to),
  );

const name = text('a name', { from: 1, to: 63 });

const pageSize = whole(1, MAX_PAGE_SIZE)
  .default(DEFAULT_PAGE_SIZE)
  .meta({ description: 'How many items an answer has at most.' });
const pageToken = text('a page token', { from: 1, to: 4096 }).exactOptional().meta({
  description: '`nextPageToken` of the page before; it belongs to the filters that it was made for.',
});

const cloud = oneOf(CLOUDS).exactOptional();
const callerName = text('account and role or user, like `123456789012/role/deployer`', { from: 1, to: 600 });
const createdAfter = z.iso
  .datetime({ offset: true, error: 'must be an instant like `2026-03-01T12:00:00Z`' })
  .transform(instant => new Date(instant).toISOString())
  .exactOptional();

export const jobsQuery = objectOf('a query', {
  status: oneOf(JOB_STATUSES).exactOptional().meta({ description: 'Only jobs of this status.' }),
  entryPoint: name.exactOptional().meta({ description: 'Only jobs of this entry point.' }),
  cloud: cloud.meta({ description: 'Only jobs on this cloud.' }),
  requester: callerName
    .exactOptional()
    .meta({ description: 'Only jobs that this account and role asked for.' }),
  createdAfter: createdAfter.meta({ description: 'Only jobs that were asked for later.' }),
  pageSize,
  pageToken,
});

export const eventsQuery = objectOf('a query', {
  after: whole(0, 1_000_000_000)
    .default(0)
    .meta({ description: 'Only what came after this one; `next` of the answer before.' }),
  pageSize: whole(1, MAX_PAGE_SIZE)
    .default(MAX_PAGE_SIZE)
    .meta({ description: 'How many items an answer has at most.' }),
});

export const entryPointsQuery = objectOf('a query', {
  cloud: cloud.meta({ description: 'Only entry points on this cloud.' }),
  owner: callerName.exactOptional().meta({ description: 'Only entry points of this account and role.' }),
  createdAfter: createdAfter.meta({ description: 'Only entry points that were made later.' }),
  pageSize,
  pageToken,
});

const why = { description: 'Why, for who reads the history later.' };
const reason = text('a reason', { from: 0, to: 500 }).exactOptional().meta(why);

export const verbBody = objectOf('a body like {"reason": "wrong accelerator"}', { reason });

export const skipBody = objectOf('a body like {"step": "listener", "reason": "removed by hand"}', {
  step: text('the id of a step that is left', { from: 1, to: 255 }).meta({
    description: 'What is to be left behind: the `step` of one of what is `left` of the job.',
  }),
  reason,
});

export const forgetBody = objectOf('a body like {"reason": "the accelerator is gone"}', {
  reason: text('a reason', { from: 1, to: 500 }).meta(why),
});

export const idempotencyKeySchema = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .meta({
    description: 'New for every new request, such as a UUID. The same key and request is the same job.',
  });
