// The log of a house that runs for weeks.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { logToFile } from '@gatehouse/local/log';

test('the log and the one before it are kept to a size, and the newest lines are there', t => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-log-'));
  const terminal = globalThis.console;
  t.after(() => {
    globalThis.console = terminal;
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'gatehouse.log');
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
