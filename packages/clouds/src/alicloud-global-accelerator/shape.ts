// What the resources of Alibaba Cloud Global Accelerator share: how they settle, and their paged lists. An instance takes one
// change at a time, so that each change is waited for, and with it the instance.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Readiness, Settling } from '@gatehouse/core/ports/resource';
import * as z from 'zod';
import type { GaClient } from './client.ts';

/**
 * Usually a minute, three for the first listener of an instance. No state says that a change failed, so only a limit ends
 * a wait that is stuck. A reading right after a change may still be one from before it.
 */
export const eachChange: Settling = {
  initialDelaySeconds: 10,
  maxDelaySeconds: 30,
  readyLimitSeconds: 1800,
  consecutiveReady: 2,
};

const PAGE_SIZE = 50;
/** Of numbered pages that shifted while they were read. */
const MAX_READINGS = 3;

/** What every resource here shows of itself, besides its members said as a spec says them. */
export interface Observed<Spec> {
  id: string;
  /** Of the resource, of the listener that it hangs on, and of the instance, which all settle with one change. */
  states: (string | undefined)[];
  spec: Spec;
}

/** `active` is steady; everything else, known to us or not, is busy, and takes nothing but reads. */
export function readyOf({ states: [own, ...around] }: Observed<unknown>): Readiness {
  if (own === 'deleting') return { ready: false, leaving: true, reason: 'it is being deleted' };
  if (own !== 'active') return { ready: false, busy: true, reason: `it is ${own ?? 'of unknown state'}` };
  if (around.every(state => state === 'active')) return { ready: true };
  return {
    ready: false,
    busy: true,
    reason: `what it belongs to is ${around.find(state => state !== 'active')}`,
  };
}

export function only<Spec extends object>(spec: Spec, names: readonly string[]): Partial<Spec> {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => names.includes(name))) as Partial<Spec>;
}

/** How a removal of what is gone is refused is not always documented: a look tells whether there is anything to refuse. */
export async function unlessGone(removal: Promise<unknown>, isGone: () => Promise<boolean>): Promise<void> {
  try {
    await removal;
  } catch (thrown) {
    if (!(thrown instanceof TerminalError) || !(await isGone())) throw thrown;
  }
}

/** With which code a create is refused whose place is taken is not always documented: a look tells whether it is. */
export async function unlessTaken<T>(create: Promise<T>, isTaken: () => Promise<boolean>): Promise<T> {
  try {
    return await create;
  } catch (thrown) {
    const refused = thrown instanceof TerminalError && thrown.outcome === 'none';
    if (!refused || !(await isTaken())) throw thrown;
    throw new TerminalError('AlreadyExists', thrown.message, { provider: thrown.provider, cause: thrown });
  }
}

/** Every answer that is about nothing but its success. */
export const done = z.object({});

interface Listing<Schema extends z.ZodType> {
  operation: string;
  parameters: Record<string, unknown>;
  /** The member of the answer that holds the items. */
  member: string;
  item: Schema;
  idOf(item: z.output<Schema>): string;
}

/** A list by page numbers, to its end. Pages shift when something comes or goes meanwhile: then it is read again. */
export async function numbered<Schema extends z.ZodType>(
  { call }: GaClient,
  { operation, parameters, member, item, idOf }: Listing<Schema>,
): Promise<z.output<Schema>[]> {
  const page = z.object({ [member]: z.array(item).default([]), TotalCount: z.int().optional() });
  for (let reading = 0; reading < MAX_READINGS; reading++) {
    const found = new Map<string, z.output<Schema>>();
    const totals = new Set<unknown>();
    for (let PageNumber = 1; ; PageNumber++) {
      const answer = await call(operation, { ...parameters, PageNumber, PageSize: PAGE_SIZE }, page);
      const items = (answer as Record<string, unknown>)[member] as z.output<Schema>[];
      totals.add(answer['TotalCount']);
      const known = found.size;
      for (const each of items) found.set(idOf(each), each);
      // A page of nothing new: there is no end to wait for.
      if (items.length < PAGE_SIZE || found.size === known) break;
    }
    if (totals.size === 1) return [...found.values()];
  }
  throw new RetryableError('Busy', `${operation}: the list changed each time that it was read`);
}

/** A list by tokens, to its end. */
export async function continued<Schema extends z.ZodType>(
  { call }: GaClient,
  { operation, parameters, member, item }: Omit<Listing<Schema>, 'idOf'>,
): Promise<z.output<Schema>[]> {
  const page = z.object({ [member]: z.array(item).default([]), NextToken: z.string().optional() });
  const found: z.output<Schema>[] = [];
  const tokens = new Set<string>();
  for (let NextToken: string | undefined; ; ) {
    const answer = await call(operation, { ...parameters, MaxResults: PAGE_SIZE, NextToken }, page);
    found.push(...((answer as Record<string, unknown>)[member] as z.output<Schema>[]));
    const next = answer['NextToken'];
    if (typeof next !== 'string' || next === '') return found;
    if (tokens.has(next)) {
      throw new RetryableError(
        'ServiceInternalError',
        `${operation}: its pages lead back to one that was read`,
      );
    }
    tokens.add(next);
    NextToken = next;
  }
}
