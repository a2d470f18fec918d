// `npm run operate`: the commands of docs/operate.md. They use the credentials of the operator's shell, and no function of a
// deployment has their rights.
import { createClient } from '@gatehouse/client';
import { Command } from 'commander';
import { reconcile } from './reconcile.ts';
import { redrive } from './redrive.ts';
import { unknownTargetGroups } from './unknown-resources.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);
const collected = (text: string, before: string[]) => [...before, text];

const program = new Command('npm run operate --').description('Commands for operators, see docs/operate.md');

program
  .command('redrive')
  .description('Show the dead letters, and with --apply send them again')
  .requiredOption(
    '--queue <url>',
    'the URL of the dead-letter queue, the output deadLetters of the deployment',
  )
  .option('--apply', 'send failed calls again and delete ticks', false)
  .option(
    '--rejected-to <function>',
    'with --apply, also send rejected requests again, to this function: events/request of the deployment',
  )
  .option('--discard <id>', 'delete this message without sending it; can be repeated', collected, [])
  .action(async options => {
    process.exitCode = (await redrive(options, say)) === 0 ? 0 : 1;
  });

program
  .command('reconcile')
  .description('Compare the inventory with the clouds, and with --apply update what differs')
  .requiredOption('--url <url>', 'the URL of the API; the caller must be an administrator')
  .option('--region <region>', 'a region with target groups; can be repeated', collected, [])
  .option('--apply', 'submit an update for each entry point that differs', false)
  .option(
    '--run <name>',
    'the name of this run: repeated with the same name, it submits nothing twice',
    crypto.randomUUID(),
  )
  .action(async ({ url, region, apply, run }) => {
    if (region.length === 0) program.error('error: name every region that has target groups with --region');
    const token = process.env['GATEHOUSE_TOKEN'];
    const client = createClient({ url, ...(token ? { token } : {}) });
    const unknownTo = (owned: Parameters<typeof unknownTargetGroups>[1]) =>
      unknownTargetGroups(region, owned);
    const { open } = await reconcile({ client, apply, run, unknownTo }, say);
    process.exitCode = open === 0 ? 0 : 1;
  });

try {
  await program.parseAsync();
} catch (thrown) {
  process.stderr.write(`error: ${thrown instanceof Error ? thrown.message : thrown}\n`);
  process.exitCode = 1;
}
