// The answers of the API's routes besides jobs: one schema each. It types the handlers' answers and goes into the OpenAPI
// document. Only that document loads it.
import { jobSummarySchema, leftoverSchema, planSchema } from '@gatehouse/core/api/answers';
import {
  actionSchema,
  jobEventSchema,
  providerSchema,
  resourceOutputsSchema,
  validationIssueSchema,
} from '@gatehouse/core/record/event-answers';
import * as z from 'zod';

export const problemSchema = z
  .strictObject({
    type: z.string().meta({ description: '`urn:gatehouse:problem:` followed by the code.' }),
    title: z.string().meta({ description: 'The meaning of the code, in words.' }),
    status: z.int().meta({ description: 'The HTTP status.' }),
    detail: z.string().meta({ description: 'What is wrong with this request and what to do next.' }),
    instance: z.string().exactOptional().meta({
      description:
        '`urn:gatehouse:request:` followed by the request id, which is also in `x-request-id` and in the log.',
    }),
    code: z.string().meta({ description: 'A stable code for programs.' }),
    retryable: z.boolean().meta({ description: 'Whether the same request can succeed later.' }),
    errors: z
      .array(validationIssueSchema)
      .exactOptional()
      .meta({ description: 'Every error in the request, each with its location.' }),
    provider: providerSchema
      .exactOptional()
      .meta({ description: 'The cloud API call that failed, with its own error code.' }),
    allowedActions: z
      .array(actionSchema)
      .exactOptional()
      .meta({ description: 'With `ActionNotAllowed`: the actions that the job allows now.' }),
    plan: planSchema.exactOptional().meta({
      description: 'With `PlanRefused`: the plan, apart from the steps that `errors` refuse.',
    }),
    links: z.record(z.string(), z.string()).exactOptional(),
  })
  .meta({ id: 'Problem', description: 'An error, as RFC 9457 defines it.' });

const entryPointShape = {
  name: z.string(),
  cloud: z.string(),
  owner: z.string().meta({ description: 'The account and role that first requested the entry point.' }),
  since: z.iso.datetime(),
  protected: z.literal(true).exactOptional().meta({
    description:
      'Present if the entry point cannot be removed until an update sets `options.protected: false`.',
  }),
};

const entryPointLinks = z
  .strictObject({
    self: z.string(),
    job: z.string(),
    jobs: z.string(),
    runningJob: z.string().exactOptional(),
    stuckJob: z.string().exactOptional(),
  })
  .meta({ id: 'EntryPointLinks' });

export const entryPointSummarySchema = z
  .strictObject({
    ...entryPointShape,
    links: entryPointLinks,
  })
  .meta({ id: 'EntryPointSummary', description: 'An entry point as it appears in a list.' });

export const entryPointSchema = z
  .strictObject({
    ...entryPointShape,
    lastJob: z.string().meta({ description: 'The last job that changed the entry point.' }),
    spec: z
      .unknown()
      .meta({ description: 'The request that was last applied, with every default filled in.' }),
    resources: z
      .array(
        z
          .strictObject({
            step: z.string(),
            kind: z.string(),
            title: z.string(),
            id: z.string().meta({ description: 'The id of the resource in the cloud.' }),
            desired: z
              .record(z.string(), z.unknown())
              .meta({ description: 'The members of the resource as they were last applied.' }),
            needs: z.record(z.string(), z.string()).meta({
              description:
                'Members whose value is the id of another resource, with the step of that resource.',
            }),
          })
          .meta({ id: 'EntryPointResource' }),
      )
      .meta({ description: 'The cloud resources of the entry point, with their cloud ids.' }),
    outputs: z.array(resourceOutputsSchema).exactOptional().meta({
      description:
        'The addresses and ids of the entry point, those with a DNS name first. Absent until the next update if an older version applied it last.',
    }),
    leftovers: z.array(leftoverSchema).exactOptional().meta({
      description:
        'What the stuck job of this entry point could not delete or restore, until an action resolves it.',
    }),
    links: entryPointLinks,
  })
  .meta({ id: 'EntryPoint', description: 'An entry point with its cloud resources.' });

export const healthSchema = z.strictObject({ status: z.literal('ok') }).meta({ id: 'Health' });

function pageOf<Item extends z.ZodType>(id: string, item: Item) {
  return z
    .strictObject({
      items: z.array(item),
      nextPageToken: z.string().exactOptional().meta({
        description:
          'Absent on the last page only. If few items match the filters, an earlier page can be short or even empty.',
      }),
    })
    .meta({ id });
}

export const jobPageSchema = pageOf('JobPage', jobSummarySchema);
export const entryPointPageSchema = pageOf('EntryPointPage', entryPointSummarySchema);

export const eventPageSchema = z
  .strictObject({
    items: z.array(jobEventSchema),
    next: z.int().min(0).meta({ description: 'Pass this as `after` to continue from here.' }),
  })
  .meta({ id: 'EventPage' });
