// A part of a sweep in a process of its own, as the code is or with a mutation.
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { PARTS, type Part, type PartName } from './parts.ts';

/** The environment's name for the mutation, and what a process says that has planted it. */
export const MUTATION = 'MUTATION';
export const PLANTED = 'the mutation is planted\n';

/** What keeps failing steps waiting takes a while, on virtual time too. */
const MAX_SECONDS = 300;
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

export interface Ran {
  /** How many tests did, as far as it came. */
  passed: number;
  failed: boolean;
  planted: boolean;
  output: string;
}

/** `loses`: the mutation; without it, the code as it is. */
export function runPart(name: PartName, loses?: string): Promise<Ran> {
  const { file, tests = [], cases }: Part = PARTS[name];
  const args = [
    ...(loses === undefined ? [] : ['--import', pathOf('./plant.ts')]),
    '--test-reporter=tap',
    ...tests.map(piece => `--test-name-pattern=${piece}`),
    pathOf(`../${file}`),
  ];
  // A child of the test runner would tell its parent instead of us.
  const { NODE_TEST_CONTEXT: _, ...environment } = process.env;
  const env = {
    ...environment,
    ...(cases === undefined ? {} : { CASES: cases }),
    ...(loses === undefined ? {} : { [MUTATION]: loses }),
  };
  const options = { env, timeout: MAX_SECONDS * 1000, maxBuffer: MAX_OUTPUT_BYTES };
  return new Promise((resolve, reject) => {
    execFile(process.execPath, args, options, (error, stdout, stderr) => {
      if (error?.killed) reject(new Error(`${name} did not end within ${MAX_SECONDS} seconds`));
      const passed = Number(/^# pass (\d+)$/m.exec(stdout)?.[1] ?? 0);
      const planted = stderr.includes(PLANTED);
      resolve({ passed, failed: error !== null, planted, output: stdout + stderr });
    });
  });
}

function pathOf(relative: string): string {
  return fileURLToPath(new URL(relative, import.meta.url));
}
