// Every command, and what all of them run on. Those that need no network are here.
import { createClient } from '@gatehouse/client';
import { type Command, Option } from 'commander';
import type { Globals } from './context.ts';
import { addEntryPointCommands } from './entry-point-commands.ts';
import type { Watching } from './follow.ts';
import { identityOf } from './identity.ts';
import { CLOUDS, init } from './init.ts';
import { addJobCommands } from './job-commands.ts';
import { local } from './local.ts';
import { needed, requestFile } from './options.ts';
import { requestJsonSchema } from './schema.ts';
import { printer, type Terminal } from './terminal.ts';
import { validate } from './validate.ts';

/** `ended` is told the exit code of a command that has one of its own. */
export function addCommands(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  const print = () => printer(terminal, program.opts<Globals>().output);
  const connected = (): Watching => {
    const { url, as, patience, ...identity } = program.opts<Globals>();
    const client = createClient({
      url,
      onRetry: print().trouble,
      // Only a Gatehouse on one machine reads it; elsewhere the signature says who asks.
      ...(as === undefined ? {} : { headers: { 'gatehouse-caller': as } }),
      ...identityOf(identity, terminal.stopped),
      ...(patience === undefined ? {} : { patienceSeconds: patience, waitPatienceSeconds: patience }),
    });
    return { client, terminal, print: print() };
  };

  const context = { connected, ended };
  addEntryPointCommands(program, context);
  addJobCommands(program, context);

  program.commandsGroup('Requests, without a network:');
  program
    .command('init')
    .argument('[file]', 'where to write it', 'entry-point.yaml')
    .description('write an example to edit')
    .addOption(new Option('--cloud <cloud>', 'of which cloud').choices(CLOUDS).default('aws'))
    .action((file: string, { cloud }: { cloud: string }) => init(file, cloud, print()));
  program
    .command('validate')
    .description('tell every mistake of a file, each with its line')
    .addOption(needed(requestFile()))
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
