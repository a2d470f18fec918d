// The access rules of an installation: its administrators, and the cloud resources that each caller may use. One schema
// validates them, whatever their source.
import * as z from 'zod';
import { listOf, objectOf, port, text } from '../json/members.ts';
import { schemaIssues } from '../json/schema-issues.ts';

const caller = text('account and role or user, like `123456789012/role/deployer`', {
  from: 1,
  to: 600,
  pattern: /^[^\s/]+\/\S+$/,
});
const callerOrAll = z.union([caller, z.literal('*')], {
  error: 'must be account and role or user, like `123456789012/role/deployer`, or `*` for everyone else',
});
const region = text('a region, like `eu-west-1` or `cn-hangzhou`', {
  from: 1,
  to: 255,
  pattern: /^[a-z]{2,4}(-[a-z0-9]+)+$/,
});
const id = text('an id or ARN', { from: 1, to: 255 });

const allowanceSpec = objectOf('the allowance of a caller', {
  accelerators: listOf(id, { from: 0, to: 1000, called: 'accelerators' }).exactOptional().meta({
    description: 'ARNs of AWS accelerators, ids of Alibaba Cloud accelerators.',
  }),
  loadBalancers: listOf(id, { from: 0, to: 1000, called: 'load balancers' }).exactOptional().meta({
    description: 'Names of Classic Load Balancers.',
  }),
  regions: listOf(region, { from: 0, to: 100, called: 'regions' }).exactOptional().meta({
    description: 'Regions of endpoint groups, target groups and load balancers.',
  }),
  ports: listOf(objectOf('a port range', { fromPort: port(), toPort: port() }), {
    from: 0,
    to: 100,
    called: 'port ranges',
  })
    .exactOptional()
    .meta({
      description: 'Ports of listeners, and ports of load balancers that get a policy.',
    }),
});

/** An omitted list sets no limit; an empty list allows nothing. */
const accessSchema = objectOf('the access rules', {
  administrators: listOf(caller, { from: 0, to: 100, called: 'administrators' }).default([]).meta({
    description: 'May change every entry point and use every resource.',
  }),
  callers: z
    .record(callerOrAll, allowanceSpec, { error: 'must be an object of callers and their allowances' })
    .default({})
    .meta({ description: 'The allowance of each caller. `*` applies to all callers that are not listed.' }),
});

export type Access = z.output<typeof accessSchema>;
export type Allowance = z.output<typeof allowanceSpec>;

/** Throws an Error that lists every issue. */
export function parseAccess(value: unknown): Access {
  const read = accessSchema.safeParse(value);
  if (read.success) return read.data;
  const issues = schemaIssues(read.error, accessSchema, value);
  throw new Error(issues.map(({ pointer, detail }) => `${pointer || 'the whole'} ${detail}`).join('; '));
}

/** Nothing configured: no administrators, no limits. */
export const OPEN_ACCESS: Access = { administrators: [], callers: {} };
