// A process that is killed inside one write of its database leaves dynalite's indexes different from its items. The
// test produces that state by deleting single records from the database's file.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ClassicLevel } from 'classic-level';
import { getJson, hasEnded, poll, start, submit, temporaryFolder } from './gatehouse.ts';

const VOICE = readFileSync('examples/voice-udp.yaml', 'utf8');
const OPTIONS = ['--no-demo', '--time-scale', '400'];

test('an item that a kill inside a write has left in the indexes alone is in the table again after the next start', async t => {
  const folder = temporaryFolder(t);
  const job = await finishedJob();
  await removeRecords(folder, (key, text) => key.startsWith('item-') && isItem(text, job.id));
  const { url } = await start(t, folder, ...OPTIONS);
  assert.deepEqual(await getJson(`${url}/v1/jobs/${job.id}`), job);

  async function finishedJob() {
    const stack = await start(t, folder, ...OPTIONS);
    const { id } = await submit(stack.url, VOICE, 'one');
    const ended = await poll(stack.url, id, hasEnded);
    await stack.kill();
    return ended;
  }
});

test('an item that a kill inside a write has removed from an index is listed again after the next start', async t => {
  const folder = temporaryFolder(t);
  const stack = await start(t, folder, ...OPTIONS);
  const { id } = await submit(stack.url, VOICE, 'one');
  // In the middle of its work: nothing but the index of open jobs leads the schedule to it.
  await stack.kill();
  await removeRecords(folder, (key, text) => key.startsWith('index-') && isItem(text, id));
  const { url } = await start(t, folder, ...OPTIONS);
  assert.equal((await poll(url, id, hasEnded)).status, 'SUCCEEDED');
  const { items } = await getJson<{ items: { id: string }[] }>(`${url}/v1/jobs`);
  assert.deepEqual(
    items.map(item => item.id),
    [id],
  );
});

const isItem = (text: string, jobId: string): boolean => {
  const { pk, sk } = JSON.parse(text) as { pk?: { S: string }; sk?: { S: string } };
  return pk?.S === `JOB#${jobId}` && sk?.S === 'JOB';
};

async function removeRecords(folder: string, which: (key: string, text: string) => boolean): Promise<void> {
  const level = new ClassicLevel(join(folder, 'dynamodb'));
  const keys: string[] = [];
  for await (const [key, text] of level.iterator()) if (which(key, text)) keys.push(key);
  assert.ok(keys.length > 0, 'there was something to take');
  await level.batch(keys.map(key => ({ type: 'del' as const, key })));
  await level.close();
}
