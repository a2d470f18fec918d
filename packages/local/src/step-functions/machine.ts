// A state machine ready to run: checked as written, then given to the interpreter in a form with which it behaves like
// AWS. `prepare` lists the changes; DescribeStateMachine answers with the definition as written.
import { StateMachine, type StateMachineDefinition } from 'aws-local-stepfunctions';
import { type AslObject, type Container, statesOf, type TaskFunction, taskFunctions } from './definition.ts';
import { isJsonObject, isObject, type Json, type JsonObject, jsonText, parseJson } from './json.ts';
import { assertSupported } from './supported.ts';

export interface Machine {
  name: string;
  arn: string;
  roleArn: string;
  definition: string;
  createdAt: number;
  /** By Task state. */
  functions: Map<string, TaskFunction>;
  /** The fields of each Map state as written, by state name. */
  maps: Map<string, JsonObject>;
  /** The Map or Parallel state around a state, by state name. */
  containers: Map<string, Container>;
  interpreter: StateMachine;
}

export interface MachineOptions {
  region: string;
  account: string;
  timeScale: number;
  now(): number;
}

/** The limit of setTimeout (24.8 days); also the limit of a Task without one, which AWS leaves open. */
const longestTimeoutSeconds = 2_147_483;

export function createMachine(
  source: { name: string; definition: AslObject },
  options: MachineOptions,
): Machine {
  const { region, account } = options;
  const definition = jsonText(source.definition);
  const asWritten = jsonObject(definition, source.name);
  const states = statesOf(asWritten);
  assertSupported(asWritten, states);
  const functions = taskFunctions(states, options);
  assertValid(definition, asWritten);
  return {
    name: source.name,
    arn: `arn:aws:states:${region}:${account}:stateMachine:${source.name}`,
    roleArn: `arn:aws:iam::${account}:role/${source.name}`,
    definition,
    createdAt: options.now(),
    functions,
    maps: new Map(states.flatMap(({ name, type, fields }) => (type === 'Map' ? [[name, fields]] : []))),
    containers: new Map(states.flatMap(({ name, container }) => (container ? [[name, container]] : []))),
    interpreter: new StateMachine(prepare(definition, source.name, options.timeScale), {
      validationOptions: { noValidate: true },
    }),
  };
}

/** Compiling its schemas takes the interpreter 100 ms, so each text is validated once. */
const valid = new Set<string>();

/** Throws on anything that is not valid ASL. */
function assertValid(text: string, definition: JsonObject): void {
  if (valid.has(text)) return;
  new StateMachine(asDefinition(definition));
  valid.add(text);
}

/**
 * The interpreter overwrites `$$.Execution.StartTime` and `.Input` in every branch and iteration, takes 60 s for a Task
 * without a limit, fires immediately on a limit past 24.8 days, takes ResultPath "$" for a field of that name, never matches
 * a test of a type or of presence for `false`, and gives a Fail without an Error one of its own.
 * Retry intervals are divided here and not by its override, which would lose back-off and jitter.
 */
function prepare(definition: string, name: string, timeScale: number): StateMachineDefinition {
  const text = definition.replace(/\$\$\.Execution\.(StartTime|Input)\b/g, (_, field) => `$$.Root.${field}`);
  const prepared = jsonObject(text, name);
  limitTimeout(prepared);
  for (const state of statesOf(prepared)) {
    if (state.type === 'Task' && !('TimeoutSecondsPath' in state.fields))
      state.fields['TimeoutSeconds'] ??= longestTimeoutSeconds;
    limitTimeout(state.fields);
    if (timeScale !== 1) for (const retrier of objectsIn(state.fields['Retry'])) shrink(retrier, timeScale);
    if (state.type === 'Fail') nameNothing(state.fields);
    for (const rule of objectsIn(state.fields['Choices'])) negate(rule);
    for (const holder of [state.fields, ...objectsIn(state.fields['Catch'])])
      if (holder['ResultPath'] === '$') delete holder['ResultPath'];
  }
  return asDefinition(prepared);
}

function limitTimeout(fields: JsonObject): void {
  const written = fields['TimeoutSeconds'];
  if (typeof written === 'number') fields['TimeoutSeconds'] = Math.min(written, longestTimeoutSeconds);
}

/** An empty name and cause are shown as none. */
function nameNothing(fields: JsonObject): void {
  if (!('ErrorPath' in fields)) fields['Error'] ??= '';
  if (!('CausePath' in fields)) fields['Cause'] ??= '';
}

const typeTests = ['IsNull', 'IsPresent', 'IsNumeric', 'IsString', 'IsBoolean', 'IsTimestamp'];

/** `IsNull: false` as `Not` of `IsNull: true`, at any depth. */
function negate(rule: JsonObject): void {
  for (const inner of [...objectsIn(rule['And']), ...objectsIn(rule['Or'])]) negate(inner);
  if (isJsonObject(rule['Not'])) negate(rule['Not']);
  const test = typeTests.find(name => rule[name] === false);
  if (test === undefined) return;
  rule['Not'] = { Variable: rule['Variable'] ?? null, [test]: true };
  delete rule['Variable'];
  delete rule[test];
}

function shrink(retrier: JsonObject, timeScale: number): void {
  const { IntervalSeconds: interval = 1, MaxDelaySeconds: longest } = retrier;
  retrier['IntervalSeconds'] = Number(interval) / timeScale;
  if (longest !== undefined) retrier['MaxDelaySeconds'] = Number(longest) / timeScale;
}

function objectsIn(value: Json | undefined): JsonObject[] {
  return Array.isArray(value) ? value.filter(isJsonObject) : [];
}

function jsonObject(text: string, name: string): JsonObject {
  const value = parseJson(text);
  if (!isJsonObject(value)) throw new Error(`State machine "${name}": the definition is not an object`);
  return value;
}

function asDefinition(value: JsonObject): StateMachineDefinition {
  if (!isDefinition(value)) throw new Error('The definition has no StartAt or no States');
  return value;
}

/** Checks only the outline: the interpreter's own validator checks the rest. */
function isDefinition(value: unknown): value is StateMachineDefinition {
  return isObject(value) && typeof value['StartAt'] === 'string' && isObject(value['States']);
}
