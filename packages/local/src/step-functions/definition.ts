// Reads an Amazon States Language definition: the place of every state, and the function of every Task.
import { isJsonObject, type JsonObject } from './json.ts';

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
  /** The limit of the Task, where it is written as a number. */
  timeoutSeconds?: number;
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
        const timeout = fields['TimeoutSeconds'];
        const limit = typeof timeout === 'number' ? { timeoutSeconds: timeout } : {};
        return [name, { name: functionName, arn, ...limit }];
      }),
  );
}
