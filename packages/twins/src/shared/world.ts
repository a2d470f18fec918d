// The shared surroundings of all twins: their state, the injected faults, the switches, the log. Every change ends with
// `record` or `save`, which have written it to disk when they return.
import { join } from 'node:path';
import { type CallLog, type CallRow, openCallLog } from './calls.ts';
import type { Cloud, Context, Twin } from './cloud.ts';
import type { Fault } from './faults.ts';
import { fraction, hex, requestId } from './random.ts';
import { openStateFile, type WorldState } from './state.ts';
import { type Settings, settingOf } from './switches.ts';

export interface TwinOptions {
  /** The folder of state and log across restarts; without it they are kept in memory. */
  dataDir?: string;
  seed: string;
  /** The number of seconds of the real cloud in one of ours. */
  timeScale: number;
  /** Milliseconds. */
  now(): number;
  /** The clock with which callers sign their requests, if it differs from `now`. */
  wallClock?(): number;
  sleep(ms: number): Promise<void>;
  /** By service: the values of switches until a call sets others. By default each switch's own first value. */
  switches?: Record<string, Settings>;
}

export interface World {
  clouds: readonly Cloud[];
  options: TwinOptions;
  log: CallLog;
  state(): WorldState;
  twin(service: string): Twin | undefined;
  /** `now`: when the call takes effect. */
  context(service: string, now: number, fault?: Fault): Context;
  /** The values of a service's switches that differ from their first ones. */
  settings(service: string): Settings;
  record(row: Omit<CallRow, 'n'>): void;
  save(): void;
  /** Restores the seeded accounts: no faults, no calls, default switches. */
  reset(): void;
}

export function openWorld(clouds: readonly Cloud[], options: TwinOptions): World {
  const inDataDir = (name: string) => options.dataDir && join(options.dataDir, name);
  const stateFile = inDataDir('twins.json');
  const file = openStateFile(stateFile);
  const log = openCallLog(inDataDir('twin-calls.jsonl'));
  const saved = file.load();
  let state = saved?.state ?? emptyState();
  let twins = openTwins(clouds, state, stateFile);

  // A kill between the state and the log leaves a change without its row; the state contains it.
  if (saved?.row && saved.row.n >= log.next()) log.append(saved.row);

  const save = (row?: CallRow) => {
    state.clouds = Object.fromEntries([...twins].map(([service, twin]) => [service, twin.state()]));
    file.save(state, row);
  };

  const settings = (service: string) => ({ ...options.switches?.[service], ...state.switches[service] });

  return {
    clouds,
    options,
    log,
    state: () => state,
    twin: service => twins.get(service),
    context: (service, now, fault) =>
      contextOf({ state, options, settings: settings(service), now, fault, row: log.next() }),
    settings,
    record(row) {
      const numbered = { n: log.next(), ...row };
      save(numbered);
      log.append(numbered);
    },
    save,
    reset() {
      state = emptyState();
      twins = openTwins(clouds, state);
      log.clear();
      save();
    },
  };
}

function emptyState(): WorldState {
  return { format: 1, draws: 0, nextFaultId: 1, faults: [], late: [], switches: {}, clouds: {} };
}

function openTwins(clouds: readonly Cloud[], state: WorldState, file?: string): Map<string, Twin> {
  try {
    return new Map(clouds.map(cloud => [cloud.service, cloud.open(state.clouds[cloud.service])]));
  } catch (cause) {
    throw new Error(`The twins' state ${file ?? 'in memory'} has a format that its twins cannot read`, {
      cause,
    });
  }
}

interface ContextOf {
  state: WorldState;
  options: TwinOptions;
  settings: Settings;
  now: number;
  fault: Fault | undefined;
  row: number;
}

function contextOf({ state, options, settings, now, fault, row }: ContextOf): Context {
  const nextDraw = () => {
    state.draws += 1;
    return state.draws;
  };
  const scaled = (seconds: number) => (seconds * 1000) / options.timeScale;
  return {
    now,
    wallNow: options.wallClock?.() ?? now,
    requestId: requestId(options.seed, row),
    scaled,
    settling: (from, to) => scaled(from + fraction(options.seed, nextDraw()) * (to - from)),
    hex: length => hex(options.seed, nextDraw(), length),
    setting: known => settingOf(known, settings),
    fails: fault?.fault === 'failed',
    stuckBy: fault?.fault === 'stuck' ? fault.id : undefined,
    lockedBy: fault?.fault === 'locked' ? fault.id : undefined,
    faultStands: id => state.faults.some(fault => fault.id === id),
    forgetsTokens: fault?.fault === 'forgetTokens',
  };
}
