// Rules that combine the conditions of a forwarding rule, or that depend on the profile of limits. A part is undefined if it
// is omitted or not valid: rules that need it are skipped.
// Source: docs/clouds/alicloud-forwarding-rules.md, conditions.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import type { Place } from './endpoint-rules.ts';
import { type Protocol, typeRefusal } from './limits.ts';

export interface ConditionToCheck {
  type?: string | undefined;
  values?: unknown[] | undefined;
}

type Path = readonly PropertyKey[];

/** Types of which a rule has at most one condition. */
const ONCE = ['Host', 'SourceIP'];
/** The only conditions of a TCP listener's rules. */
const TCP_CONDITIONS = ['Host'];
/** Values that are not regular expressions. */
const PLAIN: Record<string, { pattern: RegExp; what: string }> = {
  Host: {
    pattern: /^[A-Za-z0-9*?.-]*$/,
    what: 'a domain name of letters, digits, `-` and `.`, and `*` or `?`',
  },
  Path: {
    pattern: /^\/[A-Za-z0-9$\-_.+/&~@:*?]*$/,
    what: 'a path that begins with `/`, of letters, digits and `$-_.+/&~@:`, and `*` or `?`',
  },
};

export function conditionIssues(
  conditions: readonly (ConditionToCheck | undefined)[],
  protocol: Protocol | undefined,
  { path, limits }: Place,
): ValidationIssue[] {
  const seen = new Repeats();
  return conditions.flatMap((condition, index) => {
    const { type, values = [] } = condition ?? {};
    const at = [...path, index, 'type'];
    const newer = typeRefusal(type, 'conditionTypes', limits);
    if (newer) return issue(at, newer);
    return [
      ...(type && ONCE.includes(type) ? seen.find(type, at, 'a rule has at most one such condition') : []),
      ...(type && protocol === 'TCP' && !TCP_CONDITIONS.includes(type)
        ? issue(at, 'must be `Host` for a TCP listener, which supports no other condition')
        : []),
      ...(type === 'Host' && values.length > limits.hosts
        ? issue(
            [...path, index, 'values'],
            `are ${values.length} domains; a rule has at most ${limits.hosts}, according to ${limits.source}`,
          )
        : []),
      ...(type && !limits.expressions
        ? expressionIssues(type, values, [...path, index, 'values'], limits.source)
        : []),
      ...(type === 'RequestHeader' ? repeatIssues(values, [...path, index, 'values']) : []),
    ];
  });
}

function expressionIssues(type: string, values: unknown[], path: Path, source: string): ValidationIssue[] {
  const plain = PLAIN[type];
  return values.flatMap((value, index) => {
    if (!plain || typeof value !== 'string' || plain.pattern.test(value)) return [];
    return issue(
      [...path, index],
      `must be ${plain.what}: regular expressions are not supported, according to ${source}`,
    );
  });
}

function repeatIssues(pairs: unknown[], path: Path): ValidationIssue[] {
  const seen = new Repeats();
  return pairs.flatMap((pair, index) => {
    const values: unknown = typeof pair === 'object' && pair !== null ? Reflect.get(pair, 'values') : [];
    return (Array.isArray(values) ? values : []).flatMap((value: unknown, place) =>
      typeof value === 'string'
        ? seen.find(
            value,
            [...path, index, 'values', place],
            'a condition can have each header value only once',
          )
        : [],
    );
  });
}

/** The number of captures that actions can refer to: the maximum number of groups in one expression. */
export function capturesOf(conditions: RuleConditions): number | undefined {
  if (!conditions?.every(condition => condition?.type !== undefined && condition.values !== undefined)) {
    return undefined;
  }
  const values = conditions.flatMap(condition =>
    condition?.type !== undefined && condition.type in PLAIN ? (condition.values ?? []) : [],
  );
  const texts = values.filter(value => typeof value === 'string');
  return Math.max(0, ...texts.map(text => text.match(/(?<!\\)\(/g)?.length ?? 0));
}

type RuleConditions = readonly (ConditionToCheck | undefined)[] | undefined;

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
