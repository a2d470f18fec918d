// Authorization rules. The first requester of an entry point is its owner; only the owner and administrators may change it.
// Access rules can limit what a request points at; they are checked before it is accepted, and again when its job begins.
// Each kind of resource declares what a request points at. The caller's identity is established elsewhere.

import { limitIssues, pointerTo, type ValidationIssue } from '../json/validation-issues.ts';
import type { Problem } from '../ports/errors.ts';
import type { Access, Allowance } from './access.ts';
import { isSameCaller } from './callers.ts';
import { type PortRange, shownPorts } from './port-rules.ts';

/** Whether `caller` may change an existing entry point. */
export function notOwner(
  access: Access | undefined,
  caller: string,
  { name, owner }: { name: string; owner: string },
): Problem | undefined {
  if (isSameCaller(caller, owner) || isAdministrator(access, caller)) return undefined;
  const message = `${name} belongs to ${owner}; only its owner and Gatehouse administrators may change it`;
  return { code: 'NotOwner', message, retryable: false };
}

/** Whether `caller` may request the operation on `existing`. For a new one, a taken name is a conflict, whoever owns it. */
export function notOwnerOf(
  access: Access | undefined,
  caller: string,
  { operation }: { operation: string },
  existing: { name: string; owner: string } | undefined,
): Problem | undefined {
  const forbidden = existing && notOwner(access, caller, existing);
  if (!forbidden || operation !== 'provision') return forbidden;
  const message = `${existing.name} exists and belongs to ${existing.owner}; choose another name`;
  return { code: 'EntryPointExists', message, retryable: false };
}

/**
 * Whether `caller` may take an action on a job. Without an existing entry point, the requester owns the job. The requester
 * may also act on a queued job whose entry point has another owner.
 */
export function notOwnerOfJob(
  access: Access | undefined,
  caller: string,
  job: { id: string; caller: string; status: string; entryPoint: string },
  owner: string | undefined,
): Problem | undefined {
  const isRequester = isSameCaller(caller, job.caller);
  if (isRequester && (owner === undefined || job.status === 'QUEUED')) return undefined;
  if (owner !== undefined) return notOwner(access, caller, { name: job.entryPoint, owner });
  if (isRequester || isAdministrator(access, caller)) return undefined;
  const message = `${job.id} was requested by ${job.caller}; only its requester and Gatehouse administrators may use actions on it`;
  return { code: 'NotOwner', message, retryable: false };
}

type List = keyof Allowance;
type PortList = 'ports' | 'endpointPorts';

/** What a request points at outside of its entry point: the list of the access rules that can limit it, and its place. */
export type Use = { path: readonly PropertyKey[] } & (
  | { list: Exclude<List, PortList> /** Every name of the one object. */; names: readonly string[] }
  | { list: PortList; range: PortRange }
);

/** Everything of `uses` that `caller` may not use, each with its pointer. */
export function notAllowed(
  access: Access | undefined,
  caller: string,
  uses: readonly Use[],
): Problem | undefined {
  if (isAdministrator(access, caller)) return undefined;
  const allowance = allowanceOf(access?.callers ?? {}, caller);
  if (!allowance) return undefined;
  const errors = uses.flatMap(use => issueOf(allowance, use) ?? []);
  if (errors.length === 0) return undefined;
  const message = `${caller} may not use everything in this request`;
  return { code: 'NotAllowed', message, retryable: false, errors: limitIssues(errors) };
}

function allowanceOf(callers: Access['callers'], caller: string): Allowance | undefined {
  const own = Object.keys(callers).find(name => isSameCaller(name, caller)) ?? '*';
  return Object.hasOwn(callers, own) ? callers[own] : undefined;
}

function isAdministrator(access: Access | undefined, caller: string): boolean {
  return access?.administrators.some(name => isSameCaller(name, caller)) ?? false;
}

function issueOf(allowance: Allowance, use: Use): ValidationIssue | undefined {
  const allowed = 'range' in use ? portsIn(allowance, use) : namesIn(allowance, use);
  if (allowed === undefined) return undefined;
  return { pointer: pointerTo(use.path), detail: `is not allowed for you; ${choice(allowed, use.list)}` };
}

/** What is allowed instead; undefined if the use is allowed. */
function portsIn(allowance: Allowance, { list, range }: Extract<Use, { range: PortRange }>) {
  const allowed = allowance[list];
  return !allowed || covers(allowed, range) ? undefined : allowed.map(shownPorts);
}

function namesIn(allowance: Allowance, { list, names }: Extract<Use, { names: unknown }>) {
  const allowed = allowance[list];
  const isAllowed = allowed?.some(pattern => names.some(name => matches(pattern, name))) ?? true;
  return isAllowed ? undefined : allowed;
}

/** Each `*` stands for any characters. Takes time in proportion to the name, whatever the pattern. */
export function matches(pattern: string, name: string): boolean {
  const [first = '', ...parts] = pattern.split('*');
  const last = parts.pop();
  if (last === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let from = first.length;
  for (const part of parts) {
    const at = name.indexOf(part, from);
    if (at < 0) return false;
    from = at + part.length;
  }
  return name.length >= from + last.length && name.endsWith(last);
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

function choice(allowed: readonly string[], list: List): string {
  if (allowed.length === 0) return `your access rule allows no ${list}`;
  const more = allowed.length > MAX_LISTED ? `, and ${allowed.length - MAX_LISTED} more` : '';
  return `your access rule allows the ${list} ${allowed.slice(0, MAX_LISTED).join(', ')}${more}`;
}
