// The log of a local stack that runs for weeks.
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { logToFile } from '@gatehouse/local/log';

function logIn(t: TestContext, ...path: string[]) {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
  const terminal = globalThis.console;
  t.after(() => {
    globalThis.console = terminal;
    rmSync(folder, { recursive: true });
  });
  return { folder, file: join(folder, ...path) };
}

test('the log and the one before it are kept to a size, and the newest lines are there', t => {
  const { folder, file } = logIn(t, 'gatehouse.log');
  logToFile(file, 1000);
  for (let line = 1; line <= 100; line++) console.log(`line ${line} ${'x'.repeat(80)}`);
  assert.deepEqual(readdirSync(folder).toSorted(), ['gatehouse.log', 'gatehouse.log.1']);
  for (const name of readdirSync(folder)) assert.ok(statSync(join(folder, name)).size <= 1000, name);
  const both = readFileSync(`${file}.1`, 'utf8') + readFileSync(file, 'utf8');
  const kept = [...both.matchAll(/^line (\d+) /gm)].map(([, number]) => Number(number));
  assert.ok(kept.length > 10);
  assert.deepEqual(
    kept,
    Array.from(kept, (_, index) => 100 - kept.length + 1 + index),
  );
});

test('a line that cannot be written is lost, and the next one is not', t => {
  const { folder, file } = logIn(t, 'gone', 'gatehouse.log');
  logToFile(file);
  console.log('lost');
  mkdirSync(join(folder, 'gone'));
  console.log('kept');
  assert.equal(readFileSync(file, 'utf8'), 'kept\n');
});
