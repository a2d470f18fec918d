// The conditions of a forwarding rule: the form of each type's values, in the older form of lists or the newer one of a
// JSON text. All conditions must hold; the values inside one are alternatives.
import type { Context } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import { gaError, illegal } from './errors.ts';
import { limitsOf } from './limits.ts';
import type { RuleCondition } from './model.ts';
import type { ConditionType } from './rule-types.ts';
import { ipv6Sources, tildePaths } from './switches.ts';

const host = /^[\w.\-=~+/\\^*!$&()[\]|?]{3,128}$/;
const path = /^[/~][\w$\-.+/&~@:'*?=!^()[\]|\\]{0,127}$/;
/** A value with other characters is a regular expression. */
const plainForms = { Host: /^[a-z\d.*?-]*$/i, Path: /^\/[\w$\-.+/&~@:'*?]*$/ };
const address = /^(\d{1,3}\.){3}\d{1,3}(\/([12]?\d|3[0-2]))?$/;
const ipv6Address = /^[\da-f]*:[\da-f:.]*(\/\d{1,3})?$/i;
const methods = ['HEAD', 'GET', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE'];
/** In keys and values of a query and of a cookie. */
const plain: Record<'Query' | 'Cookie', RegExp> = {
  Query: /^[^\sA-Z|[\]{}<>\\;/?:@&=+,$%"^~\u0080-\uffff]+$/,
  Cookie: /^[^\sA-Z|#[\]{}\\<>&\u0080-\uffff]+$/,
};
const oncePerRule: readonly ConditionType[] = ['Host', 'SourceIP'];

/** One value for each alternative, in either form, because their number per listener is limited. */
export function valuesOf(condition: RuleCondition): string[] {
  const { RuleConditionType: type, RuleConditionValue, HostConfig, PathConfig } = condition;
  if (RuleConditionValue === undefined || RuleConditionValue === '') {
    const values = (type === 'Host' ? HostConfig : type === 'Path' ? PathConfig : undefined)?.Values ?? [];
    if (values.length === 0) throw illegal('RuleConditionValue', `be given for a condition of ${type}`);
    return values;
  }
  const value = parsedJson(RuleConditionValue);
  if (!Array.isArray(value) || value.length === 0) {
    throw illegal('RuleConditionValue', 'be a list with a member');
  }
  return value.flatMap((each: unknown) => alternativesOf(type, each));
}

export function refuseConditions(conditions: RuleCondition[], context: Context): void {
  for (const type of oncePerRule) {
    if (conditions.filter(({ RuleConditionType }) => RuleConditionType === type).length > 1) {
      throw illegal('RuleConditions', `have one condition of ${type}`);
    }
  }
  for (const condition of conditions) {
    const { RuleConditionType: type } = condition;
    const values = valuesOf(condition);
    const wrong = values.find(value => !isOfItsForm(type, value) || !isTaken(type, value, context));
    if (wrong !== undefined) throw illegal('RuleConditionValue', `be one of ${type}, not ${wrong}`);
    if (type === 'Host' && values.length > limitsOf(context).hosts) {
      throw illegal('RuleConditionValue', 'be one host');
    }
    const texts = values.map(value => value.slice(value.indexOf('=') + 1));
    if (type === 'RequestHeader' && new Set(texts).size < texts.length) {
      throw illegal('RuleConditionValue', 'have each value once');
    }
  }
}

/** The number of captures that a rewriting can refer to: those of the expression with the most. */
export function capturesOf(conditions: RuleCondition[]): number {
  const values = conditions.filter(({ RuleConditionType: type }) => type === 'Host' || type === 'Path');
  return Math.max(0, ...values.flatMap(valuesOf).map(value => value.match(/(?<!\\)\(/g)?.length ?? 0));
}

/** A text that is not JSON gets an answer that looks retryable. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw gaError('SystemBusy', 'The system is busy. Please try again later.');
  }
}

/** Each name and value as one text. */
function alternativesOf(type: ConditionType, value: unknown): string[] {
  if (typeof value === 'string' && !isNamed(type)) return [value];
  if (!isNamed(type) || !isRecord(value)) {
    throw illegal('RuleConditionValue', `have the form of a condition of ${type}`);
  }
  return Object.entries(value).flatMap(([name, texts]) => {
    if (!Array.isArray(texts)) throw illegal('RuleConditionValue', 'have a list under each name');
    return texts.map((each: unknown) => {
      if (typeof each !== 'string') throw illegal('RuleConditionValue', 'have texts only');
      return `${name}=${each}`;
    });
  });
}

function isNamed(type: ConditionType): boolean {
  return type === 'RequestHeader' || type === 'Query' || type === 'Cookie';
}

function isOfItsForm(type: ConditionType, value: string): boolean {
  const [name = '', ...rest] = value.split('=');
  const text = rest.join('=');
  switch (type) {
    case 'Host':
      return host.test(value);
    case 'Path':
      return path.test(value);
    case 'Method':
      return methods.includes(value);
    case 'SourceIP':
      return address.test(value) || ipv6Address.test(value);
    case 'RequestHeader':
      return /^[\w-]{1,40}$/.test(name) && /^[!-~]([ -~]{0,126}[!-~])?$/.test(text);
    case 'Query':
    case 'Cookie':
      return isShort(name, 100) && isShort(text, 128) && plain[type].test(name) && plain[type].test(text);
  }
}

/** Values that only one set of limits, or one of its documents, allows. */
function isTaken(type: ConditionType, value: string, context: Context): boolean {
  if (type === 'SourceIP') return address.test(value) || context.setting(ipv6Sources) === 'accept';
  if (type !== 'Host' && type !== 'Path') return true;
  const isPlain = plainForms[type].test(value);
  const hasTilde = type === 'Path' && value.startsWith('~');
  return (
    isPlain || (limitsOf(context).expressions && !(hasTilde && context.setting(tildePaths) === 'refuse'))
  );
}

function isShort(text: string, most: number): boolean {
  return text.length >= 1 && text.length <= most;
}
