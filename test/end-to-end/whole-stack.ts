// The invariants of the whole local stack once all jobs have ended, whatever happened before. They are checked through the
// API, the twins and the table, as a caller, a customer of the cloud and an operator see them.
import assert from 'node:assert/strict';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { JobSummary, JobView } from '@gatehouse/core/api/answers';
import { hasEnded } from '@gatehouse/core/record/events';
import { type Queue, queueKey } from '@gatehouse/core/record/records';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import { addedIds } from '../saga/as-asked.ts';
import type { Call } from '../world/world.ts';
import { getJson } from './gatehouse.ts';

export interface Page<Item> {
  items: Item[];
  nextPageToken?: string;
}

export async function everyItem<Item>(url: string, path: string): Promise<Item[]> {
  const items: Item[] = [];
  let token: string | undefined;
  do {
    const query = `pageSize=100${token ? `&pageToken=${encodeURIComponent(token)}` : ''}`;
    const page = await getJson<Page<Item>>(`${url}${path}?${query}`);
    items.push(...page.items);
    token = page.nextPageToken;
  } while (token);
  return items;
}

export async function everyJob(url: string): Promise<JobView[]> {
  const jobs: JobView[] = [];
  for (const { id } of await everyItem<JobSummary>(url, '/v1/jobs')) {
    jobs.push(await getJson<JobView>(`${url}/v1/jobs/${id}`));
  }
  return jobs;
}

export const isStuck = ({ status, resolution }: JobView): boolean =>
  (status === 'ROLLBACK_FAILED' || status === 'REMOVE_FAILED') && !resolution;

export async function linesOf(url: string, targets: Iterable<string>): Promise<Queue[]> {
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new DynamoDBClient({ endpoint: url, region: 'eu-west-1', credentials });
  const store = dynamoDbStore(client, 'gatehouse');
  const lines: Queue[] = [];
  for (const target of targets) {
    const line = (await store.get(queueKey(target)))?.value;
    if (line) lines.push(line);
  }
  client.destroy();
  return lines;
}

/** `before`: the picture of the clouds when nothing had been asked yet. */
export async function assertAtRest(
  url: string,
  before: string,
  targets: Iterable<string>,
): Promise<JobView[]> {
  const jobs = await everyJob(url);
  for (const job of jobs) {
    assert.ok(hasEnded(job.status) && !isStuck(job), `${job.id} is at an end: ${job.status} ${job.summary}`);
    eventsHaveNoGap(job);
  }
  for (const { name, jobs: waiting } of await linesOf(url, targets)) assert.deepEqual(waiting, [], name);
  await everythingHasAnOwner(url, before, jobs);
  await nothingMadeTwice(url);
  return jobs;
}

function eventsHaveNoGap({ id, events }: JobView): void {
  assert.deepEqual(
    events.map(({ sequence }) => sequence),
    events.map((_, at) => at + 1),
    id,
  );
  const ends = events.filter(({ status, action }) => hasEnded(status) && action === undefined);
  const retries = events.filter(({ action }) => action === 'retry');
  assert.equal(ends.length, 1 + retries.length, `${id} ends once, and once more for each retry`);
}

/** What the clouds have more than before is what the inventory names, and what people have left behind by name. */
async function everythingHasAnOwner(url: string, before: string, jobs: JobView[]): Promise<void> {
  const now = JSON.stringify(await getJson(`${url}/_twin/resources`));
  const owned: string[] = [];
  for (const { name } of await everyItem<{ name: string }>(url, '/v1/entry-points')) {
    const page = await getJson<{ resources: { id: string }[] }>(`${url}/v1/entry-points/${name}`);
    owned.push(...page.resources.map(({ id }) => id));
  }
  const behind = jobs.flatMap(job => [...(job.skipped ?? []), ...(job.resolution?.leftovers ?? [])]);
  const known = [...owned, ...behind.flatMap(({ id }) => id ?? [])];
  const standing = addedIds(now, before);
  for (const id of standing) assert.ok(known.includes(id), `${id} stands, and no record leads to it`);
  for (const id of owned) assert.ok(standing.includes(id), `${id} is in the inventory, and does not stand`);
}

/** Of the creates under one token, one has made something. */
async function nothingMadeTwice(url: string): Promise<void> {
  const calls = await getJson<Call[]>(`${url}/_twin/calls`);
  const made = new Set<unknown>();
  for (const { operation, changed, request } of calls) {
    const token = request['clientToken'] ?? request['IdempotencyToken'];
    if (!changed || !operation.startsWith('Create') || token === undefined) continue;
    assert.ok(!made.has(token), `${operation} under ${token} has made one thing`);
    made.add(token);
  }
}
