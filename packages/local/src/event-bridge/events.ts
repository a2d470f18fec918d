// Events, and PutEvents: each entry is accepted or refused by itself, with EventBridge's error codes.
import { randomUUID } from 'node:crypto';
import { parseShallowJson } from '@gatehouse/twins/http/shallow-json';
import { type Body, WireError } from '../http/aws-json.ts';
import { DEFAULT_BUS } from './buses.ts';

/** An event in the form that rules match and targets get. */
export interface BusEvent {
  version: '0';
  id: string;
  'detail-type': string;
  source: string;
  account: string;
  /** To the second. */
  time: string;
  region: string;
  resources: string[];
  detail: Record<string, unknown>;
}

export interface Place {
  account: string;
  region: string;
}

/** The members that the sender sets; the bus adds the others. */
export interface SentEvent {
  source: string;
  detailType: string;
  resources: string[];
  detail: object;
}

const MAX_ENTRIES = 10;
/** The limit of all entries together, from EventBridge's user guide. */
const MAX_BYTES = 256 * 1024;

/** From the API reference. */
const MAX_DETAIL_TYPE = 128;

const FIRST_SECOND = Date.parse('0000-01-01T00:00:00Z') / 1000;
const LAST_SECOND = Date.parse('9999-12-31T23:59:59Z') / 1000;

class Refused extends Error {
  readonly code: string;

  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

export interface PutEventsOptions {
  place: Place;
  now(): number;
  /** Accepts an event for this bus. */
  accept(busName: string, event: BusEvent): void;
}

export function putEvents({ place, now, accept }: PutEventsOptions, { Entries: entries }: Body): object {
  if (!Array.isArray(entries) || entries.length < 1 || entries.length > MAX_ENTRIES) {
    const message = `Value at 'entries' failed to satisfy constraint: Member must have length from 1 to ${MAX_ENTRIES}`;
    throw new WireError('ValidationException', message);
  }
  const bytes = entries.reduce<number>((sum, entry) => sum + sizeOf(entry), 0);
  if (bytes > MAX_BYTES) {
    throw new WireError('ValidationException', 'Total size of the entries in the request is over the limit.');
  }
  // All entries are read before the first is accepted: a request that ends with an error has sent nothing.
  const read = entries.map(entry => readEntry(entry, place, now()));
  const Entries = read.map(entry => {
    if (entry instanceof Refused) return { ErrorCode: entry.code, ErrorMessage: entry.message };
    accept(entry.bus, entry.event);
    return { EventId: entry.event.id };
  });
  return { FailedEntryCount: Entries.filter(entry => 'ErrorCode' in entry).length, Entries };
}

function readEntry(entry: unknown, place: Place, now: number): { bus: string; event: BusEvent } | Refused {
  try {
    const event = eventOf(sentBy(entry), place, timeOf(entry) ?? now);
    return { bus: busNameOf(textAt(entry, 'EventBusName') ?? DEFAULT_BUS), event };
  } catch (thrown) {
    if (thrown instanceof Refused) return thrown;
    throw thrown;
  }
}

/** A name, or the name in an ARN. */
export function busNameOf(nameOrArn: string): string {
  return nameOrArn.replace(/^arn:aws[\w-]*:events:[^:]*:[^:]*:event-bus\//, '');
}

export function eventOf(
  { source, detailType, resources, detail }: SentEvent,
  { account, region }: Place,
  epochMs: number,
): BusEvent {
  return {
    version: '0',
    id: randomUUID(),
    'detail-type': detailType,
    source,
    account,
    time: `${new Date(epochMs).toISOString().slice(0, 19)}Z`,
    region,
    resources,
    detail: { ...detail },
  };
}

function sentBy(entry: unknown): SentEvent {
  const source = required(entry, 'Source');
  const detailType = required(entry, 'DetailType');
  if (detailType.length > MAX_DETAIL_TYPE) {
    const reason = `DetailType must have at most ${MAX_DETAIL_TYPE} characters.`;
    throw new Refused('InvalidArgument', `Parameter DetailType is not valid. Reason: ${reason}`);
  }
  const detail = detailOf(required(entry, 'Detail'));
  if (source.startsWith('aws.')) {
    throw new Refused('NotAuthorizedForSourceException', 'Not authorized for the source.');
  }
  return { source, detailType, resources: resourcesOf(entry), detail };
}

function required(entry: unknown, name: string): string {
  const text = textAt(entry, name);
  if (text) return text;
  const reason = `Parameter ${name} is not valid. Reason: ${name} is a required argument.`;
  throw new Refused('InvalidArgument', reason);
}

function detailOf(text: string): Record<string, unknown> {
  try {
    const detail = parseShallowJson(text);
    if (isObject(detail)) return detail;
  } catch {
    // Refused below, like any other detail that is not an object.
  }
  throw new Refused('MalformedDetail', 'Detail is malformed.');
}

function timeOf(entry: unknown): number | undefined {
  const time = isObject(entry) ? (entry['Time'] ?? undefined) : undefined;
  if (time === undefined) return undefined;
  if (typeof time === 'number' && isInstant(time)) return time * 1000;
  throw new WireError('SerializationException', 'Time is not a number of seconds');
}

/** With a year of four digits, as the time of an event allows no others. */
function isInstant(epochSeconds: number): boolean {
  return epochSeconds >= FIRST_SECOND && epochSeconds <= LAST_SECOND;
}

function resourcesOf(entry: unknown): string[] {
  const resources = isObject(entry) ? (entry['Resources'] ?? []) : [];
  if (Array.isArray(resources) && resources.every(each => typeof each === 'string')) return resources;
  throw new WireError('SerializationException', 'Resources is not a list of strings');
}

/** The size as EventBridge counts it: the UTF-8 bytes of the texts, and 14 for a time. */
function sizeOf(entry: unknown): number {
  const texts = ['Source', 'DetailType', 'Detail'].map(name => textAt(entry, name) ?? '');
  const time = timeOf(entry) === undefined ? 0 : 14;
  return [...texts, ...resourcesOf(entry)].reduce((sum, text) => sum + Buffer.byteLength(text), time);
}

function textAt(entry: unknown, name: string): string | undefined {
  const value = isObject(entry) ? (entry[name] ?? undefined) : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw new WireError('SerializationException', `${name} is not a string`);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
