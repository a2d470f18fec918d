// `npm start`: starts the local stack, runs the example job while the reader watches, and stays until Ctrl-C.
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
  const succeeded = options.demo ? await runDemo(stack.url, say).catch(demoRefused) : true;
  if (options.once) await stop(succeeded ? 0 : 1);
  else say('\nPress Ctrl-C to stop it. The next start finds everything as it is now.');
}

function readOptions(): Options {
  return new Command('npm start --')
    .description(
      'Runs all of Gatehouse on this machine: the API, its database and state machine, simulated clouds. The same as npx gatehouse local [options].',
    )
    .option('--once', 'stop when the example job has ended; the exit code says whether it succeeded', false)
    .option('--no-demo', 'do not submit the example job')
    .option(
      '--port <number>',
      'the one port that serves everything, 0 for any that is free',
      wholeNumber(0, 65_535),
      4700,
    )
    .option('--data-dir <folder>', 'where everything is kept', '.gatehouse')
    .option('--time-scale <factor>', 'how much faster than the real clouds', factor, 20)
    .option('--seed <text>', 'what the simulated clouds draw their times and ids from', 'gatehouse')
    .option('--access <file>', 'who may do what: rules as YAML or JSON, see docs/permissions.md')
    .addOption(
      new Option('--cors-origin <origins...>', 'pages of these origins may call the API')
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
  throw new InvalidArgumentError('It is a number from 0.01 to 10000.');
}

/** As browsers say it. */
function origin(text: string): string {
  const url = URL.parse(text);
  if (url && url.origin === text && /^https?:$/.test(url.protocol)) return text;
  throw new InvalidArgumentError('It is an origin like http://localhost:3000: scheme, host and port.');
}

function refuse(thrown: unknown): never {
  const { message, code } = thrown as Error & { code?: string };
  process.stderr.write(`Gatehouse cannot start: ${code === 'EADDRINUSE' ? portTaken() : message}\n`);
  process.exit(1);
}

/** The local stack goes on without its example. */
function demoRefused(thrown: unknown): false {
  if (!(thrown instanceof Problem)) throw thrown;
  const because = thrown.errors.map(({ pointer, detail }) => `\n  ${pointer}: ${detail}`);
  say(`\nThe example is refused: ${thrown.message}${because.join('')}`);
  return false;
}

function portTaken(): string {
  return 'the port is taken, perhaps by another Gatehouse; choose another with --port';
}

function stopper(stack: LocalStack) {
  let stopping: Promise<void> | undefined;
  const stop = (code: number): Promise<void> => {
    stopping ??= stack.stop().finally(() => process.exit(code));
    return stopping;
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void stop(0));
  // The launcher is gone: nobody is left to stop this one.
  process.on('disconnect', () => void stop(0));
  return stop;
}

await main();
