// The example of CONTRIBUTING.md, applied: its blocks are read from the page and written into a copy of the sources. A block
// is headed by the path of its file. A `diff` changes a file that exists: its hunks, separated by `@@`, are lines to keep, to
// remove and to add, and each is found exactly once. Any other block is a new file, whole.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';

export interface Block {
  file: string;
  language: string;
  text: string;
}

/** The blocks below a heading of the second level, in their order. */
export function blocksBelow(heading: string): Block[] {
  const page = readFileSync('CONTRIBUTING.md', 'utf8');
  const [, section] = page.split(`\n## ${heading}\n`);
  if (section === undefined) throw new Error(`CONTRIBUTING.md has no heading ${heading}`);
  const [text = ''] = section.split('\n## ');
  return [...text.matchAll(/^\*\*`([^`]+)`\*\*\n\n```(\w+)\n(.*?)^```$/gms)].map(
    ([, file = '', language = '', body = '']) => ({ file, language, text: body }),
  );
}

/** Files of the packages that people edit for a resource, its simulated cloud aside. */
export function isPlace({ file }: Block): boolean {
  return /^packages\/(core|clouds|functions)\//.test(file);
}

const COPIED = ['packages', 'stacks', 'test', 'examples', 'package.json', 'tsconfig.json'];

/** A copy of the sources, with the same dependencies and with packages of its own. */
export class Copy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'gatehouse-contributing-'));

  constructor() {
    const isSource = (file: string) => !file.endsWith('node_modules');
    for (const name of COPIED) cpSync(name, join(this.#folder, name), { recursive: true, filter: isSource });
    for (const name of globSync('packages/*/node_modules'))
      symlinkSync(resolve(name), join(this.#folder, name));
    const modules = join(this.#folder, 'node_modules');
    mkdirSync(join(modules, '@gatehouse'), { recursive: true });
    for (const name of readdirSync('node_modules').filter(each => each !== '@gatehouse'))
      symlinkSync(resolve('node_modules', name), join(modules, name));
    for (const name of readdirSync('packages'))
      symlinkSync(join(this.#folder, 'packages', name), join(modules, '@gatehouse', name));
  }

  apply(blocks: readonly Block[]): void {
    for (const { file, language, text } of blocks) {
      const path = join(this.#folder, file);
      mkdirSync(dirname(path), { recursive: true });
      if (language === 'diff') writeFileSync(path, patched(readFileSync(path, 'utf8'), { file, text }));
      else writeFileSync(path, text, { flag: 'wx' });
    }
  }

  /** Leaves the files of the blocks as they are in the repository. */
  revert(blocks: readonly Block[]): void {
    for (const { file } of blocks) rmSync(join(this.#folder, file), { force: true });
    for (const { file } of blocks) if (existsSync(file)) cpSync(file, join(this.#folder, file));
  }

  compile(): Ran {
    const command = join(this.#folder, 'node_modules/.bin/tsc');
    return this.#run(command, ['--project', '.', '--incremental', '--tsBuildInfoFile', 'built.json']);
  }

  /** Of the kinds and of their members. */
  testTables(): Ran {
    const files = ['test/core/kinds.test.ts', 'test/core/member-tables.test.ts'];
    const { passed, output } = this.#run(process.execPath, ['--test', ...files]);
    // Without the names of tests that passed.
    return { passed, output: passed ? output : output.slice(output.indexOf('failing tests:')) };
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }

  #run(command: string, args: string[]): Ran {
    // A test runner that is told of another one runs nothing.
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { status, stdout, stderr, error } = spawnSync(command, args, {
      cwd: this.#folder,
      encoding: 'utf8',
      env,
    });
    if (error) throw error;
    return { passed: status === 0, output: `${stdout}${stderr}` };
  }
}

export interface Ran {
  passed: boolean;
  output: string;
}

function patched(source: string, { file, text }: Pick<Block, 'file' | 'text'>): string {
  return text.split(/^@@\n/m).reduce((given, hunk) => {
    const lines = hunk.split('\n').filter(line => line !== '');
    const side = (mark: '+' | '-') =>
      lines.filter(line => line.startsWith(mark) || line.startsWith(' ')).map(line => `${line.slice(1)}\n`);
    const [before, after] = [side('-').join(''), side('+').join('')];
    const parts = given.split(before);
    if (before === '' || parts.length !== 2)
      throw new Error(`${file} has this ${parts.length - 1} times instead of once:\n${before}`);
    return parts.join(after);
  }, source);
}
