// schemathesis over the REST API of the real process: requests generated from the OpenAPI document, valid and invalid ones, and
// sequences of them. No 5xx, no hang, no answer that the document does not describe, and no invalid request that is accepted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { start, temporaryFolder } from '../end-to-end/gatehouse.ts';
import { python } from './python.ts';

export interface Judgement {
  /** `coverage` takes each boundary of each schema; `fuzzing` draws at random; `stateful` uses answers in further requests. */
  phases: ('examples' | 'coverage' | 'fuzzing' | 'stateful')[];
  casesPerOperation: number;
  minCases: number;
}

/** The members of the report that are read here. */
interface Report {
  operations: { total: number; tested: number };
  test_cases: { generated: number; with_failures: number; errored: number };
}

/** Of the draws; jobs run beside them, so a run is not the same twice in every detail. */
const SEED = process.env['SEED'] ?? '1';

export async function judge(
  t: TestContext,
  { phases, casesPerOperation, minCases }: Judgement,
): Promise<void> {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '1000');
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const { code, output } = await schemathesis(folder, [
    `${url}/v1/openapi.json`,
    `--phases=${phases}`,
    `--max-examples=${casesPerOperation}`,
    `--seed=${SEED}`,
  ]);
  assert.equal(code, 0, output);
  const report: Report = JSON.parse(readFileSync(join(folder, REPORT), 'utf8'));
  const { operations, test_cases: cases } = report;
  t.diagnostic(`${cases.generated} cases of ${operations.tested} operations`);
  assert.deepEqual([cases.with_failures, cases.errored], [0, 0], output);
  assert.equal(operations.tested, operations.total);
  assert.ok(cases.generated >= minCases, `${cases.generated} cases are enough`);
}

const REPORT = 'report.json';

/** In a folder that keeps what it writes. */
async function schemathesis(
  folder: string,
  args: string[],
): Promise<{ code: number | null; output: string }> {
  const here = import.meta.dirname;
  const command = [
    '-m',
    'schemathesis.cli',
    '--no-color',
    '--config-file',
    join(here, 'schemathesis.toml'),
    'run',
  ];
  const options = ['--workers=2', '--continue-on-failure', '--no-shrink', '--generation-database=none'];
  const report = ['--report=json', `--report-json-path=${REPORT}`];
  const child = spawn(python(), [...command, ...options, ...report, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PYTHONPATH: here,
      PYTHONDONTWRITEBYTECODE: '1',
      PYTHONUTF8: '1',
      SCHEMATHESIS_HOOKS: 'api_hooks',
    },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', text => {
      output += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}
