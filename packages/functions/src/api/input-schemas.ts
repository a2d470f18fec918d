// The inputs of the API's routes besides a request: one schema each. It validates and goes into the OpenAPI document.

import { flag, objectOf, oneOf, text, wholeNumber } from '@gatehouse/core/json/members';
import { JOB_STATUSES } from '@gatehouse/core/record/events';
import { CLOUDS } from '@gatehouse/core/request/clouds';
import * as z from 'zod';

export const MAX_PAGE_SIZE = 100;
const DEFAULT_PAGE_SIZE = 20;

/** Query parameters are strings. */
const whole = (from: number, to: number) =>
  z.preprocess(
    given => (typeof given === 'string' && /^\d{1,15}$/.test(given) ? Number(given) : given),
    wholeNumber(from, to),
  );

const yesOrNo = z.preprocess(given => (given === 'true' ? true : given === 'false' ? false : given), flag());

const name = text('a name', { from: 1, to: 63 });

const pageSize = whole(1, MAX_PAGE_SIZE)
  .default(DEFAULT_PAGE_SIZE)
  .meta({ description: 'The maximum number of items in an answer.' });
const pageToken = text('a page token', { from: 1, to: 4096 }).exactOptional().meta({
  description: 'The `nextPageToken` of the previous page. It is valid only with the same filters.',
});

const cloud = oneOf(CLOUDS).exactOptional();
const callerName = text('an account and a role or user, like `123456789012/role/deployer`', {
  from: 1,
  to: 600,
});
const createdAfter = z.iso
  .datetime({ offset: true, error: 'must be an instant like `2026-03-01T12:00:00Z`' })
  .transform(instant => new Date(instant).toISOString())
  .refine(instant => /^\d{4}-/.test(instant), { error: 'must be in the years 0000 to 9999 of UTC' })
  .exactOptional();

export const jobsQuery = objectOf('a query', {
  status: oneOf(JOB_STATUSES).exactOptional().meta({ description: 'Only jobs with this status.' }),
  stuck: yesOrNo.exactOptional().meta({
    description:
      'With `true`, only jobs that need manual action: ROLLBACK_FAILED or REMOVE_FAILED, and not abandoned. With `false`, only others.',
  }),
  entryPoint: name.exactOptional().meta({ description: 'Only jobs of this entry point.' }),
  cloud: cloud.meta({ description: 'Only jobs on this cloud.' }),
  requester: callerName
    .exactOptional()
    .meta({ description: 'Only jobs requested by this account and role.' }),
  createdAfter: createdAfter.meta({ description: 'Only jobs created after this instant.' }),
  pageSize,
  pageToken,
});

export const eventsQuery = objectOf('a query', {
  after: whole(0, 1_000_000_000)
    .default(0)
    .meta({ description: 'Only events after this sequence number: pass the `next` of the previous answer.' }),
  pageSize: whole(1, MAX_PAGE_SIZE)
    .default(MAX_PAGE_SIZE)
    .meta({ description: 'The maximum number of items in an answer.' }),
});

export const entryPointsQuery = objectOf('a query', {
  cloud: cloud.meta({ description: 'Only entry points on this cloud.' }),
  owner: callerName
    .exactOptional()
    .meta({ description: 'Only entry points owned by this account and role.' }),
  createdAfter: createdAfter.meta({ description: 'Only entry points created after this instant.' }),
  pageSize,
  pageToken,
});

const reasonMeta = { description: 'The reason, kept in the history of the job.' };
const reason = text('a reason', { from: 0, to: 500 }).exactOptional().meta(reasonMeta);

export const actionBody = objectOf('a body like {"reason": "wrong accelerator"}', { reason }).meta({
  id: 'ActionBody',
});

export const skipBody = objectOf('a body like {"step": "listener", "reason": "removed by hand"}', {
  step: text('the step of a leftover', { from: 1, to: 255 }).meta({
    description: 'The leftover to skip: the `step` of an item in the `leftovers` of the job.',
  }),
  reason,
}).meta({ id: 'SkipBody' });

export const forgetBody = objectOf('a body like {"reason": "the accelerator is gone"}', {
  reason: text('a reason', { from: 1, to: 500 }).meta(reasonMeta),
}).meta({ id: 'ForgetBody' });

export const idempotencyKeySchema = z
  .string()
  .regex(/^[!-~]{1,255}$/)
  .meta({
    description:
      'A new value for every new request, such as a UUID. The same key with the same request returns the same job.',
  });
