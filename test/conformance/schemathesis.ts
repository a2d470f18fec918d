// Runs schemathesis on the REST API of the real process. It generates valid and invalid requests and sequences of requests from
// the OpenAPI document. It fails on a 5xx, a hang, an undocumented answer, and an invalid request that is accepted.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { start, temporaryFolder } from '../end-to-end/gatehouse.ts';
import { python } from './python.ts';

export interface GeneratedRequests {
  /** `coverage`: every boundary of every schema. `fuzzing`: random requests. `stateful`: requests with values of earlier answers. */
  phases: ('examples' | 'coverage' | 'fuzzing' | 'stateful')[];
  casesPerOperation: number;
  /** Rounds with further seeds are made until there are so many. */
  minCases: number;
}

/** The members of the report that are read here. */
interface Report {
  operations: { total: number; tested: number };
  test_cases: { generated: number; with_failures: number; errored: number };
}

/** The seed of the first round. Jobs run concurrently, so two runs with one seed can still differ. */
const SEED = Number(process.env['SEED'] ?? 1);

/**
 * How many cases one round makes depends on the answers it gets: requests it has made before are left out, and sequences end
 * where an answer has no value for the next request. So rounds follow until there are enough.
 */
const MAX_ROUNDS = 10;

export async function generateRequests(
  t: TestContext,
  { phases, casesPerOperation, minCases }: GeneratedRequests,
): Promise<void> {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '1000');
  let generated = 0;
  for (let round = 0; generated < minCases; round += 1) {
    assert.ok(round < MAX_ROUNDS, `${generated} cases in ${round} rounds are too few`);
    const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const { code, output } = await schemathesis(folder, [
      `${url}/v1/openapi.json`,
      `--phases=${phases}`,
      `--max-examples=${casesPerOperation}`,
      `--seed=${SEED + round}`,
    ]);
    assert.equal(code, 0, output);
    const { operations, test_cases: cases }: Report = JSON.parse(readFileSync(join(folder, REPORT), 'utf8'));
    t.diagnostic(`seed ${SEED + round}: ${cases.generated} cases of ${operations.tested} operations`);
    assert.deepEqual([cases.with_failures, cases.errored], [0, 0], output);
    assert.equal(operations.tested, operations.total);
    generated += cases.generated;
  }
}

const REPORT = 'report.json';

/** `folder` gets the report and all other files of the run. */
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
