// What the conditions of a forwarding rule may not be together, or under one profile of limits, although each alone is right.
// A part that is undefined could not be read, or is not there: a rule that needs it stays silent.
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

/** A rule has one of each. */
const ONCE = ['Host', 'SourceIP'];
/** All that a TCP listener's rules can look at. */
const OF_TCP = ['Host'];
/** Anything else in them makes them regular expressions. */
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
      ...(type && ONCE.includes(type) ? seen.find(type, at, 'a rule has one such condition') : []),
      ...(type && protocol === 'TCP' && !OF_TCP.includes(type)
        ? issue(at, 'must be `Host` for a listener of TCP, which sees no more of a request')
        : []),
      ...(type === 'Host' && values.length > limits.hosts
        ? issue(
            [...path, index, 'values'],
            `are ${values.length} domains; ${limits.source} has ${limits.hosts} in a rule`,
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
    return issue([...path, index], `must be ${plain.what}: ${source} has no regular expressions`);
  });
}

function repeatIssues(pairs: unknown[], path: Path): ValidationIssue[] {
  const seen = new Repeats();
  return pairs.flatMap((pair, index) => {
    const values: unknown = typeof pair === 'object' && pair !== null ? Reflect.get(pair, 'values') : [];
    return (Array.isArray(values) ? values : []).flatMap((value: unknown, place) =>
      typeof value === 'string'
        ? seen.find(value, [...path, index, 'values', place], 'a condition has a header value once')
        : [],
    );
  });
}

/** How much of a request its rule can refer to: as many groups in parentheses as one of its expressions has. */
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
