// What is said of a failure, on standard error, and the exit code that goes with it.
import { NoAnswer, Problem } from '@gatehouse/client';
import { CommanderError } from 'commander';
import { BadInput, EXIT, type ExitCode, Interrupted } from './exit.ts';
import { mistakeLine } from './places.ts';
import { printable } from './printable.ts';
import type { Printer } from './terminal.ts';

export function failed(thrown: unknown, print: Printer): ExitCode {
  // Help and the version were what was asked for; without a command, help is said already.
  if (thrown instanceof CommanderError && thrown.exitCode === 0) return EXIT.succeeded;
  if (thrown instanceof CommanderError && thrown.code === 'commander.help') return EXIT.badInput;
  print.note(
    print.json ? JSON.stringify({ error: told(thrown) }) : linesOf(thrown).map(printable).join('\n'),
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

function linesOf(thrown: unknown): string[] {
  if (thrown instanceof Interrupted) return [thrown.message];
  if (thrown instanceof BadInput) {
    return [`gatehouse: ${thrown.message}`, ...thrown.mistakes.map(each => mistakeLine(thrown.file, each))];
  }
  if (thrown instanceof Problem) {
    const { status, code, message, errors, body } = thrown;
    const { instance } = Object(body);
    return [
      `gatehouse: ${message} (${status} ${code})`,
      ...errors.map(({ pointer, detail }) => `  ${pointer ? `${pointer}: ` : ''}${detail}`),
      ...(status >= 500 && typeof instance === 'string'
        ? [`  Its log has it under ${instance.split(':').at(-1)}.`]
        : []),
      ...(NOT_OURS.test(code) ? [WHERE] : []),
      ...(NOT_KNOWN.test(code) ? [WHO] : []),
    ];
  }
  if (thrown instanceof CommanderError) return [...`gatehouse: ${usageOf(thrown)}`.split('\n'), HELP];
  const lines = [`gatehouse: ${thrown instanceof Error ? thrown.message : String(thrown)}`];
  return thrown instanceof NoAnswer && thrown.unsent ? [...lines, WHERE] : lines;
}

/** What a Gatehouse would not have answered to a command. */
const NOT_OURS = /^(RouteNotFound|MethodNotAllowed|NotJson|Http404|Http405)$/;
/** API Gateway's own, which does not say how to get past it. */
const NOT_KNOWN = /^Http40[13]$/;
const WHO =
  '  Who asks? It takes AWS credentials that may call it, or a token (GATEHOUSE_TOKEN, --token-command) that is still good.';
const WHERE =
  '  Is a Gatehouse there? npm start runs one on this machine; --url or GATEHOUSE_URL says where another is.';
const HELP = '  gatehouse --help lists the commands, gatehouse COMMAND --help explains one.';

function usageOf({ message }: CommanderError): string {
  return message.replace(/^error: /, '');
}

function told(thrown: unknown): object {
  if (thrown instanceof Problem && typeof thrown.body === 'object' && thrown.body !== null)
    return thrown.body;
  if (thrown instanceof CommanderError) return { code: 'BadInput', message: usageOf(thrown), errors: [] };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof BadInput) return { code: 'BadInput', message, errors: thrown.mistakes };
  return { code: thrown instanceof Error ? thrown.constructor.name : 'Error', message };
}
