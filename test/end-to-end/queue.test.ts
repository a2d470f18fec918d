// 200 jobs over 5 accelerators and 40 entry points, submitted at the same time to the real process, which is killed
// twice meanwhile: all end, no two overlap in a queue, and each queue keeps its order.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobSummary, JobView } from '@gatehouse/core/api/answers';
import { hasEnded } from '@gatehouse/core/record/events';
import { type Gatehouse, getJson, start, temporaryFolder } from './gatehouse.ts';
import { assertAtRest, everyItem, linesOf } from './whole-stack.ts';

const OPTIONS = ['--no-demo', '--time-scale', '400'];
const ENTRY_POINTS = 40;
const ACCELERATORS = Array.from(
  { length: 5 },
  (_, n) => `arn:aws:globalaccelerator::123456789012:accelerator/00000000-0000-4000-8000-00000000000${n}`,
);
const OPERATIONS = ['provision', 'update', 'update', 'remove', 'provision'] as const;
const acceleratorOf = (n: number): string => ACCELERATORS[n % ACCELERATORS.length] ?? '';
const entryPointLines = Array.from({ length: ENTRY_POINTS }, (_, n) => `entry-point/edge-${n}`);
const acceleratorLines = ACCELERATORS.map(arn => `accelerator/${arn}`);

/** The twin's accelerators are there, not made: as many as this test wants are put where it keeps them. */
async function withAccelerators(stack: Gatehouse, folder: string): Promise<void> {
  await fetch(`${stack.url}/_twin/faults`, { method: 'DELETE' });
  await stack.kill();
  const file = join(folder, 'twins', 'twins.json');
  const kept = JSON.parse(readFileSync(file, 'utf8'));
  const { accelerators } = kept.clouds.globalaccelerator;
  for (const AcceleratorArn of ACCELERATORS) accelerators.push({ ...accelerators[0], AcceleratorArn });
  writeFileSync(file, JSON.stringify(kept));
}

async function submit(url: string, operation: string, n: number, version: number): Promise<string> {
  const listener = {
    acceleratorArn: acceleratorOf(n),
    protocol: 'TCP',
    portRanges: [{ fromPort: 3001 + n, toPort: 3001 + n }],
    clientAffinity: version % 2 ? 'NONE' : 'SOURCE_IP',
  };
  const request = {
    operation,
    entryPoint: `edge-${n}`,
    options: { deadlineSeconds: 21_600, queueSeconds: 604_800 },
    ...(operation === 'remove' ? {} : { listener }),
  };
  const headers = { 'content-type': 'application/json', 'idempotency-key': `${n}-${version}` };
  const response = await fetch(`${url}/v1/jobs`, { method: 'POST', headers, body: JSON.stringify(request) });
  const told = (await response.json()) as JobView;
  assert.equal(response.status, 202, JSON.stringify(told));
  return told.id;
}

test('200 jobs over 5 accelerators and 40 entry points all end, in the order of their queues, although the process is killed twice', async t => {
  const folder = temporaryFolder(t);
  await withAccelerators(await start(t, folder, ...OPTIONS), folder);
  let stack = await start(t, folder, ...OPTIONS);
  const before = JSON.stringify(await getJson(`${stack.url}/_twin/resources`));
  const every = Array.from({ length: ENTRY_POINTS }, (_, n) => n);
  // Each entry point's own in their order, so that each of them finds what it needs when its turn comes.
  await Promise.all(
    every.map(async n => {
      for (const [at, operation] of OPERATIONS.entries()) await submit(stack.url, operation, n, at);
    }),
  );
  const seen: string[][] = [];
  const look = async () => {
    for (const { jobs } of await linesOf(stack.url, [...entryPointLines, ...acceleratorLines]))
      seen.push(jobs);
  };
  await look();
  for (let kills = 0; kills < 2; kills++) {
    await sleep(3000);
    await stack.kill();
    stack = await start(t, folder, ...OPTIONS);
    await look();
  }
  const longest = Math.max(...seen.map(jobs => jobs.length));
  assert.ok(longest >= 4, `jobs wait in line: ${longest}`);
  const ids = await untilEnded(stack.url, look);
  assert.equal(ids.length, ENTRY_POINTS * OPERATIONS.length);

  const jobs = await assertAtRest(stack.url, before, [...entryPointLines, ...acceleratorLines]);
  inLineOrder(jobs, seen);
  for (const arn of ACCELERATORS) {
    const onIt = jobs.filter(({ entryPoint }) => acceleratorOf(Number(entryPoint.slice(5))) === arn);
    assert.equal(onIt.length, 40);
    oneAfterAnother(onIt);
  }
  const failed = jobs.filter(({ status }) => status !== 'SUCCEEDED');
  assert.deepEqual(
    failed.map(({ id, status, summary }) => `${id} ${status}: ${summary}`),
    [],
  );
});

async function untilEnded(url: string, look: () => Promise<void>): Promise<string[]> {
  for (;;) {
    const jobs = await everyItem<JobSummary>(url, '/v1/jobs');
    if (jobs.every(({ status }) => hasEnded(status))) return jobs.map(({ id }) => id);
    await look();
    await sleep(500);
  }
}

/** Whoever stood before another one in a line, at any time, has ended before it. */
function inLineOrder(jobs: JobView[], seen: string[][]): void {
  const endedAt = new Map(jobs.map(job => [job.id, job.endedAt ?? '']));
  for (const line of seen) {
    const ends = line.map(id => endedAt.get(id) ?? '');
    assert.deepEqual(ends, ends.toSorted(), `in the order of their line: ${line.join(', ')}`);
  }
}

/** From when it ran to when it ended, each alone. */
function oneAfterAnother(jobs: JobView[]): void {
  const spans = jobs
    .flatMap(({ startedAt, endedAt = '' }) => (startedAt ? [{ startedAt, endedAt }] : []))
    .toSorted((a, b) => (a.startedAt < b.startedAt ? -1 : 1));
  for (const [at, { startedAt }] of spans.entries()) {
    const { endedAt = '' } = spans[at - 1] ?? {};
    assert.ok(startedAt >= endedAt, `${startedAt} is not before ${endedAt}`);
  }
}
