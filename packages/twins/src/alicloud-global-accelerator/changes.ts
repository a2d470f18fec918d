// An instance accepts one change at a time. A change makes the instance busy, together with the changed resource and
// its listener. They settle from the inside out, and the instance last.
import type { Context } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import { hasSettled, type Settling, startSettling } from '../shared/settling.ts';
import { type Code, gaError } from './errors.ts';
import { limitsOf } from './limits.ts';
import type { Accelerator, Phase } from './model.ts';
import type { State } from './state.ts';
import { busyCode, changeSeconds, instanceLagSeconds } from './switches.ts';

/** The resources that a write affects, from the outside in. */
export interface Subject {
  accelerator: Accelerator;
  listener?: { ListenerId: string; phase: Phase };
  /** The resource's error code while it is busy itself, if it has one. */
  resource?: { phase: Phase; code: Code };
  createsGroup?: boolean;
}

export type AcceleratorState = 'active' | 'configuring' | 'finacialLocked' | 'financialLocked';

export function acceleratorState(accelerator: Accelerator, context: Context): AcceleratorState {
  const isLocked = accelerator.lockedForMoney || accelerator.lockedBy.some(context.faultStands);
  if (isLocked) return limitsOf(context).lockedState;
  return hasSettled(accelerator.change, context) ? 'active' : 'configuring';
}

export function stateOf({ kind, settling }: Phase, context: Context): string {
  if (hasSettled(settling, context)) return 'active';
  if (kind === 'delete') return 'deleting';
  return kind === 'configure' ? 'configuring' : limitsOf(context).states[kind];
}

/** Locks the instance of a call if a fault says so. */
export function lockForMoney(state: State, request: unknown, context: Context): void {
  if (context.lockedBy === undefined || !isRecord(request)) return;
  const { AcceleratorId, ListenerId, EndpointGroupId } = request;
  const id =
    AcceleratorId ??
    state.listeners.find(listener => listener.ListenerId === ListenerId)?.AcceleratorId ??
    state.groups.find(group => group.EndpointGroupId === EndpointGroupId)?.AcceleratorId;
  const accelerator = state.accelerators.find(each => each.AcceleratorId === id);
  accelerator?.lockedBy.push(context.lockedBy);
}

/** A locked instance answers with the code of a busy one; only its state shows the difference. */
export function refuseWhileBusy(subject: Subject, context: Context): void {
  const { accelerator, listener, resource } = subject;
  const state = acceleratorState(accelerator, context);
  if (state === 'active') return;
  const isLocked = state !== 'configuring';
  const busy: Record<string, Code | undefined> = {
    instance: 'StateError.Accelerator',
    listener: !isLocked && listener && isBusy(listener.phase, context) ? 'NotActive.Listener' : undefined,
    resource: !isLocked && resource && isBusy(resource.phase, context) ? resource.code : undefined,
    GA_NOT_STEADY: !isLocked && subject.createsGroup ? 'GA_NOT_STEADY' : undefined,
  };
  const code = busy[context.setting(busyCode)] ?? 'StateError.Accelerator';
  throw gaError(code, `${accelerator.AcceleratorId} is ${state} and cannot be changed`);
}

/**
 * Returns the time at which the changed resource has settled; `listener`: the listener of that resource, unless it is a
 * listener itself.
 */
export function startChange(
  accelerator: Accelerator,
  { listener, seconds }: { listener?: { phase: Phase }; seconds?: number },
  context: Context,
): Settling {
  const about = seconds ?? context.setting(changeSeconds);
  const settling = startSettling({ from: about * 0.75, to: about * 1.25 }, context);
  const lag = context.scaled(context.setting(instanceLagSeconds));
  if (listener) {
    listener.phase = { kind: 'configure', settling: { ...settling, at: settling.at + lag / 2 } };
  }
  accelerator.change = { ...settling, at: settling.at + lag };
  return settling;
}

function isBusy({ settling }: Phase, context: Context): boolean {
  return !hasSettled(settling, context);
}
