// `npm start`: starts the local stack, runs the example job and shows its steps, and runs until Ctrl-C.
import { EXIT } from '@gatehouse/cli/exit';
import { wholeNumber } from '@gatehouse/cli/options';
import { Problem } from '@gatehouse/client';
import { Command, InvalidArgumentError, Option } from 'commander';
import { type LocalStack, startLocalStack } from '../local-stack.ts';
import { runDemo } from './demo.ts';
import { sayLastWords } from './last-words.ts';

interface Options {
  once: boolean;
  demo: boolean;
  port: number;
  dataDir: string;
  timeScale: number;
  seed: string;
  access?: string;
  corsOrigin: string[];
}

const say = (line: string) => process.stdout.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readOptions();
  sayLastWords(options.dataDir);
  const stack = await startLocalStack(options).catch(refuse);
  const stop = stopper(stack);
  say(
    `Gatehouse runs at ${stack.url} (data in ${options.dataDir}, ${options.timeScale} times as fast as the real clouds).`,
  );
  for (const warning of stack.warnings) say(`Warning: ${warning}`);
  const succeeded = options.demo ? await runDemo(stack.url, say).catch(demoRefused) : true;
  if (options.once) await stop(succeeded ? 0 : 1);
  else say('\nTo stop it, press Ctrl-C. The next start resumes with the same data.');
}

function readOptions(): Options {
  return new Command('npm start --')
    .description(
      'Runs all of Gatehouse on this machine: the API, its database, its state machine and simulated clouds. Same as npx gatehouse local [options].',
    )
    .option(
      '--once',
      'stop when the example job has ended; exit with 0 if it succeeded, or else with 1',
      false,
    )
    .option('--no-demo', 'do not submit the example job')
    .option(
      '--port <number>',
      'the single port of all services; 0 selects a free port',
      wholeNumber(0, 65_535),
      4700,
    )
    .option('--data-dir <folder>', 'the folder for all data', '.gatehouse')
    .option(
      '--time-scale <factor>',
      'how much faster than the real clouds everything settles; deadlines are divided as well',
      factor,
      20,
    )
    .option('--seed <text>', 'the seed of the times and ids of the simulated clouds', 'gatehouse')
    .option('--access <file>', 'a YAML or JSON file with access rules, see docs/permissions.md')
    .addOption(
      new Option('--cors-origin <origins...>', 'the origins whose pages can call the API')
        .default([], 'none')
        .argParser((text: string, before: string[]) => [...before, origin(text)]),
    )
    .allowExcessArguments(false)
    .exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? EXIT.succeeded : EXIT.badInput))
    .parse()
    .opts<Options>();
}

function factor(text: string): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= 0.01 && value <= 10_000) return value;
  throw new InvalidArgumentError('Expected a number from 0.01 to 10000.');
}

/** As browsers send it. */
function origin(text: string): string {
  const url = URL.parse(text);
  if (url && url.origin === text && /^https?:$/.test(url.protocol)) return text;
  throw new InvalidArgumentError('Expected an origin such as http://localhost:3000: scheme, host and port.');
}

function refuse(thrown: unknown): never {
  const { message, code } = thrown as Error & { code?: string };
  process.stderr.write(`Gatehouse cannot start: ${code === 'EADDRINUSE' ? portTaken() : message}\n`);
  process.exit(1);
}

/** The local stack is useful without its example. */
function demoRefused(thrown: unknown): false {
  if (!(thrown instanceof Problem)) throw thrown;
  const details = thrown.errors.map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`);
  say(`\nThe example was refused: ${thrown.message}${details.join('')}`);
  return false;
}

function portTaken(): string {
  return 'the port is in use, perhaps by another Gatehouse; choose another one with --port';
}

function stopper(stack: LocalStack) {
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> => {
    stopping ??= stack.stop().finally(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // The launcher has ended, so nothing else would stop this process.
  process.on('disconnect', () => void stop(0));
  return stop;
}

await main();
