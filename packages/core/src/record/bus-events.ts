// What goes over the event bus, in and out: each event's detail once, as a schema. It is an envelope of `metadata` and
// `data`; the JSON Schemas that are served and documented are made of these. Members may be added to what we tell, never
// taken away.
import * as z from 'zod';
import { text } from '../json/members.ts';
import { requestSchema } from '../request/request.ts';
import { jobEventSchema, jobProblemSchema, jobStatusSchema, said } from './event-answers.ts';
import { JOB_STATUS_CHANGED_SCHEMA, REQUEST_REJECTED_SCHEMA } from './event-names.ts';

const correlationId = said(
  "The request's own: its `correlationId`, else its idempotency key, else its id. Absent for jobs of an older version.",
);

/** Of what we tell. */
const metadata = <const Name extends string>(id: string, schema: Name) =>
  z.strictObject({
    id: said(id),
    schema: z.literal(schema).meta({ description: 'What `data` is, and which version of it.' }),
    correlationId: correlationId.exactOptional(),
  });

export const jobStatusChangedSchema = z
  .strictObject({
    metadata: metadata(
      "The job's id and the sequence number. The same event told twice has the same id.",
      JOB_STATUS_CHANGED_SCHEMA,
    ),
    data: jobEventSchema.safeExtend({
      jobId: z.string(),
      previousStatus: jobStatusSchema.exactOptional().meta({ description: 'Absent in the first event.' }),
      operation: z.string(),
      entryPoint: z.string(),
      cloud: z.string(),
      requestedBy: said('Who asked: account and role, or account and event source.'),
      links: z.strictObject({ job: said('Where the API shows the job.') }),
    }),
  })
  .meta({ description: 'A job changed its status, or somebody asked something of it.' });

export type JobStatusChanged = z.output<typeof jobStatusChangedSchema>;

const idempotencyKey = text('printable ASCII characters without spaces', {
  from: 1,
  to: 255,
  pattern: /^[!-~]+$/,
});

/** Senders have envelopes of their own: what else is in one is theirs. */
export const entryPointRequestedSchema = z
  .looseObject(
    {
      metadata: z
        .looseObject(
          {
            idempotencyKey: idempotencyKey.exactOptional().meta({
              description:
                'New for every new request. The same key and request of one source is the same job.',
            }),
            id: text('a text', { from: 1, to: 255 }).exactOptional().meta({
              description:
                'The key where there is no other; it has to survive forwarding, as no event id does.',
            }),
            correlationId: text('a text', { from: 1, to: 255 })
              .exactOptional()
              .meta({ description: 'Comes back in every event of the job.' }),
          },
          { error: 'must be an object with an `idempotencyKey` or an `id`' },
        )
        .meta({ description: 'At least one of `idempotencyKey` and `id`.' }),
      data: requestSchema,
    },
    { error: 'must be an object of `metadata` and `data`' },
  )
  .meta({ description: 'Somebody asks for an entry point.' });

export const requestRejectedSchema = z
  .strictObject({
    metadata: metadata('The id of the event that is rejected.', REQUEST_REJECTED_SCHEMA),
    data: z.strictObject({
      problem: jobProblemSchema,
      event: z
        .strictObject({ id: z.string(), source: z.string(), account: z.string(), time: z.string() })
        .meta({ description: 'The event that is rejected.' }),
      entry: z
        .strictObject({ Source: z.string(), DetailType: z.string(), Detail: z.string() })
        .exactOptional()
        .meta({
          description:
            'The same once more, as PutEvents takes it. Absent where it is too large to be carried along.',
        }),
    }),
  })
  .meta({ description: 'What was asked for is not served, and why.' });

export type RequestRejected = z.output<typeof requestRejectedSchema>;
