// What the API's routes take besides a request, and what they answer besides jobs: each once, as a schema that
// validates, types the handlers' answers, and becomes the OpenAPI document.
import {
  jobEventSchema,
  jobSummarySchema,
  leftSchema,
  mistakeSchema,
  providerSchema,
} from '@gatehouse/core/answers';
import { JOB_STATUSES, VERBS } from '@gatehouse/core/events';
import { objectOf, oneOf, text, wholeNumber } from '@gatehouse/core/members';
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

const cloud = oneOf(['aws', 'alicloud']).exactOptional();
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

export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: '`urn:gatehouse:problem:` and the code.' }),
    title: z.string().meta({ description: 'The code, in words.' }),
    status: z.int().meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What is wrong with this request, and what to do next.' }),
    instance: z.string().exactOptional().meta({
      description: '`urn:gatehouse:request:` and the id of the request, as in `x-request-id` and the log.',
    }),
    code: z.string().meta({ description: 'Stable, for programs.' }),
    retryable: z.boolean().meta({ description: 'Whether the same request again may go well.' }),
    errors: z
      .array(mistakeSchema)
      .exactOptional()
      .meta({ description: 'Every mistake, each with its place.' }),
    provider: providerSchema
      .exactOptional()
      .meta({ description: 'Which call of which cloud said so, in its own words.' }),
    allowed: z
      .array(z.enum(VERBS))
      .exactOptional()
      .meta({ description: 'Of a verb that is not allowed now: those that are.' }),
    links: z.record(z.string(), z.string()).exactOptional(),
  })
  .meta({ description: 'RFC 9457: every answer that is an error.' });

const entryPointShape = {
  name: z.string(),
  cloud: z.string(),
  owner: z.string().meta({ description: 'Account and role of who asked for it first.' }),
  since: z.iso.datetime(),
  protected: z
    .literal(true)
    .exactOptional()
    .meta({ description: 'It refuses to be removed until an update takes that off.' }),
};

export const entryPointSummarySchema = z
  .strictObject({
    ...entryPointShape,
    links: z.strictObject({ self: z.string(), job: z.string(), jobs: z.string() }),
  })
  .meta({ description: 'An entry point as a list shows it.' });

export const entryPointSchema = z
  .strictObject({
    ...entryPointShape,
    lastJob: z.string().meta({ description: 'The job that made it as it is.' }),
    spec: z.unknown().meta({ description: 'The request that it was made by, with every default.' }),
    resources: z
      .array(
        z.strictObject({
          step: z.string(),
          kind: z.string(),
          id: z.string(),
          set: z
            .record(z.string(), z.unknown())
            .exactOptional()
            .meta({ description: 'Members set otherwise than the spec says, like a name on the wire.' }),
        }),
      )
      .meta({ description: "What it is made of, with the clouds' ids." }),
    left: z
      .array(leftSchema)
      .exactOptional()
      .meta({ description: 'What the job that is stuck there has left, until a person has decided on it.' }),
    links: z.strictObject({
      self: z.string(),
      job: z.string(),
      jobs: z.string(),
      runningJob: z.string().exactOptional(),
      stuckJob: z.string().exactOptional(),
    }),
  })
  .meta({ description: 'What stands under a name.' });

export const healthSchema = z.strictObject({ status: z.literal('ok') });

function pageOf<Item extends z.ZodType>(item: Item) {
  return z.strictObject({
    items: z.array(item),
    nextPageToken: z.string().exactOptional().meta({
      description:
        'Absent on the last page, and on no other: where few match the filters, a page before it may be short or even empty.',
    }),
  });
}

export const jobPageSchema = pageOf(jobSummarySchema);
export const entryPointPageSchema = pageOf(entryPointSummarySchema);

export const eventPageSchema = z.strictObject({
  items: z.array(jobEventSchema),
  next: z.int().min(0).meta({ description: 'What to give as `after` to go on from here.' }),
});
