// Format, lint and types: the checks before any test.
import { spawnSync } from 'node:child_process';

const checks = [
  ['format and lint', 'node_modules/.bin/biome', ['check', '--error-on-warnings', '.']],
  ['types', 'node_modules/.bin/tsc', ['--project', 'tsconfig.json']],
  // Installs SST's components once, from the package registry.
  ['components of SST', process.execPath, ['test/stacks/link-platform.ts']],
  ['types of the deployment', 'node_modules/.bin/tsc', ['--project', 'stacks']],
];

for (const [name, command, args] of checks) {
  const { status } = spawnSync(command, args, { stdio: 'inherit' });
  if (status !== 0) {
    console.error(`${name}: failed`);
    process.exit(1);
  }
  console.error(`${name}: ok`);
}
