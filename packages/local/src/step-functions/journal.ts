// The store of executions: on disk, one file for the record and one for the history, or in memory. Each file is written
// under another name and renamed, so that a reader finds the old file or the new one and never half of one. Renames
// survive the end of the process but not a power failure, because nothing here waits for the disk itself.
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionRecord } from './execution.ts';
import type { HistoryEvent } from './history.ts';
import { isObject } from './json.ts';

export interface Journal {
  load(): ExecutionRecord[];
  read(executionArn: string): ExecutionRecord | undefined;
  write(record: ExecutionRecord): void;
  readHistory(executionArn: string): HistoryEvent[] | undefined;
  writeHistory(executionArn: string, events: HistoryEvent[]): void;
  remove(executionArn: string): void;
}

const recordEnding = '.json';
const historyEnding = '.history';

export function diskJournal(directory: string): Journal {
  mkdirSync(directory, { recursive: true });
  // A name can contain characters that a file name cannot.
  const pathOf = (arn: string, ending: string) =>
    join(directory, createHash('sha256').update(arn).digest('hex') + ending);
  return {
    load: () => loadAll(directory),
    read: arn => readRecord(pathOf(arn, recordEnding)),
    write: record => replaceFile(pathOf(record.executionArn, recordEnding), record),
    readHistory: arn => readEvents(pathOf(arn, historyEnding)),
    writeHistory: (arn, events) => replaceFile(pathOf(arn, historyEnding), events),
    remove(arn) {
      rmSync(pathOf(arn, recordEnding), { force: true });
      rmSync(pathOf(arn, historyEnding), { force: true });
    },
  };
}

/** Histories are the largest part: only the newest closed ones are kept in memory. */
const memoryHistoriesLimit = 1_000;

export function memoryJournal(): Journal {
  const records = new Map<string, ExecutionRecord>();
  const histories = new Map<string, HistoryEvent[]>();
  return {
    load: () => [],
    read: arn => records.get(arn),
    write: record => void records.set(record.executionArn, record),
    readHistory: arn => histories.get(arn),
    writeHistory(arn, events) {
      histories.set(arn, events);
      const [oldest] = histories.keys();
      if (histories.size > memoryHistoriesLimit && oldest !== undefined) histories.delete(oldest);
    },
    remove(arn) {
      records.delete(arn);
      histories.delete(arn);
    },
  };
}

const asideEnding = '.aside';

function replaceFile(path: string, content: unknown): void {
  writeFileSync(path + asideEnding, JSON.stringify(content), { mode: 0o600 });
  renameSync(path + asideEnding, path);
}

function loadAll(directory: string): ExecutionRecord[] {
  const names = readdirSync(directory);
  // A write that a crash interrupted was never answered.
  for (const name of names) if (name.endsWith(asideEnding)) rmSync(join(directory, name));
  return names
    .filter(name => name.endsWith(recordEnding))
    .flatMap(name => {
      const record = readRecord(join(directory, name));
      if (!record) process.emitWarning(`${join(directory, name)} is not an execution and is ignored`);
      return record ?? [];
    });
}

function readRecord(path: string): ExecutionRecord | undefined {
  const value = readJson(path);
  return isRecord(value) ? value : undefined;
}

function readEvents(path: string): HistoryEvent[] | undefined {
  const value = readJson(path);
  return Array.isArray(value) && value.every(isEvent) ? value : undefined;
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    const absent = isObject(error) && error['code'] === 'ENOENT';
    if (absent || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is ExecutionRecord {
  if (!isObject(value)) return false;
  const texts = ['executionArn', 'stateMachineArn', 'name', 'input'].every(
    key => typeof value[key] === 'string',
  );
  const numbers = ['startDate', 'sequence'].every(key => typeof value[key] === 'number');
  const optional = ['output', 'error', 'cause'].every(key =>
    ['string', 'undefined'].includes(typeof value[key]),
  );
  const closing = value['status'] === 'RUNNING' || typeof value['stopDate'] === 'number';
  return texts && numbers && optional && closing && isStatus(value['status']);
}

function isStatus(value: unknown): boolean {
  return ['RUNNING', 'SUCCEEDED', 'FAILED', 'TIMED_OUT', 'ABORTED'].some(status => status === value);
}

function isEvent(value: unknown): value is HistoryEvent {
  return isObject(value) && typeof value['id'] === 'number' && typeof value['type'] === 'string';
}
