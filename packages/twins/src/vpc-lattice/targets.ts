// Targets of a group, each checked by itself: a call with refused targets is answered with 200 and names them. A
// deregistered target drains for minutes and stays in the group until it has drained.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import type { Done } from '../shared/operation.ts';
import { startSettling } from '../shared/settling.ts';
import { pageOf } from './pages.ts';
import type { AskedTarget, ChangeTargets, ListTargets } from './requests.ts';
import { findGroup, type Region, type Target, type TargetGroup } from './state.ts';
import { conflictOf, groupStatus, refuseUnlessUsable, targetStatus } from './status.ts';
import {
  deregisterAbsentTarget,
  drainOfUnused,
  invalidTarget,
  registerDrainingTarget,
  registerPresentTarget,
} from './switches.ts';
import { type Failure, type Named, refusalOf, refuseBeyondQuota } from './target-rules.ts';

/** Seconds until the first health checks have finished, and until a target has drained. */
const initialSeconds = { from: 5, to: 30 };
const drainSeconds = { from: 60, to: 300 };

type Verdicts = { successful: Named[]; unsuccessful: (Named & Failure)[] };

export function registerTargets(region: Region, request: ChangeTargets, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  refuseUnlessUsable(group, context);
  const targets = [...group.targets];
  let changed = false;
  const answer = judge(group, request.targets, context, named => {
    const present = targets.find(target => isSame(target, named));
    const refusal = present && refusalOfPresent(present, context);
    if (refusal || (present && !present.drain)) return refusal;
    const unfit = refusalOf(named, { region, group, targets, context });
    if (unfit) return unfit;
    if (present) targets.splice(targets.indexOf(present), 1);
    targets.push({ ...named, initial: startSettling(initialSeconds, context) });
    changed = true;
    return undefined;
  });
  refuseBeyondQuota(targets, context);
  group.targets = targets;
  return { answer, changed };
}

export function deregisterTargets(region: Region, request: ChangeTargets, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  const status = groupStatus(group, context);
  if (status.endsWith('_IN_PROGRESS')) {
    throw conflictOf(group, `The target group ${group.name} is ${status}`);
  }
  const leaving: Target[] = [];
  const answer = judge(group, request.targets, context, named => {
    const present = group.targets.find(target => isSame(target, named));
    if (present && !present.drain) leaving.push(present);
    if (present || context.setting(deregisterAbsentTarget) === 'accept') return undefined;
    return { failureCode: 'TargetNotFound', failureMessage: 'The target is not registered' };
  });
  const isAtOnce = group.serviceArns.length === 0 && context.setting(drainOfUnused) === 'immediate';
  for (const target of leaving) {
    target.drain ??= startSettling(isAtOnce ? { from: 0, to: 0 } : drainSeconds, context);
  }
  return { answer, changed: leaving.length > 0 };
}

export function listTargets(region: Region, request: ListTargets, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  const { targets: filter = [] } = request;
  const isWanted = (target: Target) =>
    filter.length === 0 ||
    filter.some(({ id, port }) => id === target.id && (port === undefined || port === target.port));
  const { items, ...next } = pageOf(group.targets.filter(isWanted), request, keyOf);
  const shown = items.map(target => {
    const { id, port } = target;
    const status = targetStatus(group, target, context);
    // The API documents no value of this member.
    return { id, port, status, ...(status === 'UNHEALTHY' ? { reasonCode: 'HealthCheckFailed' } : {}) };
  });
  return { answer: { items: shown, ...next }, changed: false };
}

function judge(
  group: TargetGroup,
  requested: AskedTarget[],
  context: Context,
  verdictOn: (target: Named) => Failure | undefined,
): Verdicts {
  const verdicts: Verdicts = { successful: [], unsuccessful: [] };
  for (const [index, target] of requested.entries()) {
    const named = namedIn(group, target);
    const failure = verdictOn(named);
    if (!failure) verdicts.successful.push(named);
    else if (context.setting(invalidTarget) === 'unsuccessful') {
      verdicts.unsuccessful.push({ ...named, ...failure });
    } else {
      throw new InputError('constraint', `targets[${index}]`, `be valid: ${failure.failureMessage}`);
    }
  }
  return verdicts;
}

/** A target without a port has its group's; a group of functions has none. */
function namedIn({ config }: TargetGroup, { id, port = config.port }: AskedTarget): Named {
  return port === undefined ? { id } : { id, port };
}

function refusalOfPresent({ drain }: Target, context: Context): Failure | undefined {
  const rule = drain ? registerDrainingTarget : registerPresentTarget;
  if (context.setting(rule) === 'accept') return undefined;
  const failureMessage = drain ? 'The target is draining' : 'The target is registered already';
  return { failureCode: 'TargetAlreadyRegistered', failureMessage };
}

function isSame(target: Named, other: Named): boolean {
  return target.id === other.id && target.port === other.port;
}

function keyOf({ id, port }: Target): string {
  return `${id} ${String(port ?? '').padStart(5, '0')}`;
}
