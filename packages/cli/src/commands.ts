// Adds every command to the program. The commands that need no network are defined here.
import { createClient } from '@gatehouse/client';
import { ALICLOUD_PROFILES } from '@gatehouse/core/request/alicloud/limits';
import { type Command, Option } from 'commander';
import { type Globals, printerOf } from './context.ts';
import { addEntryPointCommands } from './entry-point-commands.ts';
import type { Watching } from './follow.ts';
import { identityOf } from './identity.ts';
import { CLOUDS, type Cloud, init } from './init.ts';
import { addJobCommands } from './job-commands.ts';
import { local } from './local.ts';
import { needed, refuseRepeated, requestFile } from './options.ts';
import { requestJsonSchema } from './schema.ts';
import type { Terminal } from './terminal.ts';
import { validate } from './validate.ts';

/** `ended` is called with the exit code of a command that has one of its own. */
export function addCommands(program: Command, terminal: Terminal, ended: (code: number) => void): void {
  const print = () => printerOf(program, terminal);
  const connected = (): Watching => {
    const { url, as, retryFor, ...identity } = program.opts<Globals>();
    const client = createClient({
      url,
      onRetry: print().trouble,
      onWarning: print().trouble,
      // Only the local stack reads this header; a deployment identifies the caller by the signature.
      ...(as === undefined ? {} : { headers: { 'gatehouse-caller': as } }),
      ...identityOf({ url, ...identity }, terminal.stopped),
      ...(retryFor === undefined ? {} : { retryForSeconds: retryFor, waitRetryForSeconds: retryFor }),
    });
    return { client, terminal, print: print() };
  };

  const context = { connected, ended };
  addEntryPointCommands(program, context);
  addJobCommands(program, context);

  program.commandsGroup('Request files (offline):');
  program
    .command('init')
    .argument('[file]', 'the file to create', 'entry-point.yaml')
    .description('Create an example request to edit')
    .addOption(new Option('--cloud <cloud>', 'the cloud of the example').choices(CLOUDS).default('aws'))
    .action((file: string, { cloud }: { cloud: Cloud }) => init(file, cloud, print()));
  program
    .command('validate')
    .description('Check a request file and report every error with its line')
    .addOption(needed(requestFile()))
    .addOption(
      new Option(
        '--alicloud-limits <profile>',
        "the limits of Alibaba Cloud that the installation applies: those of the vendor's guide or the current ones",
      )
        .choices(ALICLOUD_PROFILES)
        .env('GATEHOUSE_ALICLOUD_LIMITS')
        .default('guide'),
    )
    .action(options => validate(options, terminal, print()));
  program
    .command('schema')
    .description('Print the JSON schema of a request, for editors')
    .action(() => {
      terminal.stdout.write(`${JSON.stringify(requestJsonSchema(), undefined, 2)}\n`);
    });

  program.commandsGroup('Local stack:');
  program
    .command('local')
    .description('Run Gatehouse on this machine with simulated clouds, like npm start')
    .argument('[options...]')
    .allowUnknownOption()
    .helpOption(false)
    .action(async (options: string[]) => ended(await local(options, terminal)));
  for (const command of program.commands) refuseRepeated(command);
}
