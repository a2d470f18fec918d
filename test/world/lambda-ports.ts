// The ports of the Lambdas: everything that core needs from outside. Each invocation has its own ports, and loses them
// when it dies.
import { fixedKey } from '@gatehouse/clouds/alicloud-global-accelerator';
import { ATTEMPT_GAP_SECONDS, LATENESS_SECONDS, STEP_SECONDS } from '@gatehouse/core/machine/time-limits';
import type { EveryPort } from '@gatehouse/core/plan/cloud-ports';
import type { Bus, Executions, Log, Store } from '@gatehouse/core/ports/ports';
import { HISTORY_EVENTS } from '@gatehouse/core/record/history';
import { rememberingStore } from '@gatehouse/core/record/remembering-store';
import { everyCloud } from '@gatehouse/functions/every-cloud';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { WireService } from '@gatehouse/twins/http/wire';
import { CREDENTIALS, REGION } from './account.ts';
import type { VirtualClock } from './clock.ts';
import { inProcess } from './in-process-http.ts';
import { hasDied, type LambdaLife } from './lambda-life.ts';
import type { Writes } from './writes.ts';

/** The twin's default, until a test sets its switch. */
const ALICLOUD_LIMITS = 'current';
const ALICLOUD_CREDENTIALS = { accessKeyId: 'twin', accessKeySecret: 'twin-secret' };

export const SETTINGS: Readonly<EveryPort['settings']> = {
  eventSources: ['com.example.*'],
  region: REGION,
  stepTimeoutSeconds: STEP_SECONDS,
  latenessSeconds: LATENESS_SECONDS,
  historyEvents: HISTORY_EVENTS,
  attemptGapSeconds: ATTEMPT_GAP_SECONDS,
  alicloudLimits: ALICLOUD_LIMITS,
};

/** The parts of a world that Lambdas use. */
export interface Surroundings {
  clock: VirtualClock;
  table: Store;
  writes: Writes;
  bus: Bus;
  executions: Executions;
  /** The connection to the clouds. */
  wire: WireService;
  settings: EveryPort['settings'];
}

/** Returns the function that creates the ports of one invocation. */
export function lambdaPorts(to: Surroundings): (life: LambdaLife) => EveryPort {
  const { clock, writes } = to;
  const clouds = everyCloud(
    REGION,
    {
      config: { endpoint: `http://${inProcess(to.wire)}`, keys: fixedKey(ALICLOUD_CREDENTIALS) },
      profile: ALICLOUD_LIMITS,
    },
    { credentials: CREDENTIALS, requestHandler: handlerFor(to.wire) },
  );
  return life => ({
    clock: { now: () => clock.date(), after: seconds => new Date(clock.now() + seconds * 1000) },
    store: rememberingStore(writes.storeOf(life, to.table)),
    bus: { put: events => writes.carryOut(life, 'BUS', () => to.bus.put(events)) },
    executions: to.executions,
    log: LOG,
    settings: to.settings,
    ...clouds,
  });
}

/** Prints errors, except those of dying Lambdas, because a test plans their death. */
const LOG: Log = {
  info() {},
  warn() {},
  error(message, fields) {
    if (!hasDied(fields.error.cause)) console.error(message, fields);
  },
};
