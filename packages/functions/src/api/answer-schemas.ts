// What the API's routes answer besides jobs: each once, as a schema that types the handlers' answers, and becomes the
// OpenAPI document. Only that document loads it.
import { jobSummarySchema, leftSchema } from '@gatehouse/core/api/answers';
import { jobEventSchema, mistakeSchema, providerSchema } from '@gatehouse/core/record/event-answers';
import { VERBS } from '@gatehouse/core/record/events';
import * as z from 'zod';

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
          title: z.string(),
          id: z.string().meta({ description: "The cloud's id." }),
          desired: z
            .record(z.string(), z.unknown())
            .meta({ description: 'Its members as they were last set.' }),
          needs: z
            .record(z.string(), z.string())
            .meta({ description: "Members that are another resource's id, by the step of that resource." }),
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
