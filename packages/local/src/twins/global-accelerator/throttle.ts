// Throttling, off unless the switch callsPerSecond is set: AWS publishes no rate.
import { CloudError, type Context } from '../cloud.ts';
import type { State } from './state.ts';
import { callsPerSecond, throttleStatus } from './switches.ts';

export function throttle(state: State, context: Context): void {
  const most = context.setting(callsPerSecond);
  if (most === 0) return;
  const { window } = state;
  if (context.now >= window.startedAt + context.scaled(1)) {
    window.startedAt = context.now;
    window.calls = 0;
  }
  window.calls += 1;
  if (window.calls > most) {
    throw new CloudError('ThrottlingException', Number(context.setting(throttleStatus)), 'Rate exceeded');
  }
}
