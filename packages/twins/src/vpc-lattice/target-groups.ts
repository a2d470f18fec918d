// Target groups: read, changed and deleted. Only the health check can change; a deletion continues in the background
// and ends with the group gone, or with a failure after which it can be tried again.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { startSettling } from '../shared/settling.ts';
import { notFound } from './errors.ts';
import { updatedHealthCheck } from './health-check.ts';
import { pageOf } from './pages.ts';
import type { ByGroup, ListTargetGroups, UpdateTargetGroup } from './requests.ts';
import { findGroup, groupsIn, type Region, type TargetGroup } from './state.ts';
import { conflictOf, groupStatus, refuseUnlessUsable } from './status.ts';
import { deleteWithTargets } from './switches.ts';

/** Seconds until a group is gone. */
const deletionSeconds = { from: 2, to: 15 };

export function getTargetGroup(region: Region, request: ByGroup, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  if (group.hiddenReads > 0) {
    group.hiddenReads -= 1;
    throw notFound('TARGET_GROUP', request.targetGroupIdentifier);
  }
  const { createdAt, lastUpdatedAt, serviceArns } = group;
  const answer = {
    ...shownGroup(group, context),
    createdAt: dateTime(createdAt),
    lastUpdatedAt: dateTime(lastUpdatedAt),
    serviceArns,
    ...failureOf(group, context),
  };
  return { answer, changed: false };
}

export function updateTargetGroup(region: Region, request: UpdateTargetGroup, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  refuseUnlessUsable(group, context);
  const before = JSON.stringify(group.config);
  group.config = { ...group.config, healthCheck: updatedHealthCheck(group, request.healthCheck, context) };
  group.lastUpdatedAt = context.now;
  return { answer: shownGroup(group, context), changed: JSON.stringify(group.config) !== before };
}

export function deleteTargetGroup(region: Region, request: ByGroup, context: Context): Done {
  const group = findGroup(region, request.targetGroupIdentifier);
  const { id, arn } = group;
  const status = groupStatus(group, context);
  if (status === 'DELETE_IN_PROGRESS') return { answer: { id, arn, status }, changed: false };
  refuseWhileNeeded(group, context);
  group.phase = {
    kind: 'delete',
    settling: startSettling(deletionSeconds, context),
    fails: context.fails,
  };
  return { answer: { id, arn, status: groupStatus(group, context) }, changed: true };
}

export function listTargetGroups(region: Region, request: ListTargetGroups, context: Context): Done {
  const { vpcIdentifier, targetGroupType } = request;
  const wanted = groupsIn(region).filter(
    ({ type, config }) =>
      type === (targetGroupType ?? type) && config.vpcIdentifier === (vpcIdentifier ?? config.vpcIdentifier),
  );
  const { items, ...next } = pageOf(wanted, request, ({ name, id }) => `${name} ${id}`);
  return { answer: { items: items.map(group => summary(group, context)), ...next }, changed: false };
}

function refuseWhileNeeded(group: TargetGroup, context: Context): void {
  const { name, serviceArns, targets } = group;
  if (groupStatus(group, context) === 'CREATE_IN_PROGRESS') {
    throw conflictOf(group, `The target group ${name} is CREATE_IN_PROGRESS`);
  }
  if (serviceArns.length > 0) {
    throw conflictOf(group, `The target group ${name} is in use by ${serviceArns.join(', ')}`);
  }
  if (targets.some(({ drain }) => drain)) {
    throw conflictOf(group, `The target group ${name} has targets that are draining`);
  }
  if (targets.length > 0 && context.setting(deleteWithTargets) === 'refuse') {
    throw conflictOf(group, `The target group ${name} has targets that are registered`);
  }
}

export function shownGroup(group: TargetGroup, context: Context) {
  const { id, arn, name, type, config } = group;
  const shown = Object.keys(config).length > 0 ? { config } : {};
  return { id, arn, name, type, ...shown, status: groupStatus(group, context) };
}

/** Without protocol version, health check and tags: the API's summary has none of them. */
function summary(group: TargetGroup, context: Context): unknown {
  const { id, arn, name, type, config, createdAt, lastUpdatedAt, serviceArns } = group;
  const { port, protocol, ipAddressType, vpcIdentifier, lambdaEventStructureVersion } = config;
  return {
    ...{ id, arn, name, type, port, protocol, ipAddressType, vpcIdentifier, lambdaEventStructureVersion },
    createdAt: dateTime(createdAt),
    lastUpdatedAt: dateTime(lastUpdatedAt),
    status: groupStatus(group, context),
    serviceArns,
  };
}

function failureOf(group: TargetGroup, context: Context): { failureCode?: string; failureMessage?: string } {
  const status = groupStatus(group, context);
  if (status !== 'CREATE_FAILED' && status !== 'DELETE_FAILED') return {};
  const change = status === 'CREATE_FAILED' ? 'created' : 'deleted';
  return { failureCode: 'InternalError', failureMessage: `The target group could not be ${change}` };
}

function dateTime(time: number): string {
  return new Date(time).toISOString();
}
