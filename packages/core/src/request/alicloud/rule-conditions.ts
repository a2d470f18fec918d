// The conditions of a forwarding rule of Alibaba Cloud: what of a request is looked at, and what it has to be. Of one
// condition's values one has to fit; of a rule's conditions, all.
import * as z from 'zod';
import { listOf, objectOf, oneOf, text, unionOf } from '../../json/members.ts';
import { objectByTable } from '../member-schema.ts';
import { RULE_CONDITION } from './forwarding-rule-members.ts';

export type RuleCondition = z.output<typeof conditionSpec>;

/** Of the whole listener; a condition cannot have more alone. */
const MAX_VALUES = 150;

const CONDITION = 'a condition';
const ONE = { description: 'One of the values that fit.', inPlace: true };

/** As wide as both profiles; whether an expression is taken is a rule. */
const host = text(
  'a domain name, in which `*` and `?` stand for others, or a regular expression of letters, digits and `.-?=~_+/\\^*!$&|()[]`',
  { from: 3, to: 128, pattern: /^[A-Za-z0-9.\-?=~_+/\\^*!$&|()[\]]+$/ },
);

/** With which sign an expression begins is not documented alike everywhere. */
const path = text(
  'a path that begins with `/`, of letters, digits and `$-_.+/&~@:`, `*` and `?` for others, or a regular expression that begins with `/` or `~` and has `=!^|()[]\\` besides',
  { from: 1, to: 128, pattern: /^[/~][A-Za-z0-9$\-_.+/&~@:*?=!^|()[\]\\]*$/ },
);

export const headerName = text('the name of a header: letters, digits, `-` and `_`', {
  from: 1,
  to: 40,
  pattern: /^[A-Za-z0-9_-]+$/,
});

export const headerValue = text('a value of printable ASCII, without a blank at either end', {
  from: 1,
  to: 128,
  pattern: /^[!-~]([ -~]*[!-~])?$/,
});

/** In the guide's words: lower case, no blank, none of the characters that a query string is made with. */
const queryText = (to: number) =>
  text('a lower-case text without blanks and `|[]{}<>\\;/?:@&=+,$%"^~`', {
    from: 1,
    to,
    pattern: /^(?:(?![[\]{}<>\\;/?:@&=+,$%"^~|A-Z])[!-~])+$/,
  });

const cookieText = (to: number) =>
  text('a lower-case text without blanks and `|#[]{}\\<>&`', {
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
    type: oneOf([type]).meta({ description: 'What of a request is looked at.' }),
    values: listOf(value.meta(ONE), { from: 1, to: MAX_VALUES, called: 'values' }).meta({ description }),
  });
}

function pairs<Key extends z.ZodType, Value extends z.ZodType>(key: Key, value: Value) {
  return objectOf('a key with its values', {
    key: key.meta({ description: 'What it is called.', inPlace: true }),
    values: listOf(value.meta(ONE), { from: 1, to: MAX_VALUES, called: 'values' }).meta({
      description: 'One of them has to be its value.',
      inPlace: true,
    }),
  });
}

export const conditionSpec = unionOf(CONDITION, 'type', [
  condition('Host', host, 'The domain is one of them. A rule has one such condition.'),
  condition('Path', path, 'The path is one of them.'),
  condition('RequestHeader', pairs(headerName, headerValue), 'A header has one of its values.'),
  condition('Query', pairs(queryText(100), queryText(128)), 'A parameter has one of its values.'),
  condition('Cookie', pairs(cookieText(100), cookieText(128)), 'A cookie has one of its values.'),
  condition(
    'Method',
    oneOf(['HEAD', 'GET', 'POST', 'OPTIONS', 'PUT', 'PATCH', 'DELETE']),
    'The method is one of them.',
  ),
  condition('SourceIP', address, 'The client is one of them. A rule has one such condition.'),
]);
