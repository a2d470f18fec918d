// Prints a failure to standard error and returns its exit code.
import { NoAnswer, Problem } from '@gatehouse/client';
import { CommanderError } from 'commander';
import { BadInput, EXIT, type ExitCode, Interrupted, LostSubmission } from './exit.ts';
import { issueLine } from './places.ts';
import { jsonLine, printable } from './printable.ts';
import type { Printer } from './terminal.ts';

export function failed(thrown: unknown, print: Printer): ExitCode {
  // Help and version are successes. Without a command, commander has already printed the help.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.succeeded;
  if (thrown instanceof CommanderError && thrown.code === 'commander.help') return EXIT.badInput;
  print.note(
    print.json
      ? jsonLine({ error: errorValue(thrown) })
      : linesOf(thrown, print.command).map(printable).join('\n'),
  );
  return exitOf(thrown);
}

function exitOf(thrown: unknown): ExitCode {
  if (thrown instanceof Interrupted) return EXIT.interrupted;
  if (thrown instanceof BadInput || thrown instanceof CommanderError) return EXIT.badInput;
  if (thrown instanceof NoAnswer) return EXIT.noAnswer;
  if (!(thrown instanceof Problem)) return EXIT.failed;
  if (thrown.retryable) return EXIT.noAnswer;
  return thrown.status < 500 ? EXIT.badInput : EXIT.failed;
}

function linesOf(thrown: unknown, command: Printer['command']): string[] {
  if (thrown instanceof Interrupted) return [thrown.message];
  if (thrown instanceof BadInput) {
    return [`gatehouse: ${thrown.message}`, ...thrown.issues.map(each => issueLine(thrown.file, each))];
  }
  if (thrown instanceof Problem) {
    const { status, code, message, errors, body } = thrown;
    const { instance } = Object(body);
    return [
      `gatehouse: ${inCommands(message, command)} (${status} ${code})`,
      ...errors.map(({ pointer, detail }) => `  ${pointer ? `${pointer}: ` : ''}${detail}`),
      ...(status >= 500 && typeof instance === 'string'
        ? [`  The log has details under the request id ${instance.split(':').at(-1)}.`]
        : []),
      ...(NOT_GATEHOUSE.test(code) ? [CHECK_URL] : []),
      ...(NOT_AUTHENTICATED.test(code) ? [CHECK_IDENTITY] : []),
    ];
  }
  if (thrown instanceof CommanderError) {
    const help = `  For a list of commands, run ${command('--help')}; for one command, ${command('COMMAND --help')}.`;
    return [...`gatehouse: ${usageOf(thrown)}`.split('\n'), help];
  }
  // The rest of an answer, which this command does not check member by member.
  if (thrown instanceof TypeError)
    return [`gatehouse: the answer is not as expected (${thrown.message})`, CHECK_URL];
  const lines = [`gatehouse: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
  return thrown instanceof NoAnswer && thrown.unsent ? [...lines, CHECK_URL] : lines;
}

/** Gatehouse itself never answers a command like this. */
const NOT_GATEHOUSE =
  /^(RouteNotFound|MethodNotAllowed|NotJson|NotGatehouse|Redirected|AnswerTooLarge|Http404|Http405)$/;
/** API Gateway answers like this, without any advice. */
const NOT_AUTHENTICATED = /^Http40[13]$/;
const CHECK_IDENTITY =
  '  Check your identity: this API requires AWS credentials that are allowed to call it, or a valid token (GATEHOUSE_TOKEN or --token-command).';
const CHECK_URL =
  '  Is Gatehouse running at this URL? npm start runs it on this machine; set another URL with --url or GATEHOUSE_URL.';

/** The API's advice names its own calls; here commands are of more use. */
function inCommands(message: string, command: Printer['command']): string {
  return message
    .replace('GET /v1/jobs lists', `${command('list --jobs')} lists`)
    .replace('GET /v1/entry-points lists', `${command('list')} lists`);
}

function usageOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '');
}

function errorValue(thrown: unknown): object {
  if (thrown instanceof Problem && typeof thrown.body === 'object' && thrown.body !== null)
    return thrown.body;
  if (thrown instanceof CommanderError) return { code: 'BadInput', message: usageOf(thrown), errors: [] };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof NoAnswer) {
    const key =
      thrown instanceof LostSubmission && !thrown.unsent ? { idempotencyKey: thrown.idempotencyKey } : {};
    return { code: 'NoAnswer', message, sent: !thrown.unsent, ...key };
  }
  if (thrown instanceof BadInput) return { code: 'BadInput', message, errors: thrown.issues };
  return { code: thrown instanceof Error ? thrown.constructor.name : 'Error', message };
}
