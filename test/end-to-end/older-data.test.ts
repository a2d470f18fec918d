// A data folder of an earlier version, whose process was killed with jobs in flight, opens, and every job ends as
// requested. Its executions continue on the state machine with which they began.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import type { JobView } from '@gatehouse/core/api/answers';
import { getJson, hasEnded, poll, start, temporaryFolder } from './gatehouse.ts';

/** Of plan version 2 and machine 4: two entry points half made on each cloud, one being changed, one being removed. */
const FIXTURE = 'test/fixtures/data/plan-2.tgz';
/** Deadlines in it are instants: the process that opens it lives right after the kill. */
const KILLED_AT = '2026-11-30T16:52:17.414Z';
const CLOCK = import.meta.resolve('../fixtures/data/clock.mjs');

const ENTRY_POINTS: [name: string, exists: boolean][] = [
  ['checkout-edge', true],
  ['shop-accelerator', true],
  ['voice-udp', true],
  ['app-cookie', true],
  ['game-udp', true],
  ['metrics-lambda', false],
];

test('jobs that an earlier version had in progress when it was killed end as requested', async t => {
  const folder = temporaryFolder(t);
  execFileSync('tar', ['xzf', FIXTURE, '-C', folder]);
  Object.assign(process.env, { NODE_OPTIONS: `--import=${CLOCK}`, GATEHOUSE_TEST_NOW: KILLED_AT });
  const { url } = await start(t, folder, '--time-scale', '100');
  const { items } = await getJson<{ items: JobView[] }>(`${url}/v1/jobs?pageSize=100`);
  const open = items.filter(({ status }) => status === 'RUNNING' || status === 'QUEUED');
  assert.ok(open.length >= 4, `${open.length} jobs were under way`);
  for (const { id } of items) {
    const job = await poll(url, id, hasEnded);
    assert.equal(job.status, 'SUCCEEDED', `${job.operation} ${job.entryPoint}: ${JSON.stringify(job.error)}`);
  }
  for (const [name, exists] of ENTRY_POINTS) {
    const { status } = await fetch(`${url}/v1/entry-points/${name}`);
    assert.equal(status, exists ? 200 : 404, name);
    if (!exists) continue;
    const drift = await getJson<{ state: string }>(`${url}/v1/entry-points/${name}/drift`);
    assert.equal(drift.state, 'IN_SYNC', `${name}: ${JSON.stringify(drift)}`);
  }
});
