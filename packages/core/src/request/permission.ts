// Authorization rules. The first requester of an entry point is its owner; only the owner and administrators may change it.
// Access rules can limit the cloud resources that a caller may use; they are checked before a request is accepted. The
// caller's identity is established elsewhere.

import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';
import type { Problem } from '../ports/errors.ts';
import type { Access, Allowance } from './access.ts';
import { type PortRange, shownPorts } from './port-rules.ts';

/** Whether `caller` may change an existing entry point. */
export function notOwner(
  access: Access | undefined,
  caller: string,
  { name, owner }: { name: string; owner: string },
): Problem | undefined {
  if (caller === owner || isAdministrator(access, caller)) return undefined;
  const message = `${name} belongs to ${owner}; only its owner and Gatehouse administrators may change it`;
  return { code: 'NotOwner', message, retryable: false };
}

/** Whether `caller` may request the operation on `existing`. A taken name is a conflict, not a missing permission. */
export function notOwnerOf(
  access: Access | undefined,
  caller: string,
  { operation }: { operation: string },
  existing: { name: string; owner: string } | undefined,
): Problem | undefined {
  return existing && operation !== 'provision' ? notOwner(access, caller, existing) : undefined;
}

/**
 * Whether `caller` may take an action on a job. Without an existing entry point, the requester owns the job. The requester
 * may also act on a queued job whose entry point has another owner.
 */
export function notOwnerOfJob(
  access: Access | undefined,
  caller: string,
  job: { caller: string; status: string; entryPoint: string },
  owner: string | undefined,
): Problem | undefined {
  if (caller === job.caller && (owner === undefined || job.status === 'QUEUED')) return undefined;
  return notOwner(access, caller, { name: job.entryPoint, owner: owner ?? job.caller });
}

/** The parts of a request that use existing cloud resources, for any cloud. */
export interface Parts {
  listener?: { acceleratorArn?: string; acceleratorId?: string; portRanges: PortRange[] };
  endpointGroups?: { region?: string }[];
  targetGroups?: { region?: string }[];
  stickinessPolicies?: { region?: string; loadBalancerName: string; loadBalancerPorts: number[] }[];
}

/** Every resource that `caller` may not use, each with its pointer. */
export function notAllowed(access: Access | undefined, caller: string, request: Parts): Problem | undefined {
  if (isAdministrator(access, caller)) return undefined;
  const { callers = {} } = access ?? {};
  const allowance = callers[Object.hasOwn(callers, caller) ? caller : '*'];
  if (!allowance) return undefined;
  const errors = [...namesNotAllowed(allowance, request), ...portsNotAllowed(allowance, request)];
  if (errors.length === 0) return undefined;
  const message = `${caller} may not use everything in this request`;
  return { code: 'NotAllowed', message, retryable: false, errors };
}

function isAdministrator(access: Access | undefined, caller: string): boolean {
  return access?.administrators.includes(caller) ?? false;
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

const MAX_LISTED = 20;

function choice(allowed: readonly string[]): string {
  if (allowed.length === 0) return 'nothing is allowed';
  const more = allowed.length > MAX_LISTED ? `, and ${allowed.length - MAX_LISTED} more` : '';
  return `allowed: ${allowed.slice(0, MAX_LISTED).join(', ')}${more}`;
}
