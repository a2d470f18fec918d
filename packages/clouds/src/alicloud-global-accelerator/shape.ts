// Shared by the resources of Alibaba Cloud Global Accelerator: settling times and paged lists. An instance accepts one change
// at a time, so each step waits for its change and for the instance.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Readiness, Settling } from '@gatehouse/core/ports/resource';
import * as z from 'zod';
import { allPages } from '../pages.ts';
import type { GaClient } from './client.ts';

/**
 * Usually one minute, three for the first listener of an instance. No state reports a failed change, so a time limit ends a
 * wait that is stuck. A read right after a change may still return the earlier state.
 */
export const eachChange: Settling = {
  initialDelaySeconds: 10,
  maxDelaySeconds: 30,
  readyLimitSeconds: 1800,
  consecutiveReady: 2,
};

const PAGE_SIZE = 50;
/** For numbered pages that shift during the read. */
const MAX_READS = 3;

/** An observed resource: its id and states, and its members in the form of a spec. */
export interface Observed<Spec> {
  id: string;
  /** Of the resource, of its listener and of the instance, which settle together. */
  states: (string | undefined)[];
  spec: Spec;
}

/** Only `active` is settled. Every other state is busy, and allows reads only. */
export function readyOf({ states: [own, ...around] }: Observed<unknown>): Readiness {
  if (own === 'deleting') return { ready: false, leaving: true, reason: 'it is being deleted' };
  if (own !== 'active') return { ready: false, busy: true, reason: `it is ${own ?? 'of unknown state'}` };
  if (around.every(state => state === 'active')) return { ready: true };
  return {
    ready: false,
    busy: true,
    reason: `its listener or instance is ${around.find(state => state !== 'active')}`,
  };
}

export function only<Spec extends object>(spec: Spec, names: readonly string[]): Partial<Spec> {
  return Object.fromEntries(Object.entries(spec).filter(([name]) => names.includes(name))) as Partial<Spec>;
}

/** The error for deleting an absent object is not always documented, so a read decides whether it is absent. */
export async function unlessGone(removal: Promise<unknown>, isGone: () => Promise<boolean>): Promise<void> {
  try {
    await removal;
  } catch (thrown) {
    if (!(thrown instanceof TerminalError) || !(await isGone())) throw thrown;
  }
}

/** The error for a taken key is not always documented, so a read decides whether it is taken. */
export async function unlessTaken<T>(create: Promise<T>, isTaken: () => Promise<boolean>): Promise<T> {
  try {
    return await create;
  } catch (thrown) {
    const refused = thrown instanceof TerminalError && thrown.outcome === 'none';
    if (!refused || !(await isTaken())) throw thrown;
    throw new TerminalError('AlreadyExists', thrown.message, { provider: thrown.provider, cause: thrown });
  }
}

/** A response without content. */
export const done = z.object({});

interface Listing<Schema extends z.ZodType> {
  operation: string;
  parameters: Record<string, unknown>;
  /** The member of the response with the items. */
  member: string;
  item: Schema;
  idOf(item: z.output<Schema>): string;
}

/** A list with page numbers, on all pages. Pages shift if an item is added or removed meanwhile: then it is read again. */
export async function numbered<Schema extends z.ZodType>(
  { call }: GaClient,
  { operation, parameters, member, item, idOf }: Listing<Schema>,
): Promise<z.output<Schema>[]> {
  const page = z.object({ [member]: z.array(item).default([]), TotalCount: z.int().optional() });
  for (let read = 0; read < MAX_READS; read++) {
    const found = new Map<string, z.output<Schema>>();
    const totals = new Set<unknown>();
    for (let PageNumber = 1; ; PageNumber++) {
      const answer = await call(operation, { ...parameters, PageNumber, PageSize: PAGE_SIZE }, page);
      const items = (answer as Record<string, unknown>)[member] as z.output<Schema>[];
      totals.add(answer['TotalCount']);
      const known = found.size;
      for (const each of items) found.set(idOf(each), each);
      // A page without new items: reading further would not end.
      if (items.length < PAGE_SIZE || found.size === known) break;
    }
    if (totals.size === 1) return [...found.values()];
  }
  throw new RetryableError('Busy', `${operation}: the list changed during each read`);
}

/** A list with page tokens, on all pages. */
export function continued<Schema extends z.ZodType>(
  { call }: GaClient,
  { operation, parameters, member, item }: Omit<Listing<Schema>, 'idOf'>,
): Promise<z.output<Schema>[]> {
  const page = z.object({ [member]: z.array(item).default([]), NextToken: z.string().optional() });
  return allPages({
    operation,
    async page(NextToken) {
      const answer: Record<string, unknown> = await call(
        operation,
        { ...parameters, MaxResults: PAGE_SIZE, NextToken },
        page,
      );
      const next = answer['NextToken'];
      return {
        items: answer[member] as z.output<Schema>[],
        next: typeof next === 'string' ? next : undefined,
      };
    },
  });
}
