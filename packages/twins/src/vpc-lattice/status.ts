// Status and existence at an instant: both are derived from what settles. A group in deletion exists until it is gone,
// a target until it has drained.
import type { Context } from '../shared/cloud.ts';
import { isHealthy } from '../shared/health.ts';
import { hasSettled } from '../shared/settling.ts';
import { conflict } from './errors.ts';
import type { State, Target, TargetGroup } from './state.ts';
import { drainingStatus, statusWithoutChecks, targetHealth } from './switches.ts';

export type GroupStatus =
  | 'CREATE_IN_PROGRESS'
  | 'ACTIVE'
  | 'CREATE_FAILED'
  | 'DELETE_IN_PROGRESS'
  | 'DELETE_FAILED';

/** Every call begins here. */
export function forgetWhatIsGone(state: State, context: Context): void {
  state.groups = groupsThere(state, context);
  for (const group of state.groups) group.targets = targetsThere(group, context);
}

export function groupsThere(state: State, context: Context): TargetGroup[] {
  return state.groups.filter(({ phase: { kind, settling, fails } }) => {
    return kind === 'create' || fails || !hasSettled(settling, context);
  });
}

export function targetsThere(group: TargetGroup, context: Context): Target[] {
  return group.targets.filter(({ drain }) => !drain || !hasSettled(drain, context));
}

export function groupStatus({ phase }: TargetGroup, context: Context): GroupStatus {
  const settled = hasSettled(phase.settling, context);
  switch (phase.kind) {
    case 'create':
      if (!settled) return 'CREATE_IN_PROGRESS';
      return phase.fails ? 'CREATE_FAILED' : 'ACTIVE';
    case 'delete':
      return settled ? 'DELETE_FAILED' : 'DELETE_IN_PROGRESS';
  }
}

export function targetStatus(group: TargetGroup, target: Target, context: Context): string {
  if (target.drain && context.setting(drainingStatus) === 'DRAINING') return 'DRAINING';
  if (!hasSettled(target.initial, context)) return 'INITIAL';
  const isUsed = group.serviceArns.length > 0;
  if (!group.config.healthCheck?.enabled) {
    return isUsed ? 'UNAVAILABLE' : context.setting(statusWithoutChecks);
  }
  if (!isUsed) return 'UNUSED';
  return isHealthy(context.setting(targetHealth), target.initial.at, context) ? 'HEALTHY' : 'UNHEALTHY';
}

/** A group whose deletion failed is usable, a group whose creation failed is not. */
export function refuseUnlessUsable(group: TargetGroup, context: Context): void {
  const status = groupStatus(group, context);
  if (status !== 'ACTIVE' && status !== 'DELETE_FAILED') {
    throw conflictOf(group, `The target group ${group.name} is ${status}`);
  }
}

export function conflictOf({ id }: TargetGroup, message: string): Error {
  return conflict(message, { resourceId: id, resourceType: 'TARGET_GROUP' });
}
