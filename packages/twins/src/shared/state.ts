// The durable state of all twins: one JSON document. A call's change, the fault that affected it and its row are stored
// together or not at all, whenever the process is killed.
import { existsSync, readFileSync } from 'node:fs';
import { replaceFile } from '../files/replace-file.ts';
import type { CallRow } from './calls.ts';
import type { Call } from './cloud.ts';
import type { Fault } from './faults.ts';
import { isRecord } from './input.ts';
import type { Settings } from './switches.ts';

export interface WorldState {
  format: 1;
  /** Random draws so far. */
  draws: number;
  nextFaultId: number;
  faults: Fault[];
  /** Calls to be carried out at their time, by the first request or control call at or after it. */
  late: LateCall[];
  /** Per service, only the switches that were set. */
  switches: Record<string, Settings>;
  /** Per service, the state that its twin returned. */
  clouds: Record<string, unknown>;
}

export type LateCall = Call & { dueAt: number };

type SavedState = WorldState & { row?: CallRow };

export interface StateFile {
  /** Undefined if there is none yet. `row`: the newest one, which may not have reached the log's file. */
  load(): { state: WorldState; row?: CallRow } | undefined;
  /** On disk when it returns, with the row of the change. */
  save(state: WorldState, row?: CallRow): void;
}

export function openStateFile(file: string | undefined): StateFile {
  let written: string | undefined;
  return {
    load() {
      if (!file || !existsSync(file)) return undefined;
      const { row, ...state } = parseState(readFileSync(file, 'utf8'), file);
      return row ? { state, row } : { state };
    },
    save(state, row) {
      if (!file) return;
      const content = JSON.stringify(state);
      // The log keeps a row that comes without a change. A change without a row is always written, because the file may
      // contain an older row.
      if (row && content === written) return;
      replaceFile(file, JSON.stringify(row ? { ...state, row } : state));
      written = content;
    },
  };
}

function parseState(content: string, file: string): SavedState {
  try {
    const state: unknown = JSON.parse(content);
    if (isSavedState(state)) return state;
  } catch (cause) {
    throw new Error(`The twins' state ${file} is not JSON`, { cause });
  }
  throw new Error(`The twins' state ${file} has a format that this version cannot read`);
}

/** Only `save` writes the file, so the format's number and its members are enough of a check. */
function isSavedState(value: unknown): value is SavedState {
  return (
    isRecord(value) &&
    value['format'] === 1 &&
    typeof value['draws'] === 'number' &&
    typeof value['nextFaultId'] === 'number' &&
    Array.isArray(value['faults']) &&
    Array.isArray(value['late']) &&
    isRecord(value['switches']) &&
    isRecord(value['clouds'])
  );
}
