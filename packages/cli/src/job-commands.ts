// The commands about jobs: their words, and the files that carry them out.
import type { Command } from 'commander';
import type { Context } from './context.ts';
import { exitOf } from './ending.ts';
import { events } from './events.ts';
import { follow } from './follow.ts';
import { jobIdOf } from './jobs.ts';
import { examples, needed, reasonOption, waitOption, wholeNumber } from './options.ts';
import { ask, skip } from './verbs.ts';

export function addJobCommands(program: Command, { connected, ended }: Context): void {
  program.commandsGroup('Jobs:');
  program
    .command('watch')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description('show each step until the job has ended; Ctrl-C stops the showing, not the job')
    .action(async (word: string) => {
      const watching = connected();
      const id = await jobIdOf(watching.client, word, watching.terminal.stopped);
      ended(exitOf(await follow(id, watching)));
    });
  program
    .command('events')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description("a job's history: every change of its status, and who asked what of it")
    .option('--after <sequence>', 'only what came after this one', wholeNumber(0, 1_000_000_000), 0)
    .option('--follow', 'and what comes, until the job has ended')
    .action((word, options) => events(connected(), word, options));
  program
    .command('cancel')
    .argument('<id|name>', 'a job, or an entry point: its newest job')
    .description('end a job: one that has not begun is dropped, one that runs is rolled back')
    .addOption(reasonOption())
    .addOption(waitOption())
    .action(async (word, options) => ended(await ask('cancel', word, options, connected())));
  program
    .command('retry')
    .argument('<id|name>', 'a job, or an entry point: the job that is stuck there')
    .description('let a job go on that is stuck: ROLLBACK_FAILED or REMOVE_FAILED')
    .addOption(reasonOption())
    .addOption(waitOption())
    .action(async (word, options) => ended(await ask('retry', word, options, connected())));
  program
    .command('skip')
    .argument('<id|name>', 'a job, or an entry point: the job that is stuck there')
    .argument('<step>', 'what it has left behind, by its step or its title')
    .description('leave one step of a stuck job as it is; a retry can finish without it')
    .addOption(reasonOption())
    .addHelpText(
      'after',
      examples(
        'status my-edge                    names the steps that are left',
        'skip my-edge listener',
        'retry my-edge --wait',
      ),
    )
    .action(async (word, step, options) => ended(await skip(word, step, options, connected())));
  program
    .command('forget')
    .argument('<id|name>', 'a job, or an entry point: the job that is stuck there')
    .description('give a stuck job up, with what it leaves; the next job of its entry point can begin')
    .addOption(needed(reasonOption()))
    .addHelpText('after', examples("forget my-edge --reason 'the accelerator is being deleted'"))
    .action(async (word, options) => ended(await ask('forget', word, options, connected())));
}
