// The examples for Alibaba Cloud in the real process, over HTTP, with the deployed handlers: to their end, and over a
// kill.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { Call } from '../world/world.ts';
import { getJson, hasEnded, poll, start, submit, temporaryFolder } from './gatehouse.ts';

const example = (name: string) => readFileSync(`examples/${name}.yaml`, 'utf8');

async function changes(url: string, operation: string): Promise<number> {
  const calls = await getJson<Call[]>(`${url}/_twin/calls?operation=${operation}`);
  return calls.filter(call => call.service === 'ga' && call.operation === operation && call.changed).length;
}

for (const [name, operation, times] of [
  ['game-udp', 'CreateListener', 1],
  ['shop-accelerator', 'CreateForwardingRules', 2],
] as const) {
  test(`${name} succeeds, and shows the cloud id of every step`, async t => {
    const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '200');
    const { id } = await submit(url, example(name), name);
    const job = await poll(url, id, hasEnded);
    assert.equal(job.status, 'SUCCEEDED', job.summary);
    assert.ok(job.steps.every(step => step.cloudId !== undefined));
    assert.equal(await changes(url, operation), times);
  });
}

for (const [name, operation, counts] of [
  ['game-udp', 'CreateListener', { CreateListener: 1, CreateEndpointGroup: 1 }],
  ['shop-accelerator', 'CreateEndpointGroup', { CreateListener: 1, CreateEndpointGroup: 2 }],
] as const) {
  test(`${name}, killed after its first ${operation}, goes on after the next start and makes nothing twice`, async t => {
    const folder = temporaryFolder(t);
    const first = await start(t, folder, '--no-demo', '--time-scale', '100');
    const { id } = await submit(first.url, example(name), 'killed');
    while ((await changes(first.url, operation)) < 1) await new Promise(resolve => setImmediate(resolve));
    await first.kill();

    const second = await start(t, folder, '--no-demo', '--time-scale', '100');
    const job = await poll(second.url, id, hasEnded);
    assert.equal(job.status, 'SUCCEEDED', job.summary);
    for (const [made, times] of Object.entries(counts))
      assert.equal(await changes(second.url, made), times, made);
  });
}
