// The schemas of a job's events and of its problems, as callers see them. Answers of the API and events on the bus share
// them.
import * as z from 'zod';
import { MAX_OUTPUT_LENGTH, MAX_STATIC_ADDRESSES } from '../ports/outputs.ts';
import { ACTIONS, JOB_STATUSES, MAX_NAMED_FOREIGN } from './events.ts';

export const instant = z.iso.datetime();
export const count = z.int().min(0);
export const said = (description: string) => z.string().meta({ description });

export const validationIssueSchema = z
  .strictObject({
    pointer: said(
      'The location: a JSON pointer (RFC 6901) into the request, empty for the whole request. Names of more than 200 characters are shortened.',
    ),
    detail: said('What is wrong at this location and what is expected.'),
  })
  .meta({ id: 'ValidationIssue' });

export const providerSchema = z
  .strictObject({
    service: z.string(),
    operation: z.string(),
    errorCode: z.string(),
    requestId: z.string().exactOptional(),
  })
  .meta({ id: 'Provider' });

export const jobProblemSchema = z
  .strictObject({
    code: said('A stable code for programs.'),
    message: said('A message for people.'),
    retryable: z.boolean().meta({ description: 'Whether a retry can succeed.' }),
    errors: z
      .array(validationIssueSchema)
      .exactOptional()
      .meta({ description: 'Every error in the request, if the request is the cause.' }),
    provider: providerSchema
      .exactOptional()
      .meta({ description: 'The cloud API call that failed, with its own error code.' }),
  })
  .meta({ id: 'JobProblem', description: 'Why a step failed or a job did not succeed.' });

export const jobStatusSchema = z
  .enum(JOB_STATUSES)
  .meta({ id: 'JobStatus', description: 'The status of a job.' });

export const actionSchema = z.enum(ACTIONS).meta({ id: 'Action', description: 'An action on a job.' });

export const foreignDeletionSchema = z
  .strictObject({
    title: said('The resource of the entry point that they are attached to.'),
    id: said('Its id in the cloud.'),
    names: z.array(z.string()).meta({ description: 'The foreign objects, by their ids in the cloud.' }),
  })
  .meta({ id: 'ForeignDeletion', description: 'Foreign objects that are deleted with a resource.' });

export const jobEventSchema = z
  .strictObject({
    sequence: z.int().min(1).meta({ description: '1, 2, 3, ... for each job, without gaps.' }),
    at: instant,
    status: jobStatusSchema,
    attempt: count.meta({
      description: 'The attempt of the job, counted from 1; 0 before the first attempt.',
    }),
    action: actionSchema.exactOptional().meta({ description: 'The action that was requested.' }),
    by: said('The account and role that requested the action.').exactOptional(),
    reason: said('The reason that was given.').exactOptional(),
    step: said('With `skip`: the step that was skipped.').exactOptional(),
    deletesForeign: z
      .array(foreignDeletionSchema)
      .exactOptional()
      .meta({
        description: `When the plan of the job is fixed: the foreign objects that it also deletes, the first ${MAX_NAMED_FOREIGN}. The steps of the job have all.`,
      }),
    problem: jobProblemSchema.exactOptional(),
  })
  .meta({
    id: 'JobEvent',
    description:
      'An entry in the history of a job: a change of status, an action, or further foreign objects that a retry deletes.',
  });

const output = (description: string) => z.string().max(MAX_OUTPUT_LENGTH).meta({ description });

export const resourceOutputsSchema = z
  .strictObject({
    step: z.string(),
    kind: said('The kind of the cloud resource.'),
    id: said('The id of the resource in the cloud: its ARN, if it has one.'),
    dnsName: output('The DNS name at which clients reach the entry point.').exactOptional(),
    dualStackDnsName: output('The DNS name that also resolves to IPv6 addresses.').exactOptional(),
    hostedZoneId: output(
      'The hosted zone of these DNS names, for an alias record in Route 53.',
    ).exactOptional(),
    staticAddresses: z
      .array(output('An IPv4 or IPv6 address.'))
      .max(MAX_STATIC_ADDRESSES)
      .exactOptional()
      .meta({
        description: 'The addresses that the DNS names resolve to, if they never change: IPv4 first.',
      }),
  })
  .meta({
    id: 'ResourceOutputs',
    description: 'How callers reach or name a resource that the entry point consists of or uses.',
  });
