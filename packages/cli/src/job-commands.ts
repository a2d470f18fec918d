// The commands for jobs, each with its help.
import type { Command } from 'commander';
import { performAction, skip } from './actions.ts';
import type { Context } from './context.ts';
import { exitOf } from './ending.ts';
import { events } from './events.ts';
import { follow } from './follow.ts';
import { jobIdOf } from './jobs.ts';
import { examples, needed, reasonOption, waitOption, wholeNumber } from './options.ts';

export function addJobCommands(program: Command, { connected, ended }: Context): void {
  program.commandsGroup('Jobs:');
  program
    .command('watch')
    .argument('<id|name>', 'a job id, or an entry point name for its newest job')
    .description('Show each step until the job has ended; Ctrl-C stops watching and the job continues')
    .action(async (word: string) => {
      const watching = connected();
      const id = await jobIdOf(watching, word);
      ended(exitOf(await follow(id, watching)));
    });
  program
    .command('events')
    .argument('<id|name>', 'a job id, or an entry point name for its newest job')
    .description('Show the history of a job: every change of status and every action')
    .option('--after <sequence>', 'only events after this sequence number', wholeNumber(0, 1_000_000_000), 0)
    .option('--follow', 'continue until the job has ended')
    .action((word, options) => events(connected(), word, options));
  program
    .command('cancel')
    .argument('<id|name>', 'a job id, or an entry point name for its newest job')
    .description('Cancel a job: a running job rolls back, a queued job ends')
    .addOption(reasonOption())
    .addOption(waitOption())
    .action(async (word, options) => ended(await performAction('cancel', word, options, connected())));
  program
    .command('retry')
    .argument('<id|name>', 'a job id, or an entry point name for its stuck job')
    .description('Resume a stuck job: ROLLBACK_FAILED or REMOVE_FAILED')
    .addOption(reasonOption())
    .addOption(waitOption())
    .action(async (word, options) => ended(await performAction('retry', word, options, connected())));
  program
    .command('skip')
    .argument('<id|name>', 'a job id, or an entry point name for its stuck job')
    .argument('<step>', 'the step or the title of the leftover')
    .description('Skip a leftover of a stuck job, so that a retry can finish without it')
    .addOption(reasonOption())
    .addHelpText(
      'after',
      examples(
        'status my-edge          show the leftovers with their steps',
        'skip my-edge listener',
        'retry my-edge --wait',
      ),
    )
    .action(async (word, step, options) => ended(await skip(word, step, options, connected())));
  program
    .command('forget')
    .argument('<id|name>', 'a job id, or an entry point name for its stuck job')
    .description('Abandon a stuck job with its leftovers, so that it no longer blocks its entry point')
    .addOption(needed(reasonOption()))
    .addHelpText('after', examples("forget my-edge --reason 'the accelerator is being deleted'"))
    .action(async (word, options) => ended(await performAction('forget', word, options, connected())));
}
