// Reads an Amazon States Language definition: the place of every state, the function of every Task, and the features
// that this host must refuse because the interpreter would ignore them or run them wrong.
import { isJsonObject, type Json, type JsonObject } from './json.ts';

/** A plain JSON definition, in the form that CreateStateMachine accepts. */
export type AslObject = Readonly<Record<string, unknown>>;

export interface Container {
  name: string;
  type: 'Map' | 'Parallel';
}

export interface PlacedState {
  name: string;
  type: string;
  fields: JsonObject;
  /** The Map or Parallel state around it. */
  container?: Container;
}

export function statesOf(definition: JsonObject, container?: Container): PlacedState[] {
  const states = isJsonObject(definition['States']) ? definition['States'] : {};
  return Object.entries(states).flatMap(([name, fields]) => {
    if (!isJsonObject(fields)) return [];
    const type = String(fields['Type']);
    const here: PlacedState = { name, type, fields, ...(container ? { container } : {}) };
    if (type !== 'Map' && type !== 'Parallel') return [here];
    return [here, ...nestedIn(fields).flatMap(nested => statesOf(nested, { name, type }))];
  });
}

function nestedIn(fields: JsonObject): JsonObject[] {
  const branches = Array.isArray(fields['Branches']) ? fields['Branches'] : [];
  return [...branches, fields['ItemProcessor'] ?? null, fields['Iterator'] ?? null].filter(isJsonObject);
}

export interface TaskFunction {
  name: string;
  arn: string;
}

/** Function by Task state; throws on a Resource that is not a function of this Region and account. */
export function taskFunctions(
  states: PlacedState[],
  place: { region: string; account: string },
): Map<string, TaskFunction> {
  const prefix = `arn:aws:lambda:${place.region}:${place.account}:function:`;
  return new Map(
    states
      .filter(state => state.type === 'Task')
      .map(({ name, fields }) => {
        const arn = String(fields['Resource']);
        const functionName = arn.startsWith(prefix) ? arn.slice(prefix.length) : '';
        if (!/^[A-Za-z0-9_-]{1,64}$/.test(functionName))
          throw new Error(`Task "${name}": Resource must be ${prefix}<name>, got ${arn}`);
        return [name, { name: functionName, arn }];
      }),
  );
}

const unsupportedFields = [
  'HeartbeatSeconds',
  'HeartbeatSecondsPath',
  'QueryLanguage',
  'Assign',
  'Arguments',
  'Output',
  'Credentials',
  'ItemReader',
  'ItemBatcher',
  'ResultWriter',
  'ToleratedFailureCount',
  'ToleratedFailurePercentage',
];

/** The part of the context object that this host supports; `$$.Map` only where the Map itself reads it. */
const contextPaths =
  /^\$\$\.(Execution\.(Id|Name|Input|StartTime|RoleArn)|StateMachine\.(Id|Name)|Map\.Item\.(Value|Index))\b/;

export function assertSupported(states: PlacedState[]): void {
  const seen = new Set<string>();
  for (const { name, type, fields } of states) {
    // Local handlers are found by state name alone: a second state of that name would run the first one's function.
    if (seen.has(name))
      throw new Error(`State name "${name}" occurs twice; names are unique over the machine`);
    seen.add(name);
    for (const field of unsupportedFields)
      if (field in fields) throw new Error(`State "${name}": this host does not run ${field}`);
    for (const path of contextPathsIn(fields))
      if (!contextPaths.test(path) || (path.startsWith('$$.Map') && type !== 'Map'))
        throw new Error(`State "${name}": this host has no ${path} here`);
  }
}

function contextPathsIn(fields: JsonObject): string[] {
  const { Branches: _b, Iterator: _i, ItemProcessor: _p, Comment: _c, ...own } = fields;
  return stringsIn(own).flatMap(text => text.match(/\$\$[\w.]*/g) ?? []);
}

function stringsIn(value: Json): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(stringsIn) : [];
}
