// The configuration of the event buses: their rules, and the rules' targets, kept across restarts in one file. The host
// creates its own rules at every start, as a deployment does; rules of others stay unchanged.
import { existsSync, readFileSync } from 'node:fs';
import { replaceFile } from '@gatehouse/twins/files/replace-file';

export interface Target {
  Id: string;
  Arn: string;
  /** JSON text that the target gets instead of the event. */
  Input?: string;
  DeadLetterConfig?: { Arn?: string };
  RetryPolicy?: { MaximumRetryAttempts?: number; MaximumEventAgeInSeconds?: number };
}

export interface Rule {
  Name: string;
  EventBusName: string;
  State: 'ENABLED' | 'DISABLED';
  Description?: string;
  EventPattern?: string;
  ScheduleExpression?: string;
  Targets: Target[];
}

export interface Bus {
  Name: string;
  Description?: string;
  /** Epoch seconds. */
  CreationTime: number;
}

interface State {
  format: 1;
  buses: Bus[];
  rules: Rule[];
}

export interface Buses {
  all(): Bus[];
  bus(name: string): Bus | undefined;
  putBus(bus: Bus): void;
  removeBus(name: string): void;
  rules(bus?: string): Rule[];
  rule(bus: string, name: string): Rule | undefined;
  /** Replaces the rule of the same bus and name. */
  putRule(rule: Rule): void;
  removeRule(bus: string, name: string): void;
}

export const DEFAULT_BUS = 'default';

export function openBuses(file: string | undefined, now: () => number): Buses {
  const state = (file && load(file)) || {
    format: 1,
    buses: [{ Name: DEFAULT_BUS, CreationTime: now() / 1000 }],
    rules: [],
  };
  const save = () => {
    if (file) replaceFile(file, JSON.stringify(state, undefined, 1));
  };
  const without = (bus: string, name: string) =>
    state.rules.filter(rule => rule.EventBusName !== bus || rule.Name !== name);
  return {
    all: () => state.buses,
    bus: name => state.buses.find(bus => bus.Name === name),
    putBus(bus) {
      state.buses = [...state.buses.filter(({ Name }) => Name !== bus.Name), bus];
      save();
    },
    removeBus(name) {
      state.buses = state.buses.filter(({ Name }) => Name !== name);
      save();
    },
    rules: bus => state.rules.filter(rule => bus === undefined || rule.EventBusName === bus),
    rule: (bus, name) => state.rules.find(rule => rule.EventBusName === bus && rule.Name === name),
    putRule(rule) {
      state.rules = [...without(rule.EventBusName, rule.Name), rule];
      save();
    },
    removeRule(bus, name) {
      state.rules = without(bus, name);
      save();
    },
  };
}

function load(file: string): State | undefined {
  if (!existsSync(file)) return undefined;
  const state: unknown = JSON.parse(readFileSync(file, 'utf8'));
  if (isState(state)) return state;
  throw new Error(`The rules of the event buses, ${file}, have a format that this version cannot read`);
}

/** Only this file writes the state, so the format's number is enough of a check. */
function isState(value: unknown): value is State {
  return typeof value === 'object' && value !== null && 'format' in value && value.format === 1;
}
