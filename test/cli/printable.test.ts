// What a terminal, a program and a log get of foreign text.
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { jsonLine, printable, printableLines } from '@gatehouse/cli/printable';
import { logToFile } from '@gatehouse/local/log';

const CASES: [what: string, text: string, shown: string][] = [
  ['line ends and escapes', 'a\r\n\u001b[2Jb', 'a [2Jb'],
  ['C1 controls', 'a\u009b2Jb', 'a 2Jb'],
  ['separators of lines and paragraphs', 'a\u2028b\u2029c', 'a b c'],
  ['a reversed order', 'invoice\u202etxt.exe', 'invoice\ufffdtxt.exe'],
  ['an isolated direction', 'a\u2066b\u2069', 'a\ufffdb\ufffd'],
  ['nothing at all', 'sh\u200bop\ufeff\u00ad', 'sh\ufffdop\ufffd\ufffd'],
  ['letters that show as nothing', 'a\u3164b\u115f', 'a\ufffdb\ufffd'],
  ['tags', 'a\u{e0041}b', 'a\ufffdb'],
  ['letters of all scripts', 'Grüße, 你好, שלום', 'Grüße, 你好, שלום'],
];

const HIDDEN = /[\p{Cf}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}]|[^\P{Cc}\t\n]/u;

for (const [what, text, shown] of CASES)
  test(`a terminal and a program get ${what} safely`, () => {
    assert.deepEqual(printable({ reason: text }), { reason: shown });
    const line = jsonLine({ reason: text, [text]: 1 });
    assert.doesNotMatch(line, HIDDEN);
    assert.deepEqual(JSON.parse(line), { reason: text, [text]: 1 }, 'and a program the original');
    assert.doesNotMatch(printableLines(`${text}\n`), HIDDEN);
  });

test('the log keeps lines and tabs, and nothing that acts on a terminal', () => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const before = globalThis.console;
  const file = join(folder, 'gatehouse.log');
  try {
    logToFile(file);
    console.error('failed:\n\tat \u001b[31m\u009b\u202ex');
  } finally {
    globalThis.console = before;
  }
  const text = readFileSync(file, 'utf8');
  rmSync(folder, { recursive: true, force: true });
  assert.equal(text, 'failed:\n\tat \\u001b[31m\\u009b\\u202ex\n');
});
