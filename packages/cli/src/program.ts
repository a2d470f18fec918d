// The program: the global options, the help, and the exit code of a command.
import { Command, InvalidArgumentError, Option } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addCommands } from './commands.ts';
import { printerOf } from './context.ts';
import { EXIT, EXIT_CODES, Interrupted } from './exit.ts';
import { failed } from './failure.ts';
import { like, missing, wholeNumber } from './options.ts';
import type { Terminal } from './terminal.ts';

/** Returns the exit code; never throws. */
export async function run(args: string[], terminal: Terminal): Promise<number> {
  let code: number = EXIT.succeeded;
  // Do not wait for the rest of a request on standard input.
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
    const print = printerOf(program, terminal);
    const isBareInterrupt = terminal.stopped.aborted && !(thrown instanceof Interrupted);
    return failed(isBareInterrupt ? new Interrupted('Stopped.') : thrown, print);
  }
}

const AFTER_HELP = `
Examples:
  gatehouse init                                   create an example request to edit
  gatehouse apply -f entry-point.yaml --wait       create or update it and show each step
  gatehouse status my-edge                         show the entry point with its cloud ids
  gatehouse list --jobs --output json | jq .       list jobs as JSON

Exit codes:
${EXIT_CODES.map(([code, meaning]) => `  ${String(code).padEnd(5)}${meaning}`).join('\n')}
`;

function createProgram({ stdout, stderr }: Terminal): Command {
  return new Command('gatehouse')
    .description('Provisions network entry points, all or nothing, and always reports progress.')
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
      // `failed` prints every failure.
      outputError() {},
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
    })
    .addOption(
      new Option('--url <url>', 'the URL of Gatehouse')
        .env('GATEHOUSE_URL')
        .default(DEFAULT_URL)
        .argParser(httpUrl),
    )
    .addOption(
      new Option('--output <format>', 'text for people, or json for programs: one value per line')
        .choices(['text', 'json'])
        .default('text'),
    )
    .addOption(
      new Option(
        '--as <caller>',
        'the caller, on the local stack only, such as 123456789012/role/checkout',
      ).argParser(
        like(
          /^\d{12}\/(user|role)\/[\w+=,.@/-]{1,512}$/,
          'an account and a role or user, such as 123456789012/role/checkout',
        ),
      ),
    )
    .addOption(
      new Option(
        '--aws-region <region>',
        "sign requests with this shell's AWS credentials for this region; not needed for API Gateway URLs",
      ).env('GATEHOUSE_AWS_REGION'),
    )
    .addOption(
      new Option(
        '--token-command <command>',
        'a command that prints a token (JWT), sent instead of a signature; run for each call. For a long-lived token, set GATEHOUSE_TOKEN',
      ).env('GATEHOUSE_TOKEN_COMMAND'),
    )
    .addOption(
      new Option(
        '--retry-for <seconds>',
        'how long to retry lost requests (default: 10, while watching 300)',
      ).argParser(wholeNumber(0, 86_400)),
    )
    .addHelpText('after', AFTER_HELP);
}

export const DEFAULT_URL = 'http://127.0.0.1:4700';

/** An empty variable counts as unset. */
function httpUrl(text: string): string {
  if (text === '') return DEFAULT_URL;
  const url = URL.parse(text);
  if (url && ['http:', 'https:'].includes(url.protocol)) return text.replace(/\/+$/, '');
  throw new InvalidArgumentError('Expected a URL such as https://gatehouse.example.com.');
}
