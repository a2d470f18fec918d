// The parameters of an RPC call: query and form body together. Lists and objects are flat, with dots and numbers
// (`PortRanges.1.FromPort=80`), and every value is text.
import { parseShallowJson } from '../http/shallow-json.ts';
import type { WireRequest } from '../http/wire.ts';

export type Parameters = Map<string, string>;

type Tree = Map<string, Tree | string>;

/**
 * The limit of parts in a name; the API's longest has 8. A name with more parts is read as one name, and matches no
 * parameter.
 */
const MAX_PARTS = 20;

export function parametersOf({ path, headers, body }: WireRequest): Parameters {
  const query = new URLSearchParams(queryOf(path));
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return new Map([...query, ...(isForm ? new URLSearchParams(body) : [])]);
}

export function queryOf(path: string): string {
  return path.split('?').slice(1).join('?');
}

/** Members in a fixed order, so that equal requests give equal texts. `json`: whether a list can be JSON text. */
export function nested(parameters: Parameters, json: (name: string) => boolean): Record<string, unknown> {
  const root: Tree = new Map();
  for (const [name, text] of parameters) {
    const list = json(name) && text.startsWith('[') ? parsed(text) : undefined;
    const path = name.split('.');
    if (list) branches(root, name, list);
    else put(root, path.length <= MAX_PARTS ? path : [name], text);
  }
  const value = nestedOf(root);
  return typeof value === 'object' && value !== null ? { ...value } : {};
}

function put(tree: Tree, path: string[], text: string): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(name, text);
    return;
  }
  const known = tree.get(name);
  const branch: Tree = known instanceof Map ? known : new Map();
  tree.set(name, branch);
  put(branch, rest, text);
}

/** Index 10 comes after 9: numbers sort by value, and gaps close. */
function nestedOf(node: Tree | string): unknown {
  if (typeof node === 'string') return node;
  const names = [...node.keys()];
  const entries = [...node].map(([name, child]) => [name, nestedOf(child)] as const);
  if (names.length > 0 && names.every(name => /^\d+$/.test(name))) {
    return entries.toSorted(([a], [b]) => Number(a) - Number(b)).map(([, value]) => value);
  }
  return Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function parsed(text: string): unknown[] | undefined {
  try {
    const value = parseShallowJson(text);
    return Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

/** Nested JSON, as the dotted names would give it. */
function branches(tree: Tree, at: string, value: unknown): void {
  if (Array.isArray(value)) value.forEach((each, index) => void branches(tree, `${at}.${index + 1}`, each));
  else if (typeof value === 'object' && value !== null) {
    for (const [name, each] of Object.entries(value)) branches(tree, `${at}.${name}`, each);
  } else if (value !== null) put(tree, at.split('.'), String(value));
}
