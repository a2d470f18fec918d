// The features of the Amazon States Language that this host refuses by name, because the interpreter would ignore them or
// run them wrong in silence.
import type { PlacedState } from './definition.ts';
import { isJsonObject, type Json, type JsonObject } from './json.ts';

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
  'MaxConcurrencyPath',
  'ToleratedFailureCount',
  'ToleratedFailureCountPath',
  'ToleratedFailurePercentage',
  'ToleratedFailurePercentagePath',
];

/** The part of the context object that this host supports; `$$.Map` only where the Map itself reads it. */
const contextPaths =
  /^\$\$\.(Execution\.(Id|Name|Input|StartTime|RoleArn)|StateMachine\.(Id|Name)|Map\.Item\.(Value|Index))\b/;

/** Their corner cases give other results than on AWS. */
const unsupportedFunctions = /\bStates\.(StringSplit|MathAdd|StringToJson|JsonMerge)\b/;

/** A path to several nodes gives an error where AWS gives an empty list. */
const severalNodes = /\*|\.\.|\[\?|\[[^\]]*[,:]/;

export function assertSupported(definition: JsonObject, states: PlacedState[]): void {
  const language = definition['QueryLanguage'] ?? 'JSONPath';
  if (language !== 'JSONPath') throw new Error(`QueryLanguage ${language}: this host runs JSONPath only`);
  const seen = new Set<string>();
  for (const { name, type, fields } of states) {
    const refuse = (what: string) => new Error(`State "${name}": ${what}`);
    // Local handlers are found by state name alone: a second state of that name would run the first one's function.
    if (seen.has(name))
      throw new Error(`State name "${name}" occurs twice; names are unique over the machine`);
    seen.add(name);
    for (const field of unsupportedFields)
      if (field in fields) throw refuse(`this host does not run ${field}`);
    if ('Result' in fields && !fields['Result'])
      throw refuse(`this host does not run the Result ${JSON.stringify(fields['Result'])}`);
    if (isDistributed(fields)) throw refuse('this host does not run a Map of the mode DISTRIBUTED');
    const { Branches: _b, Iterator: _i, ItemProcessor: _p, Comment: _c, ...own } = fields;
    for (const path of textsIn(own).flatMap(({ text }) => text.match(/\$\$[\w.]*/g) ?? []))
      if (!contextPaths.test(path) || (path.startsWith('$$.Map') && type !== 'Map'))
        throw refuse(`this host has no ${path} here`);
    for (const { text } of textsIn(own).filter(({ field }) => /\.\$$|Path$|^Variable$/.test(field))) {
      const [called] = unsupportedFunctions.exec(text) ?? [];
      if (called) throw refuse(`this host does not run ${called}`);
      if (text.startsWith('$') && severalNodes.test(text))
        throw refuse(`this host does not run ${text}: a path leads to one node`);
    }
  }
}

function isDistributed({ ItemProcessor: processor }: JsonObject): boolean {
  if (!isJsonObject(processor)) return false;
  const config = processor['ProcessorConfig'];
  return isJsonObject(config) && config['Mode'] === 'DISTRIBUTED';
}

interface Text {
  /** The nearest field around it. */
  field: string;
  text: string;
}

function textsIn(value: Json, field = ''): Text[] {
  if (typeof value === 'string') return [{ field, text: value }];
  if (Array.isArray(value)) return value.flatMap(each => textsIn(each, field));
  if (!isJsonObject(value)) return [];
  return Object.entries(value).flatMap(([name, each]) => textsIn(each, name));
}
