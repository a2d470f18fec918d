// Every command: its name, its words, and the file that carries it out.
import { createClient } from '@gatehouse/client';
import { type Command, Option } from 'commander';
import { apply } from './apply.ts';
import { cancel } from './cancel.ts';
import { drift } from './drift.ts';
import { exitOf } from './ending.ts';
import { events } from './events.ts';
import { follow, type Watching } from './follow.ts';
import { init } from './init.ts';
import { jobIdOf } from './jobs.ts';
import { list } from './list.ts';
import { local } from './local.ts';
import { plan } from './plan.ts';
import { remove } from './remove.ts';
import { requestJsonSchema } from './schema.ts';
import { status } from './status.ts';
import { printer, type Terminal } from './terminal.ts';
import { validate } from './validate.ts';
import { wholeNumber } from './whole-number.ts';

/** What can be said with every command. */
export interface Globals {
  url: string;
  output: 'text' | 'json';
  awsRegion?: string;
  patience?: number;
}

/** `ended` is told the exit code of a command that has one of its own. */
export function addCommands(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  const print = () => printer(terminal, program.opts<Globals>().output);
  const connected = (): Watching => {
    const { url, awsRegion, patience } = program.opts<Globals>();
    const client = createClient({
      url,
      onRetry: print().trouble,
      ...(awsRegion === undefined ? {} : { aws: { region: awsRegion } }),
      ...(patience === undefined ? {} : { patienceSeconds: patience, waitPatienceSeconds: patience }),
    });
    return { client, terminal, print: print() };
  };

  program.commandsGroup('Entry points:');
  program
    .command('plan')
    .description('what a file would do to what stands now, step by step; changes nothing')
    .addOption(requestFile().makeOptionMandatory(false))
    .option('--remove <name>', 'instead of a file: what removing an entry point would do')
    .action(options => plan(options, connected()));
  program
    .command('apply')
    .description('make what a file says, or change what stands under its name to it')
    .addOption(requestFile())
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .action(async options => ended(await apply(options, connected())));
  program
    .command('remove')
    .argument('<name>', 'an entry point')
    .description('take away everything that stands under a name')
    .option('--force', 'also what others have hung on it, which otherwise refuses the removal', false)
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .action(async (name, options) => ended(await remove(name, options, connected())));
  program
    .command('status')
    .argument('<id|name>', 'a job, or an entry point')
    .description('what stands under a name, or how far a job is')
    .action(word => status(connected(), word));
  program
    .command('drift')
    .argument('<name>', 'an entry point')
    .description('what was changed in the clouds by others, read from them now')
    .action(name => drift(connected(), name));
  program
    .command('list')
    .description('the entry points that stand, the youngest first; or jobs')
    .option('--jobs', 'jobs instead, the newest first', false)
    .option('--status <status>', 'only jobs of this status')
    .option('--entry-point <name>', 'only jobs of this entry point')
    .option('--limit <number>', 'how many at most', wholeNumber(1, 10_000), 50)
    .action(options => list(connected(), options));

  program.commandsGroup('Jobs:');
  program
    .command('watch')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description('show each step until the job has ended; Ctrl-C stops the showing, not the job')
    .action(async (word: string) => {
      const watching = connected();
      const id = await jobIdOf(watching.client, word, terminal.stopped);
      ended(exitOf(await follow(id, watching)));
    });
  program
    .command('events')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description("a job's history: every change of its status, and who asked what of it")
    .option('--after <sequence>', 'only what came after this one', wholeNumber(0, 1_000_000_000), 0)
    .option('--follow', 'and what comes, until the job has ended', false)
    .action((word, options) => events(connected(), word, options));
  program
    .command('cancel')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description('end a job: one that has not begun is dropped, one that runs is rolled back')
    .option('--reason <text>', 'why, for who reads its history')
    .action((id, options) => cancel(connected(), id, options));

  program.commandsGroup('Requests, without a network:');
  program
    .command('init')
    .argument('[file]', 'where to write it', 'entry-point.yaml')
    .description('write an example to edit')
    .action((file: string) => init(file, print()));
  program
    .command('validate')
    .description('tell every mistake of a file, each with its line')
    .addOption(requestFile())
    .action(({ file }) => validate(file, terminal, print()));
  program
    .command('schema')
    .description('print the JSON schema of a request, for editors')
    .action(() => {
      terminal.stdout.write(`${JSON.stringify(requestJsonSchema(), undefined, 2)}\n`);
    });

  program.commandsGroup('This machine:');
  program
    .command('local')
    .description('run all of Gatehouse here, on simulated clouds (npm start)')
    .argument('[options...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (options: string[]) => ended(await local(options, terminal)));
}

function requestFile(): Option {
  return new Option(
    '-f, --file <file>',
    'the request: YAML or JSON; - is standard input',
  ).makeOptionMandatory();
}

function waitOption(): Option {
  return new Option('-w, --wait', 'show each step, and end when the job has ended').default(false);
}

function planOption(): Option {
  return new Option('--plan <hash>', 'of a plan that was looked at: fail if it would do anything else');
}

function keyOption(): Option {
  return new Option(
    '--idempotency-key <key>',
    'of an earlier try: under one key the same request is one job (else a new key)',
  );
}
