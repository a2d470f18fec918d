// Accelerators, as they are read. Only an accelerator has a status: every change of it, or of a listener or endpoint
// group below it, makes it IN_PROGRESS until all changes have settled.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import { type Page, pageOf } from './pages.ts';
import { type Accelerator, acceleratorOf, findAccelerator, type Modified, type State } from './state.ts';
import {
  settlesFromSeconds,
  settlesToSeconds,
  staleDescribeReads,
  transactionInProgress,
} from './switches.ts';

export function listAccelerators(state: State, request: Page, context: Context): Done {
  const { items, ...next } = pageOf(state.accelerators, request, {
    of: 'accelerators',
    arnOf: accelerator => accelerator.AcceleratorArn,
    context,
  });
  const Accelerators = items.map(accelerator => shown(accelerator, accelerator.modified, context));
  return { answer: { Accelerators, ...next }, changed: false };
}

export function describeAccelerator(
  state: State,
  request: { AcceleratorArn: string },
  context: Context,
): Done {
  const accelerator = findAccelerator(state, request.AcceleratorArn);
  const { stale } = accelerator;
  if (!stale?.reads) {
    return { answer: { Accelerator: shown(accelerator, accelerator.modified, context) }, changed: false };
  }
  stale.reads -= 1;
  const before = { ...accelerator, stuckBy: [] };
  return { answer: { Accelerator: shown(before, stale.shows, context) }, changed: false };
}

export function describeAcceleratorAttributes(state: State, request: { AcceleratorArn: string }): Done {
  findAccelerator(state, request.AcceleratorArn);
  return { answer: { AcceleratorAttributes: { FlowLogsEnabled: false } }, changed: false };
}

/** Listeners and endpoint groups have no tags: their ARNs are not valid arguments. */
export function listTagsForResource(state: State, request: { ResourceArn: string }): Done {
  return { answer: { Tags: findAccelerator(state, request.ResourceArn).Tags }, changed: false };
}

/** Called by every change, with the ARN of the changed resource. */
export function startSettling(state: State, arn: string, context: Context): void {
  const accelerator = acceleratorOf(state, arn);
  const { modified } = accelerator;
  const [from, to] = [context.setting(settlesFromSeconds), context.setting(settlesToSeconds)];
  const settled = context.now + context.settling(from, to);
  const reads = context.setting(staleDescribeReads);
  if (reads > 0) accelerator.stale = { shows: modified, reads };
  accelerator.modified = { at: context.now, busyUntil: Math.max(modified.busyUntil, settled) };
  accelerator.stuckBy = accelerator.stuckBy.filter(context.faultStands);
  if (context.stuckBy !== undefined) accelerator.stuckBy.push(context.stuckBy);
}

/** `kind`: whether it is a change of endpoints, for which the API declares this error, or another. */
export function refuseWhileBusy(
  state: State,
  arn: string,
  context: Context,
  kind: 'endpoints' | 'other',
): void {
  const refused = context.setting(transactionInProgress);
  if (refused === 'never' || (refused === 'endpoints' && kind === 'other')) return;
  const accelerator = acceleratorOf(state, arn);
  if (statusOf(accelerator, accelerator.modified, context) === 'DEPLOYED') return;
  throw cloudError('TransactionInProgressException', `Another change of ${arn} is in progress`);
}

export function shown(accelerator: Accelerator, modified: Modified, context: Context): unknown {
  const {
    Tags: _tags,
    createdAt,
    modified: _modified,
    stuckBy: _stuckBy,
    stale: _stale,
    ...api
  } = accelerator;
  return {
    ...api,
    Status: statusOf(accelerator, modified, context),
    CreatedTime: createdAt / 1000,
    LastModifiedTime: modified.at / 1000,
  };
}

export function statusOf(
  accelerator: Accelerator,
  modified: Modified,
  context: Context,
): 'IN_PROGRESS' | 'DEPLOYED' {
  const busy = context.now < modified.busyUntil || accelerator.stuckBy.some(context.faultStands);
  return busy ? 'IN_PROGRESS' : 'DEPLOYED';
}
