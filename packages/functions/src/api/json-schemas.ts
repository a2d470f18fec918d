// The schemas that validate, as the JSON Schemas of the OpenAPI document. The schemas of requests describe the input, before
// defaults are filled in. Keywords of our own begin with `x-`.

import {
  driftSchema,
  jobSchema,
  jobSummarySchema,
  planSchema,
  queuePositionSchema,
} from '@gatehouse/core/api/answers';
import { stepSchema } from '@gatehouse/core/api/step-answers';
import {
  jobEventSchema,
  jobProblemSchema,
  jobStatusSchema,
  providerSchema,
  validationIssueSchema,
} from '@gatehouse/core/record/event-answers';
import { alicloudEndpointGroupSpec } from '@gatehouse/core/request/alicloud/endpoint-group';
import { alicloudForwardingRuleSpec } from '@gatehouse/core/request/alicloud/forwarding-rule';
import { alicloudListenerSpec } from '@gatehouse/core/request/alicloud/listener';
import { stickinessPolicySpec } from '@gatehouse/core/request/aws/classic-elb';
import { endpointGroupSpec, listenerSpec } from '@gatehouse/core/request/aws/global-accelerator';
import { targetGroupSpec } from '@gatehouse/core/request/aws/vpc-lattice';
import { alicloudRequestSchema, awsRequestSchema, requestSchema } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { entryPointSchema, entryPointSummarySchema, problemSchema } from './answer-schemas.ts';

export type Json = Record<string, unknown>;

/** The named schemas of the document; the others are inlined where they are used. */
const TAKEN = {
  Request: requestSchema,
  AwsRequest: awsRequestSchema,
  AlicloudRequest: alicloudRequestSchema,
  Listener: listenerSpec,
  EndpointGroup: endpointGroupSpec,
  TargetGroup: targetGroupSpec,
  StickinessPolicy: stickinessPolicySpec,
  AlicloudListener: alicloudListenerSpec,
  AlicloudEndpointGroup: alicloudEndpointGroupSpec,
  ForwardingRule: alicloudForwardingRuleSpec,
};
const ANSWERED = {
  Job: jobSchema,
  JobSummary: jobSummarySchema,
  JobStatus: jobStatusSchema,
  JobEvent: jobEventSchema,
  JobProblem: jobProblemSchema,
  Plan: planSchema,
  Drift: driftSchema,
  Step: stepSchema,
  QueuePosition: queuePositionSchema,
  EntryPoint: entryPointSchema,
  EntryPointSummary: entryPointSummarySchema,
  Problem: problemSchema,
  ValidationIssue: validationIssueSchema,
  Provider: providerSchema,
};

type Io = 'input' | 'output';

/** All named schemas. */
export function namedSchemas(): Record<string, Json> {
  return { ...jsonSchemas(TAKEN, 'input'), ...jsonSchemas(ANSWERED, 'output') };
}

/** A reference to a named schema; any other schema as it is. */
export function reference(schema: z.ZodType, io: Io): Json {
  const named = Object.entries(io === 'input' ? TAKEN : ANSWERED).find(([, each]) => each === schema);
  return named ? { $ref: `#/components/schemas/${named[0]}` } : jsonSchema(schema, io);
}

const COMPONENTS = '#/components/schemas/';

/** A schema with every schema that it refers to, so that it can be used alone. */
export function standaloneSchema(schema: z.ZodType, io: Io): Json {
  const { asked = {}, ...named } = jsonSchemas({ ...(io === 'input' ? TAKEN : ANSWERED), asked: schema }, io);
  const defs: Record<string, Json> = {};
  const bring = (part: Json) => {
    for (const [, name = ''] of JSON.stringify(part).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      const found = named[name];
      if (!found || defs[name]) continue;
      defs[name] = found;
      bring(found);
    }
  };
  bring(asked);
  const whole = { $schema: 'https://json-schema.org/draft/2020-12/schema', ...asked, $defs: defs };
  return JSON.parse(JSON.stringify(whole).replaceAll(COMPONENTS, '#/$defs/'));
}

export function jsonSchema(schema: z.ZodType, io: Io): Json {
  return jsonSchemas({ ...(io === 'input' ? TAKEN : ANSWERED), asked: schema }, io)['asked'] ?? {};
}

function jsonSchemas(named: Record<string, z.ZodType>, io: Io): Record<string, Json> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(named)) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    io,
    uri: id => `#/components/schemas/${id}`,
    override: ({ jsonSchema: schema }) => {
      const { inPlace, unit, additionalProperties, ...rest } = anyCloud(schema as Json);
      for (const key of Object.keys(schema)) delete (schema as Json)[key];
      Object.assign(schema, rest, {
        ...(inPlace === undefined ? {} : { 'x-in-place': inPlace }),
        ...(unit === undefined ? {} : { 'x-unit': unit }),
        // Later versions can add members to an answer.
        ...(additionalProperties === undefined || (io === 'output' && additionalProperties === false)
          ? {}
          : { additionalProperties }),
      });
    },
  });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [id, schema as Json]),
  );
}

/** A request without a cloud is for AWS. As the discriminating member is optional, the schema cannot be a `oneOf`. */
function anyCloud(schema: Json): Json {
  const { oneOf, ...rest } = schema;
  const refs = Array.isArray(oneOf) ? oneOf.map(({ $ref }) => $ref) : [];
  return refs.includes('#/components/schemas/AwsRequest') ? { ...rest, anyOf: oneOf } : schema;
}

export function described(schema: z.ZodType): { schema: Json; description: string } {
  const { description = '', ...rest } = jsonSchema(schema, 'input');
  return { schema: rest, description: String(description) };
}
