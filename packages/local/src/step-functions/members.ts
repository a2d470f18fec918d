// Reads the members of a request's body, each with the rule and the error name of AWS.

import { parseShallowJson } from '@gatehouse/twins/http/shallow-json';
import { WireError } from '../http/aws-json.ts';
import { exceedsDataLimit } from './json.ts';

export type Body = Record<string, unknown>;

export function optionalString(body: Body, member: string, maxLength = Infinity): string | undefined {
  const value = body[member] ?? undefined;
  if (value === undefined) return undefined;
  if (typeof value !== 'string') throw new WireError('SerializationException', `${member} is not a string`);
  if (value.length > maxLength) throw invalid(`${member} is longer than ${maxLength} characters`);
  return value;
}

function requiredString(body: Body, member: string): string {
  const value = optionalString(body, member);
  if (value === undefined)
    throw invalid(`Value null at '${member}' failed to satisfy constraint: Member must not be null`);
  return value;
}

export function stateMachineArn(body: Body): string {
  return arn(requiredString(body, 'stateMachineArn'), 'stateMachine:[^:]+(:[^:]+)?');
}

export function executionArn(body: Body): string {
  return arn(requiredString(body, 'executionArn'), 'execution:[^:]+:[^:]+');
}

function arn(value: string, resource: string): string {
  if (new RegExp(`^arn:aws[^:]*:states:[^:]+:\\d{12}:${resource}$`).test(value)) return value;
  throw new WireError('InvalidArn', `Invalid Arn: '${value}'`);
}

/** 1 to 80 characters; what is refused is the API reference's list for StartExecution. */
export function executionName(body: Body): string | undefined {
  const name = optionalString(body, 'name');
  if (name === undefined) return undefined;
  if (name.length >= 1 && name.length <= 80 && !/[\s<>{}[\]?*"#%\\^|~`$&,;:/\p{Cc}]/u.test(name)) return name;
  throw new WireError('InvalidName', `Invalid Name: '${name}'`);
}

/** JSON text, at most 262,144 bytes; absent means {}. */
export function executionInput(body: Body): string {
  const input = optionalString(body, 'input') ?? '{}';
  if (exceedsDataLimit(input))
    throw new WireError(
      'InvalidExecutionInput',
      'Invalid State Machine Execution Input: longer than 262144 bytes',
    );
  try {
    parseShallowJson(input);
    return input;
  } catch (error) {
    throw new WireError('InvalidExecutionInput', `Invalid State Machine Execution Input: '${String(error)}'`);
  }
}

/** 0 and absent both mean the default of 100; the most is 1000. */
export function pageSize(body: Body): number {
  const value = body['maxResults'] ?? 0;
  if (typeof value !== 'number' || !Number.isInteger(value) || value < 0 || value > 1_000)
    throw invalid('maxResults must be an integer between 0 and 1000');
  return value || 100;
}

export function flag(body: Body, member: string, byDefault: boolean): boolean {
  const value = body[member] ?? byDefault;
  if (typeof value !== 'boolean') throw new WireError('SerializationException', `${member} is not a boolean`);
  return value;
}

export function invalid(message: string): WireError {
  return new WireError('ValidationException', message);
}
