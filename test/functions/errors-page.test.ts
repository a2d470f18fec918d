// docs/errors.md against the code: it lists every code of the API and no other.
import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { RETRY_CODES, TERMINAL_CODES } from '@gatehouse/core/ports/errors';
import { PROBLEMS } from '@gatehouse/functions/api/problem';

const [ofRequests = '', ofJobs = ''] = readFileSync('docs/errors.md', 'utf8').split(
  '## Errors of jobs and steps',
);

function rows(text: string): string[][] {
  const lines = text.split('\n').filter(line => line.startsWith('| `'));
  return lines.map(line =>
    line
      .split('|')
      .map(cell => cell.trim().replaceAll('`', ''))
      .slice(1, -1),
  );
}

test('the codes of requests are those of the table in the code, with status and title, in the same order', () => {
  const told = rows(ofRequests).map(([code, status, title]) => [code, Number(status), title]);
  const known = Object.entries(PROBLEMS).map(([code, { status, title }]) => [code, status, title]);
  assert.deepEqual(told, known);
});

test('the codes of jobs and steps are those of core', () => {
  const texts = globSync('packages/core/src/**/*.ts').map(file => readFileSync(file, 'utf8'));
  const errors = readFileSync('packages/core/src/ports/errors.ts', 'utf8');
  const thrown: string[] = [...RETRY_CODES, ...TERMINAL_CODES];
  const named = [...errors.matchAll(/readonly name = '(\w+)'/g)].map(([, name]) => name);
  const literal = texts.flatMap(text =>
    [...text.matchAll(/(?:\bcode: |\brefusal\(\s*)'([A-Z]\w+)'/g)].map(([, code]) => code),
  );
  // The two error classes carry codes of their own.
  const kinds = ['RetryableError', 'TerminalError'];
  // Access rules and the room in queues are checked before there is a job.
  const ofNoJob = ['NotAllowed', 'QueueFull', 'TooManyWaitingJobs'];
  const known = new Set(
    [...thrown, ...named, ...literal].filter(code => ![...kinds, ...ofNoJob].includes(code ?? '')),
  );
  assert.deepEqual(
    rows(ofJobs)
      .map(([code]) => code)
      .toSorted(),
    [...known].toSorted(),
  );
});
