// Reads a request in YAML or JSON from a file or standard input: its text and its value.
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import { text as textOf } from 'node:stream/consumers';
import { Problem } from '@gatehouse/client';
import { parseBody } from '@gatehouse/core/json/body';
import type { ValidationIssue } from '@gatehouse/core/json/validation-issues';
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { parseRequest, type Request } from '@gatehouse/core/request/request';
import { BadInput } from './exit.ts';
import { type Placed, placed } from './places.ts';
import type { Printer, Terminal } from './terminal.ts';

export interface RequestFile {
  /** The name in messages. */
  name: string;
  text: string;
  value: unknown;
}

const CONTENT_TYPES: Record<string, string> = {
  '.json': 'application/json',
  '.yaml': 'application/yaml',
  '.yml': 'application/yaml',
};

/** Where a request comes from besides a file, and the wording of a command in messages. */
export type Reading = Pick<Terminal, 'stdin'> & Pick<Printer, 'command'>;

/** `file`: a path, or `-` for standard input. Throws BadInput if it cannot be read or is neither YAML nor JSON. */
export async function readRequest(file: string, { stdin, command }: Reading): Promise<RequestFile> {
  const name = file === '-' ? 'standard input' : file;
  const text = file === '-' ? await textOf(stdin) : await readFile(file, 'utf8').catch(refuse(file));
  const parsed = await parseBody(text, CONTENT_TYPES[extname(file).toLowerCase()]);
  if (parsed.ok) return { name, text, value: parsed.value };
  const [first] = parsed.issues;
  if (text.trim() === '') throw new BadInput(`${name} is empty; ${command('init')} creates an example`);
  if (parsed.reason === 'tooLarge') throw new BadInput(`${name} ${first?.detail}`);
  throw new BadInput(`${name} is neither YAML nor JSON`, {
    file: name,
    issues: parsed.issues.map(located),
  });
}

/** The parsers of YAML and JSON put the location into the message. */
function located(issue: ValidationIssue): Placed {
  const [, line, column, detail] = /^line (\d+), column (\d+): (.+)$/s.exec(issue.detail) ?? [];
  if (detail === undefined) return issue;
  return { ...issue, detail, line: Number(line), column: Number(column) };
}

/**
 * Throws BadInput with every error that can be found in the request alone. `limits`: those of Alibaba Cloud; by default the
 * wider ones, for a request that Gatehouse checks again by its own.
 */
export function requestIn(file: RequestFile, limits?: AlicloudProfile): Request {
  const parsed = parseRequest(file.value, undefined, limits);
  if (!parsed.ok) throw issuesIn(file, parsed.issues);
  return parsed.request;
}

/** The request with this operation instead of the one in the file. */
export function requestAs(
  file: RequestFile,
  operation: Request['operation'],
  limits?: AlicloudProfile,
): Request {
  const { value } = file;
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return requestIn(isObject ? { ...file, value: { ...value, operation } } : file, limits);
}

/** Converts the errors that Gatehouse found in the request to locations in the file. */
export function issuesFrom(file: RequestFile): (thrown: unknown) => never {
  return thrown => {
    if (thrown instanceof Problem && thrown.errors.length > 0)
      throw issuesIn(file, thrown.errors, thrown.message);
    throw thrown;
  };
}

function issuesIn(
  { name, text }: RequestFile,
  issues: readonly ValidationIssue[],
  refusal?: string,
): BadInput {
  const message = refusal ? `${name} was refused: ${refusal}` : `${name} is not a valid request`;
  return new BadInput(message, { file: name, issues: placed(text, issues) });
}

function refuse(file: string) {
  return (cause: NodeJS.ErrnoException): never => {
    const reason = REASONS[cause.code ?? ''] ?? cause.message;
    throw new BadInput(`${file} cannot be read: ${reason}`, { cause });
  };
}

const REASONS: Record<string, string> = {
  ENOENT: 'the file does not exist',
  EACCES: 'permission denied',
  EISDIR: 'it is a folder; give a file',
};
