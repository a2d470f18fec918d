// Who may do what. An entry point has an owner, who asked for it first: only the owner and administrators change it.
// What a caller may use of the clouds can be limited, and is checked before a request is accepted. Rules only: who the
// caller is, others have found out.

import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';
import type { Problem } from '../ports/errors.ts';
import type { Access, Allowance } from './access.ts';
import { type PortRange, shownPorts } from './port-rules.ts';

/** Whether `asking` may change what stands. */
export function notOwner(
  access: Access | undefined,
  asking: string,
  { name, owner }: { name: string; owner: string },
): Problem | undefined {
  if (asking === owner || isAdministrator(access, asking)) return undefined;
  const message = `${name} belongs to ${owner}; only its owner and administrators of Gatehouse change it`;
  return { code: 'NotOwner', message, retryable: false };
}

/** Whether `asking` may ask this of what stands. That a name is taken is no matter of permission. */
export function notOwnerOf(
  access: Access | undefined,
  asking: string,
  { operation }: { operation: string },
  standing: { name: string; owner: string } | undefined,
): Problem | undefined {
  return standing && operation !== 'provision' ? notOwner(access, asking, standing) : undefined;
}

/**
 * Whether `asking` may use a verb on a job. Where nothing stands yet, the job is its requester's; and who asked for a
 * job may take it out of the line, whoever owns what stands.
 */
export function notOwnerOfJob(
  access: Access | undefined,
  asking: string,
  job: { caller: string; status: string; entryPoint: string },
  owner: string | undefined,
): Problem | undefined {
  if (asking === job.caller && (owner === undefined || job.status === 'QUEUED')) return undefined;
  return notOwner(access, asking, { name: job.entryPoint, owner: owner ?? job.caller });
}

/** The parts of a request that use something of the clouds, of any of them. */
export interface Parts {
  listener?: { acceleratorArn?: string; acceleratorId?: string; portRanges: PortRange[] };
  endpointGroups?: { region?: string }[];
  targetGroups?: { region?: string }[];
  stickinessPolicies?: { region?: string; loadBalancerName: string; loadBalancerPorts: number[] }[];
}

/** Everything that `asking` may not use, each with its place. */
export function notAllowed(access: Access | undefined, asking: string, request: Parts): Problem | undefined {
  if (isAdministrator(access, asking)) return undefined;
  const { callers = {} } = access ?? {};
  const allowance = callers[Object.hasOwn(callers, asking) ? asking : '*'];
  if (!allowance) return undefined;
  const errors = [...namesNotAllowed(allowance, request), ...portsNotAllowed(allowance, request)];
  if (errors.length === 0) return undefined;
  const message = `${asking} may not use all that this request asks for`;
  return { code: 'NotAllowed', message, retryable: false, errors };
}

function isAdministrator(access: Access | undefined, asking: string): boolean {
  return access?.administrators.includes(asking) ?? false;
}

type Used = [value: string | undefined, path: PropertyKey[]];

function namesNotAllowed(
  { accelerators, loadBalancers, regions }: Allowance,
  request: Parts,
): ValidationIssue[] {
  const { listener, stickinessPolicies = [] } = request;
  const member = listener?.acceleratorId === undefined ? 'acceleratorArn' : 'acceleratorId';
  return [
    ...outside(accelerators, [[listener?.[member], ['listener', member]]]),
    ...outside(
      loadBalancers,
      stickinessPolicies.map(({ loadBalancerName }, at) => [
        loadBalancerName,
        ['stickinessPolicies', at, 'loadBalancerName'],
      ]),
    ),
    ...outside(regions, regionsIn(request)),
  ];
}

/** Of every list in the request, so that no part with a region escapes the rule. */
function regionsIn(request: Parts): Used[] {
  return Object.entries(request).flatMap(([name, parts]) =>
    Array.isArray(parts) ? parts.map((part, at): Used => [part.region, [name, at, 'region']]) : [],
  );
}

function outside(allowed: string[] | undefined, used: Used[]): ValidationIssue[] {
  if (!allowed) return [];
  return used.flatMap(([value, path]) =>
    value === undefined || allowed.includes(value)
      ? []
      : [{ pointer: pointerTo(path), detail: `is not allowed for you; ${choice(allowed)}` }],
  );
}

function portsNotAllowed(
  { ports }: Allowance,
  { listener, stickinessPolicies = [] }: Parts,
): ValidationIssue[] {
  if (!ports) return [];
  const ranges = (listener?.portRanges ?? []).map((range, at): [PortRange, PropertyKey[]] => [
    range,
    ['listener', 'portRanges', at],
  ]);
  const single = stickinessPolicies.flatMap(({ loadBalancerPorts }, at) =>
    loadBalancerPorts.map((fromPort, n): [PortRange, PropertyKey[]] => [
      { fromPort, toPort: fromPort },
      ['stickinessPolicies', at, 'loadBalancerPorts', n],
    ]),
  );
  return [...ranges, ...single].flatMap(([range, path]) =>
    covers(ports, range)
      ? []
      : [{ pointer: pointerTo(path), detail: `is not allowed for you; ${choice(ports.map(shownPorts))}` }],
  );
}

/** Whether every port of the range lies in one of the allowed ranges. */
export function covers(allowed: readonly PortRange[], { fromPort, toPort }: PortRange): boolean {
  let next = fromPort;
  for (const range of allowed.toSorted((a, b) => a.fromPort - b.fromPort)) {
    if (range.fromPort <= next && range.toPort >= next) next = range.toPort + 1;
  }
  return next > toPort;
}

const MAX_TOLD = 20;

function choice(allowed: readonly string[]): string {
  if (allowed.length === 0) return 'nothing is';
  const more = allowed.length > MAX_TOLD ? `, and ${allowed.length - MAX_TOLD} more` : '';
  return `allowed: ${allowed.slice(0, MAX_TOLD).join(', ')}${more}`;
}
