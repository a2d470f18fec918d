// The commands for entry points, each with its help.
import { type Command, Option } from 'commander';
import { apply } from './apply.ts';
import type { Context } from './context.ts';
import { dns, FORMATS } from './dns.ts';
import { drift } from './drift.ts';
import { health } from './health.ts';
import { instantOf } from './instant.ts';
import { list } from './list.ts';
import {
  examples,
  forceOption,
  hostName,
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
    .description('Show what apply or remove would do, step by step, without changing anything')
    .addOption(requestFile())
    .option('--remove <name>', 'plan the removal of this entry point instead of a file')
    .addOption(forceOption())
    .addHelpText('after', examples('plan -f my-edge.yaml', 'plan --remove my-edge'))
    .action(options => plan(options, connected()));
  program
    .command('apply')
    .description('Create the entry point in a file, or update it if it exists')
    .addOption(needed(requestFile()))
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .addHelpText(
      'after',
      examples(
        'apply -f my-edge.yaml --wait              show each step until the job has ended',
        'apply -f my-edge.yaml --plan HASH         do exactly what that plan showed, or nothing',
        'apply -f - --output json < my-edge.json   print the job as JSON and do not wait',
      ),
    )
    .action(async options => ended(await apply(options, connected())));
  program
    .command('remove')
    .alias('delete')
    .argument('<name>', 'an entry point')
    .description('Remove an entry point with all its resources')
    .addOption(forceOption())
    .addOption(waitOption())
    .addOption(planOption())
    .addOption(keyOption())
    .addHelpText('after', examples('plan --remove my-edge', 'remove my-edge --wait'))
    .action(async (name, options) => ended(await remove(name, options, connected())));
  program
    .command('status')
    .alias('get')
    .argument('<id|name>', 'a job, or an entry point')
    .description('Show an entry point with its cloud ids, or a job with its steps')
    .action(word => status(connected(), word));
  program
    .command('drift')
    .argument('<name>', 'an entry point')
    .description('Show changes made outside Gatehouse, read from the clouds now')
    .action(name => drift(connected(), name));
  program
    .command('health')
    .argument('<name>', 'an entry point')
    .description('Show the health of each endpoint and target, read from the clouds now')
    .action(name => health(connected(), name));
  program
    .command('dns')
    .argument('<name>', 'an entry point')
    .argument('<host>', 'the host name that shall lead to it, such as www.example.com', hostName)
    .description('Print a DNS record for an entry point, to copy')
    .addOption(
      new Option(
        '--format <format>',
        'a change batch for Route 53, or a line of a zone file, which Alibaba Cloud DNS imports (default: route53 on AWS, or else zone)',
      ).choices(FORMATS),
    )
    .option('--target <address>', 'the address, if the entry point has several')
    .addHelpText(
      'after',
      examples('dns my-edge www.example.com > batch.json', 'dns my-edge www.example.com --format zone'),
    )
    .action((name, host, options) => dns(connected(), name, host, options));
  program
    .command('list')
    .alias('ls')
    .description('List entry points, or jobs with --jobs, newest first')
    .option('--jobs', 'list jobs instead of entry points')
    .option('--stuck', 'only stuck jobs, with their leftovers (lists jobs)')
    .option('--status <status>', 'only jobs with this status, such as RUNNING (lists jobs)')
    .option('--entry-point <name>', 'only jobs of this entry point (lists jobs)')
    .option('--requester <caller>', 'only jobs requested by this account and role (lists jobs)')
    .option('--owner <caller>', 'only entry points owned by this account and role')
    .option('--cloud <cloud>', 'only this cloud: aws or alicloud')
    .addOption(
      new Option(
        '--created-after <instant>',
        'only items created after this instant, such as 2026-03-01T12:00:00Z, 2026-03-01 (UTC) or 2h (ago)',
      ).argParser(instantOf),
    )
    .option('--limit <number>', 'the maximum number of items', wholeNumber(1, 10_000), 50)
    .addHelpText(
      'after',
      examples('list --owner 123456789012/role/checkout', 'list --stuck', 'list --jobs --created-after 1d'),
    )
    .action(options => list(connected(), options));
}
