// The conditions of a forwarding rule of Alibaba Cloud: a part of the request and its allowed values. A condition matches if
// one of its values matches; a rule matches if all of its conditions match.
import * as z from 'zod';
import { listOf, oneOf, text, unionOf } from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import { KEYED_VALUES, RULE_CONDITION } from './forwarding-rule-members.ts';

export type RuleCondition = z.output<typeof conditionSpec>;

/** The limit of a whole listener, hence also of one condition. */
const MAX_VALUES = 150;

const CONDITION = 'a condition';
const ONE = { description: 'A value that matches.', inPlace: true };

/** Accepts the values of both profiles; a rule checks whether the profile supports expressions. */
const host = text(
  'a domain name, in which `*` and `?` are wildcards, or a regular expression of letters, digits and `.-?=~_+/\\^*!$&|()[]`',
  { from: 3, to: 128, pattern: /^[A-Za-z0-9.\-?=~_+/\\^*!$&|()[\]]+$/ },
);

/** The documentation is inconsistent about the first character of an expression. */
const path = text(
  'a path that begins with `/`, of letters, digits and `$-_.+/&~@:`, with the wildcards `*` and `?`, or a regular expression that begins with `/` or `~` and may also contain `=!^|()[]\\`',
  { from: 1, to: 128, pattern: /^[/~][A-Za-z0-9$\-_.+/&~@:*?=!^|()[\]\\]*$/ },
);

export const headerName = text('the name of a header: letters, digits, `-` and `_`', {
  from: 1,
  to: 40,
  pattern: /^[A-Za-z0-9_-]+$/,
});

export const headerValue = text('printable ASCII that does not begin or end with a space', {
  from: 1,
  to: 128,
  pattern: /^[!-~]([ -~]*[!-~])?$/,
});

/** According to the guide: lower case, no spaces, no characters with a meaning in query strings. */
const queryText = (to: number) =>
  text('lower-case text without spaces and `|[]{}<>\\;/?:@&=+,$%"^~`', {
    from: 1,
    to,
    pattern: /^(?:(?![[\]{}<>\\;/?:@&=+,$%"^~|A-Z])[!-~])+$/,
  });

const cookieText = (to: number) =>
  text('lower-case text without spaces and `|#[]{}\\<>&`', {
    from: 1,
    to,
    pattern: /^(?:(?![#[\]{}\\<>&|A-Z])[!-~])+$/,
  });

const address = z.union([z.ipv4(), z.ipv6(), z.cidrv4(), z.cidrv6()], {
  error: 'must be an IP address or a CIDR block, like `203.0.113.0/24`',
});

function condition<const Type extends string, Value extends z.ZodType>(
  type: Type,
  value: Value,
  description: string,
) {
  return objectByTable(CONDITION, RULE_CONDITION, {
    type: oneOf([type]).meta({ description: 'The part of the request that the condition applies to.' }),
    values: listOf(value.meta(ONE), { from: 1, to: MAX_VALUES, called: 'values' }).meta({ description }),
  }).meta({ id: `RuleCondition${type}` });
}

function pairs<Key extends z.ZodType, Value extends z.ZodType>(id: string, key: Key, value: Value) {
  return objectByTable('a key with its values', KEYED_VALUES, {
    key: key.meta({ description: 'The name of the header, parameter or cookie.' }),
    values: listOf(value.meta(ONE), { from: 1, to: MAX_VALUES, called: 'values' }).meta({
      description: 'The values that match.',
    }),
  }).meta({ id });
}

export const conditionSpec = unionOf(CONDITION, 'type', [
  condition('Host', host, 'The domains that match. A rule has at most one such condition.'),
  condition('Path', path, 'The paths that match.'),
  condition(
    'RequestHeader',
    pairs('RuleHeaderValues', headerName, headerValue),
    'The headers and values that match.',
  ),
  condition(
    'Query',
    pairs('RuleQueryValues', queryText(100), queryText(128)),
    'The query parameters and values that match.',
  ),
  condition(
    'Cookie',
    pairs('RuleCookieValues', cookieText(100), cookieText(128)),
    'The cookies and values that match.',
  ),
  condition(
    'Method',
    oneOf(['HEAD', 'GET', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']),
    'The methods that match.',
  ),
  condition('SourceIP', address, 'The client addresses that match. A rule has at most one such condition.'),
]).meta({ id: 'RuleCondition' });
