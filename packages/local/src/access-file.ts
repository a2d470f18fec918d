// Reads the access rules of the local stack from a file, as JSON for the environment of the functions.
import { readFileSync } from 'node:fs';
import { parseBody } from '@gatehouse/core/json/body';
import { accessWarnings, parseAccess } from '@gatehouse/core/request/access';

export interface AccessRules {
  /** JSON. */
  text: string;
  /** What is valid, and rarely meant. */
  warnings: string[];
}

/** YAML or JSON. Throws an Error whose message is one line with the location. */
export async function readAccess(file: string): Promise<AccessRules> {
  const text = textOf(file);
  try {
    const parsed = await parseBody(text, undefined);
    if (!parsed.ok) throw new Error(parsed.issues.map(({ detail }) => detail).join('; '));
    const access = parseAccess(parsed.value);
    return { text: JSON.stringify(access), warnings: accessWarnings(access) };
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the access rules in ${file} are not valid: ${why}`, { cause });
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'the file does not exist' : message;
    throw new Error(`the access rules in ${file} cannot be read: ${why}`, { cause });
  }
}
