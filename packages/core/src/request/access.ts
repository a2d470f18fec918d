// The access rules of an installation: its administrators, and the cloud resources that each caller may use. One schema
// validates them, whatever their source.
import * as z from 'zod';
import { listOf, objectOf, port, text } from '../json/members.ts';
import { Repeats } from '../json/repeats.ts';
import { schemaIssues } from '../json/schema-issues.ts';
import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';
import { callerKey, cannotCall, type Identities } from './callers.ts';

const caller = text('the name of a caller', { from: 1, to: 600 });
const region = text('a region, like `eu-west-1` or `cn-hangzhou`', {
  from: 1,
  to: 255,
  pattern: /^[a-z]{2,4}(-[a-z0-9]+)+$/,
});
const pattern = text('an id, a name or an ARN, where each `*` stands for any characters', {
  from: 1,
  to: 255,
});

function patternsOf(called: string, description: string) {
  return listOf(pattern, { from: 0, to: 1000, called }).exactOptional().meta({ description });
}

function portsOf(description: string) {
  const range = objectOf('a port range', { fromPort: port(), toPort: port() });
  return listOf(range, { from: 0, to: 100, called: 'port ranges' }).exactOptional().meta({ description });
}

const allowanceSpec = objectOf('the allowance of a caller', {
  accelerators: patternsOf('accelerators', 'ARNs of AWS accelerators, ids of Alibaba Cloud accelerators.'),
  loadBalancers: patternsOf('load balancers', 'Names of Classic Load Balancers of AWS.'),
  regions: listOf(region, { from: 0, to: 100, called: 'regions' }).exactOptional().meta({
    description: 'Regions of endpoint groups, target groups and load balancers.',
  }),
  ports: portsOf('Ports of listeners, and ports of load balancers that get a policy.'),
  endpoints: patternsOf(
    'endpoints',
    'Endpoints of accelerators: ARNs and ids on AWS, with the ARNs of cross-account attachments; ids, addresses and domain names on Alibaba Cloud.',
  ),
  endpointPorts: portsOf(
    'Ports other than those of a listener at which endpoints and targets get traffic or health checks.',
  ),
  targets: patternsOf(
    'targets',
    'Targets of target groups: ids of instances, addresses, ARNs of load balancers.',
  ),
  functions: patternsOf('functions', 'ARNs of Lambda functions.'),
  certificates: patternsOf('certificates', 'Ids of certificates of Alibaba Cloud.'),
  networks: patternsOf('networks', 'Ids of VPCs and of what is in them, such as vSwitches.'),
});

/** An omitted list sets no limit; an empty list allows nothing. */
const accessSchema = objectOf('the access rules', {
  administrators: listOf(caller, { from: 0, to: 100, called: 'administrators' }).default([]).meta({
    description: 'May change every entry point and use every resource.',
  }),
  callers: z
    .record(caller, allowanceSpec, { error: 'must be an object of callers and their allowances' })
    .default({})
    .meta({ description: 'The allowance of each caller. `*` applies to all callers that are not listed.' }),
});

export type Access = z.output<typeof accessSchema>;
export type Allowance = z.output<typeof allowanceSpec>;

/** Throws an Error that lists every issue. `identities`: who can call this installation. */
export function parseAccess(value: unknown, identities: Identities = {}): Access {
  const read = accessSchema.safeParse(value);
  const issues = read.success
    ? callerIssues(read.data, identities)
    : schemaIssues(read.error, accessSchema, value);
  if (read.success && issues.length === 0) return read.data;
  throw new Error(issues.map(({ pointer, detail }) => `${pointer || 'the whole'} ${detail}`).join('; '));
}

/** A rule that applies to nobody would leave its caller without limits. */
function callerIssues({ administrators, callers }: Access, identities: Identities): ValidationIssue[] {
  const limited = Object.keys(callers).filter(name => name !== '*');
  const named: [string, PropertyKey[]][] = [
    ...administrators.map((name, at): [string, PropertyKey[]] => [name, ['administrators', at]]),
    ...limited.map((name): [string, PropertyKey[]] => [name, ['callers', name]]),
  ];
  const repeats = new Repeats();
  return [
    ...named.flatMap(([name, path]) => {
      const detail = cannotCall(name, identities);
      return detail === undefined ? [] : [{ pointer: pointerTo(path), detail }];
    }),
    ...limited.flatMap(name =>
      repeats.find(
        callerKey(name),
        ['callers', name],
        'a caller has one rule, whatever the case of its name',
      ),
    ),
  ];
}

/** What is valid, and rarely meant. */
export function accessWarnings({ callers }: Access): string[] {
  const limited = Object.keys(callers).filter(name => name !== '*');
  if (limited.length === 0 || Object.hasOwn(callers, '*')) return [];
  return [
    `The access rules limit ${limited.join(', ')} only: every other caller can use everything, because there is no rule \`*\`.`,
  ];
}

/** Nothing configured: no administrators, no limits. */
export const OPEN_ACCESS: Access = { administrators: [], callers: {} };
