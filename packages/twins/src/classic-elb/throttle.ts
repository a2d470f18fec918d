// Throttling, off unless a switch sets a burst: a token bucket for each region, separate for Describe calls and for
// changes.
import type { Call, Context } from '../shared/cloud.ts';
import { cloudError } from './errors.ts';
import type { State } from './state.ts';
import {
  changeBurst,
  changesPerSecond,
  describeBurst,
  describesPerSecond,
  throttleCode,
} from './switches.ts';

export function throttle(state: State, { operation, region }: Call, context: Context): void {
  const kind = operation.startsWith('Describe') ? 'describe' : 'change';
  const burst = context.setting(kind === 'describe' ? describeBurst : changeBurst);
  if (burst === 0) return;
  const perSecond = context.setting(kind === 'describe' ? describesPerSecond : changesPerSecond);

  const key = `${region} ${kind}`;
  const { left, at } = state.buckets[key] ?? { left: burst, at: context.now };
  // A late call takes effect at an instant that other calls may have passed.
  const now = Math.max(at, context.now);
  const filled = Math.min(burst, left + ((now - at) / context.scaled(1)) * perSecond);
  state.buckets[key] = { left: filled < 1 ? filled : filled - 1, at: now };
  if (filled < 1) throw cloudError(context.setting(throttleCode), 'Rate exceeded');
}
