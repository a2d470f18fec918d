// The schemas of the `detail` of every event on the bus, in and out: an envelope of `metadata` and `data`. The JSON Schemas
// that the API serves are generated from them. Later versions can add members to outgoing events, and remove none.
import * as z from 'zod';
import { text } from '../json/members.ts';
import { requestSchema } from '../request/request.ts';
import {
  jobEventSchema,
  jobProblemSchema,
  jobStatusSchema,
  resourceOutputsSchema,
  said,
} from './event-answers.ts';
import { JOB_STATUS_CHANGED_SCHEMA, REQUEST_REJECTED_SCHEMA } from './event-names.ts';
import { MAX_EVENT_OUTPUTS } from './outputs.ts';

const correlationId = said(
  'The `correlationId` of the request, or else its idempotency key, or else its id. Absent for jobs of older versions.',
);

/** The metadata of outgoing events. */
const metadata = <const Name extends string>(id: string, schema: Name) =>
  z.strictObject({
    id: said(id),
    schema: z.literal(schema).meta({ description: 'The type and version of `data`.' }),
    correlationId: correlationId.exactOptional(),
  });

export const jobStatusChangedSchema = z
  .strictObject({
    metadata: metadata(
      'The job id and the sequence number. An event that is published twice has the same id both times.',
      JOB_STATUS_CHANGED_SCHEMA,
    ),
    data: jobEventSchema.safeExtend({
      jobId: z.string(),
      previousStatus: jobStatusSchema
        .exactOptional()
        .meta({ description: 'Absent in the first event of a job.' }),
      operation: z.string(),
      entryPoint: z.string(),
      cloud: z.string(),
      outputs: z
        .array(resourceOutputsSchema)
        .max(MAX_EVENT_OUTPUTS)
        .exactOptional()
        .meta({
          description: `Once the job has succeeded: the addresses and ids of the entry point, the first ${MAX_EVENT_OUTPUTS}; the job itself has all.`,
        }),
      requester: said('Who requested the job: an account and role, or an account and event source.'),
      links: z.strictObject({ job: said('The path of the job in the API.') }),
    }),
  })
  .meta({
    description:
      'A job changed its status, an action was requested, or a retry deletes further foreign objects.',
  });

export type JobStatusChanged = z.output<typeof jobStatusChangedSchema>;

const idempotencyKey = text('printable ASCII characters without spaces', {
  from: 1,
  to: 255,
  pattern: /^[!-~]+$/,
});

/** Senders have envelopes of their own, so other members are ignored. */
export const entryPointRequestedSchema = z
  .looseObject(
    {
      metadata: z
        .looseObject(
          {
            idempotencyKey: idempotencyKey.exactOptional().meta({
              description:
                'A new value for every new request. The same key with the same request from one source returns the same job.',
            }),
            id: text('a text', { from: 1, to: 255 }).exactOptional().meta({
              description:
                'The key if there is no `idempotencyKey`. Forwarding must preserve it, which is not true of the event id.',
            }),
            correlationId: text('a text', { from: 1, to: 255 })
              .exactOptional()
              .meta({ description: 'Copied to every event of the job.' }),
          },
          { error: 'must be an object with an `idempotencyKey` or an `id`' },
        )
        .meta({ description: '`idempotencyKey`, `id` or both.' }),
      data: requestSchema,
    },
    { error: 'must be an object with `metadata` and `data`' },
  )
  .meta({ description: 'A request for an entry point.' });

export const requestRejectedSchema = z
  .strictObject({
    metadata: metadata('The id of the rejected event.', REQUEST_REJECTED_SCHEMA),
    data: z.strictObject({
      problem: jobProblemSchema,
      event: z
        .strictObject({ id: z.string(), source: z.string(), account: z.string(), time: z.string() })
        .meta({ description: 'The rejected event.' }),
      entry: z
        .strictObject({ Source: z.string(), DetailType: z.string(), Detail: z.string() })
        .exactOptional()
        .meta({
          description:
            'The rejected event as a PutEvents entry, ready to be corrected and sent again. Absent if it is too large.',
        }),
    }),
  })
  .meta({ description: 'A request was rejected, and why.' });

export type RequestRejected = z.output<typeof requestRejectedSchema>;
