// sst.config.ts and stacks/ against SST's own types, by the project's own compiler and rules.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkout, ROOT } from './platform.ts';

test("sst.config.ts and stacks/ hold against the types of SST's own platform", () => {
  const folder = checkout('types');
  const project = join(folder, 'tsconfig.json');
  const compilerOptions = { module: 'esnext', moduleResolution: 'bundler' };
  const include = ['sst.config.ts', 'stacks/**/*.ts'];
  writeFileSync(project, JSON.stringify({ extends: join(ROOT, 'tsconfig.json'), compilerOptions, include }));
  const tsc = join(ROOT, 'node_modules/.bin/tsc');
  const { stdout } = spawnSync(tsc, ['--project', project, '--pretty', 'false'], {
    cwd: folder,
    encoding: 'utf8',
  });
  const lines = stdout.split('\n');
  // SST's sources come along and are not written to our rules.
  assert.deepEqual(
    lines.filter(line => /^(sst\.config|stacks\/|packages\/)/.test(line)),
    [],
  );
  assert.doesNotMatch(stdout, /^error/m);
  assert.ok(
    lines.every(line => line === '' || /^(\s|\.sst\/platform\/)/.test(line)),
    'whatever else it says is about the platform',
  );
});
