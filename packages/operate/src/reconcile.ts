// `reconcile`: compares the inventory with the clouds, after a restore of the table or whenever they may differ. It reports what
// has drifted, is missing or cannot be read, and resources in the clouds that the inventory does not know. With --apply it
// submits an update to the last spec for each entry point that differs. It deletes nothing, and does not create an entry point
// again of which nothing is left: it may have been removed after the instant to which the table was restored.
import type { Client, Drift, EntryPoint, Request } from '@gatehouse/client';
import type { Unknown } from './unknown-resources.ts';

export interface Reconcile {
  client: Client;
  apply: boolean;
  /** Part of the key of each update, so that the same run, repeated, submits each update once. */
  run: string;
  /** The resources in the clouds that carry our mark and are in no inventory item. */
  unknownTo(owned: readonly EntryPoint[]): Promise<Unknown[]>;
}

export interface Reconciled {
  inSync: number;
  updated: number;
  /** Everything that needs a person. */
  open: number;
}

export async function reconcile(options: Reconcile, say: (line: string) => void): Promise<Reconciled> {
  const done: Reconciled = { inSync: 0, updated: 0, open: 0 };
  const owned: EntryPoint[] = [];
  for await (const name of namesIn(options.client)) {
    const entryPoint = await options.client.entryPoint(name);
    owned.push(entryPoint);
    const outcome = await compare(options, entryPoint, say);
    done[outcome]++;
  }
  for (const { id, entryPoint, job } of await options.unknownTo(owned)) {
    say(`NOT IN THE INVENTORY ${id}`);
    say(
      `    made for ${entryPoint} by ${job}: its owner provisions ${entryPoint} again with options.adopt, or deletes it`,
    );
    done.open++;
  }
  say(
    `${done.inSync} entry points in sync, ${done.updated} updates submitted, ${done.open} findings for a person.`,
  );
  return done;
}

async function* namesIn(client: Client): AsyncGenerator<string, void> {
  let pageToken: string | undefined;
  do {
    const page = await client.entryPoints({ pageSize: 100, ...(pageToken ? { pageToken } : {}) });
    for (const { name } of page.items) yield name;
    pageToken = page.nextPageToken;
  } while (pageToken !== undefined);
}

async function compare(
  options: Reconcile,
  entryPoint: EntryPoint,
  say: (line: string) => void,
): Promise<keyof Reconciled> {
  const { name } = entryPoint;
  const drift = await options.client.drift(name);
  if (drift.state === 'IN_SYNC') return 'inSync';
  say(`${drift.state} ${name}`);
  for (const line of linesOf(drift)) say(`    ${line}`);
  if (drift.state === 'UNKNOWN') {
    say('    it could not be compared; run this again once its cloud answers');
    return 'open';
  }
  if (drift.resources.every(({ state }) => state === 'MISSING')) {
    say(`    nothing is left of it: remove ${name} if that was intended, or else update it`);
    return 'open';
  }
  if (!options.apply) {
    say(`    --apply submits an update of ${name} to its last spec`);
    return 'open';
  }
  return update(options, entryPoint, say);
}

function linesOf({ resources }: Drift): string[] {
  return resources
    .filter(({ state }) => state !== 'IN_SYNC')
    .map(({ state, title, id, differences, problem }) => {
      const members = differences.map(({ member }) => member).join(', ');
      return `${state} ${title} (${id})${members ? `: ${members}` : ''}${problem ? `: ${problem.message}` : ''}`;
    });
}

/** An update reads the clouds again, creates what is missing, and sets what differs. */
async function update(
  { client, run }: Reconcile,
  { name, spec }: EntryPoint,
  say: (line: string) => void,
): Promise<keyof Reconciled> {
  try {
    const request = { ...Object(spec), operation: 'update' } as Request;
    const job = await client.submit(request, { idempotencyKey: `reconcile-${run}-${name}` });
    say(`    ${job.id} updates it`);
    return 'updated';
  } catch (thrown) {
    say(`    not updated: ${thrown instanceof Error ? thrown.message : thrown}`);
    return 'open';
  }
}
