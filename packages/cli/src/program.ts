// The command line as a whole: what holds for every command, and how a command ends.
import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addCommands } from './commands.ts';
import type { Globals } from './context.ts';
import { EXIT, EXIT_CODES, Interrupted } from './exit.ts';
import { failed } from './failure.ts';
import { like, missing, wholeNumber } from './options.ts';
import { printer, type Terminal } from './terminal.ts';

/** Gives the exit code; throws nothing. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.succeeded;
  // The rest of a request that is still being typed is not waited for.
  terminal.stopped.addEventListener('abort', () => terminal.stdin.destroy(), { once: true });
  const program = createProgram(terminal);
  addCommands(program, terminal, ended => {
    code = ended;
  });
  try {
    const [first, ...rest] = args;
    await program.parseAsync(first === 'help' ? [...rest, '--help'] : args, { from: 'user' });
    return code;
  } catch (thrown) {
    const print = printer(terminal, program.opts<Globals>().output);
    const unsaid = terminal.stopped.aborted && !(thrown instanceof Interrupted);
    return failed(unsaid ? new Interrupted('Stopped.') : thrown, print);
  }
}

const AFTER_HELP = `
Examples:
  gatehouse init                                   writes an example to edit
  gatehouse apply -f entry-point.yaml --wait       makes or changes it, and shows each step until it stands
  gatehouse status my-edge                         what stands under the name
  gatehouse list --jobs --output json | jq .       for programs

Exit codes:
${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}`).join('\n')}
`;

function createProgram({ stdout, stderr }: Terminal): Command {
  return new Command('gatehouse')
    .description('Network entry points, made, changed and removed all or nothing, and every step to be seen.')
    .usage('<command> [options]')
    .helpCommand(false)
    .version(manifest.version)
    .exitOverride()
    .hook('preAction', (_, command) => missing(command))
    .showSuggestionAfterError()
    .configureHelp({ showGlobalOptions: true })
    .configureOutput({
      writeOut: text => stdout.write(text),
      writeErr: text => stderr.write(text),
      // Said by `failed`, as every failure is.
      outputError() {},
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .addOption(
      new Option('--url <url>', 'where Gatehouse is')
        .env('GATEHOUSE_URL')
        .default(DEFAULT_URL)
        .argParser(httpUrl),
    )
    .addOption(
      new Option('--output <format>', 'text for people; json for programs: one value per line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addOption(
      new Option('--as <caller>', 'on one machine, who asks, like 123456789012/role/checkout').argParser(
        like(
          /^\d{12}\/(user|role)\/[\w+=,.@/-]{1,512}$/,
          'an account and a role or user, like 123456789012/role/checkout',
        ),
      ),
    )
    .addOption(
      new Option(
        '--aws-region <region>',
        "sign with this shell's AWS credentials for this region; an address of API Gateway needs no saying so",
      ).env('GATEHOUSE_AWS_REGION'),
    )
    .addOption(
      new Option(
        '--token-command <command>',
        'prints a token (JWT) to send instead of a signature; run for each call. GATEHOUSE_TOKEN is one that lasts',
      ).env('GATEHOUSE_TOKEN_COMMAND'),
    )
    .addOption(
      new Option(
        '--patience <seconds>',
        'how long to ask again where nothing answers (10; while watching 300)',
      ).argParser(wholeNumber(0, 86_400)),
    )
    .addHelpText('after', AFTER_HELP);
}

const DEFAULT_URL = 'http://127.0.0.1:4700';

/** A variable that is set to nothing is none. */
function httpUrl(text: string): string {
  if (text === '') return DEFAULT_URL;
  const url = URL.parse(text);
  if (url && ['http:', 'https:'].includes(url.protocol)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('It is an address like https://gatehouse.example.com.');
}
