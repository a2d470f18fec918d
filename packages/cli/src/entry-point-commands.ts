// The commands about entry points: their words, and the files that carry them out.
import type { Command } from 'commander';
import { apply } from './apply.ts';
import type { Context } from './context.ts';
import { drift } from './drift.ts';
import { list } from './list.ts';
import {
  examples,
  forceOption,
  keyOption,
  needed,
  planOption,
  requestFile,
  waitOption,
  wholeNumber,
} from './options.ts';
import { plan } from './plan.ts';
import { remove } from './remove.ts';
import { status } from './status.ts';

export function addEntryPointCommands(program: Command, { connected, ended }: Context): void {
  program.commandsGroup('Entry points:');
  program
    .command('plan')
    .description('what a file would do to what stands now, step by step; changes nothing')
    .addOption(requestFile())
    .option('--remove <name>', 'instead of a file: what removing an entry point would do')
    .addOption(forceOption())
    .addHelpText('after', examples('plan -f my-edge.yaml', 'plan --remove my-edge'))
    .action(options => plan(options, connected()));
  program
    .command('apply')
    .description('make what a file says, or change what stands under its name to it')
    .addOption(needed(requestFile()))
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'apply -f my-edge.yaml --wait              shows each step; 0 if it stands, 3 if all is as before, 4 if not',
        'apply -f my-edge.yaml --plan HASH         does what the plan of that hash showed, or nothing',
        'apply -f - --output json < my-edge.json   answers with the job, as JSON, and does not wait',
      ),
    )
    .action(async options => ended(await apply(options, connected())));
  program
    .command('remove')
    .argument('<name>', 'an entry point')
    .description('take away everything that stands under a name')
    .addOption(forceOption())
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .addHelpText('after', examples('plan --remove my-edge', 'remove my-edge --wait'))
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
    .option('--jobs', 'jobs instead, the newest first')
    .option('--status <status>', 'only jobs of this status, like RUNNING')
    .option('--entry-point <name>', 'only jobs of this entry point')
    .option('--requester <caller>', 'only jobs that this account and role asked for')
    .option('--owner <caller>', 'only entry points of this account and role')
    .option('--cloud <cloud>', 'only of this cloud: aws or alicloud')
    .option('--created-after <instant>', 'only younger ones, like 2026-03-01T12:00:00Z')
    .option('--limit <number>', 'how many at most', wholeNumber(1, 10_000), 50)
    .addHelpText(
      'after',
      examples('list --owner 123456789012/role/checkout', 'list --status ROLLBACK_FAILED --output json'),
    )
    .action(options => list(connected(), options));
}
