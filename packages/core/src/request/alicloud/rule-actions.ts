// The actions of a forwarding rule of Alibaba Cloud, applied to requests that match its conditions.
import * as z from 'zod';
import { listOf, objectOf, oneOf, text, unionOf, wholeNumber } from '../../json/members.ts';
import { type KnownTo, objectByTable, shapeByTable } from '../member-schema.ts';
import { RULE_ACTION, RULE_ACTIONS } from './forwarding-rule-members.ts';
import { alicloudName } from './listener.ts';
import { headerName, headerValue } from './rule-conditions.ts';

export type RuleAction = z.output<typeof actionSpec>;

const ACTION = 'an action';

type Table<Type extends keyof typeof RULE_ACTIONS> = (typeof RULE_ACTIONS)[Type];

/** A member that the table of the type does not have is a type error. */
function action<const Type extends keyof typeof RULE_ACTIONS, Shape extends z.core.$ZodLooseShape>(
  type: Type,
  shape: Shape & KnownTo<Table<Type>, Shape>,
) {
  return objectOf(ACTION, {
    ...shapeByTable(RULE_ACTION, { type: oneOf([type]).meta({ description: 'The type of the action.' }) }),
    ...shapeByTable<Table<Type>, Shape>(RULE_ACTIONS[type], shape),
  }).meta({ id: `RuleAction${type}` });
}

const meta = (description: string) => ({ description });
const part = (what: string) => text(what, { from: 1, to: 128 });
const KEPT = 'The default is that of the request.';

const header = objectByTable('a header', RULE_ACTIONS.AddHeader.headers.items, {
  name: headerName.meta(meta('The name of the header.')),
  type: oneOf(['user-defined', 'ref', 'system-defined'])
    .default('user-defined')
    .meta(
      meta(
        'The source of the value: `value` itself, the request header named by `value`, or the variable `ClientSrcIp`.',
      ),
    ),
  value: headerValue.meta(meta('The value of the header, depending on `type`.')),
}).meta({ id: 'RuleHeader' });

const CONTENT_TYPES = [
  'text/plain',
  'text/css',
  'text/html',
  'application/javascript',
  'application/json',
] as const;

const STATUS = { error: 'must be a status code from 200 to 299 or from 400 to 599' };
const statusCode = z
  .int(STATUS)
  .min(200, STATUS)
  .max(599, STATUS)
  .refine(code => code < 300 || code >= 400, STATUS);

export const actionSpec = unionOf(ACTION, 'type', [
  action('ForwardGroup', {
    endpointGroup: alicloudName('a virtual endpoint group').meta(
      meta('The name of a virtual group of this request.'),
    ),
  }),
  action('Redirect', {
    protocol: oneOf(['HTTP', 'HTTPS'])
      .exactOptional()
      .meta(meta(`The protocol of the new URL. ${KEPT}`)),
    domain: part('a domain name')
      .exactOptional()
      .meta(meta(`The domain of the new URL. ${KEPT}`)),
    port: wholeNumber(1, 63_335)
      .exactOptional()
      .meta(meta(`The port of the new URL. ${KEPT}`)),
    path: part('a path')
      .exactOptional()
      .meta(meta(`The path of the new URL. ${KEPT}`)),
    query: part('a query')
      .exactOptional()
      .meta(meta(`The query of the new URL. ${KEPT}`)),
    code: oneOf([301, 302, 303, 307, 308]).default(301).meta(meta('The status code of the response.')),
  }),
  action('FixResponse', {
    code: statusCode.meta(meta('The status code of the response.')),
    contentType: oneOf(CONTENT_TYPES).default('text/plain').meta(meta('The media type of the content.')),
    content: text('text without Chinese characters', {
      from: 0,
      to: 1_000,
      pattern: /^\P{Script=Han}*$/u,
    })
      .default('')
      .meta(meta('The content of the response.')),
  }),
  action('Rewrite', {
    domain: part('a domain name').exactOptional().meta(meta('The domain of the request to the endpoint.')),
    path: part('a path').exactOptional().meta(meta('The path of the request to the endpoint.')),
    query: part('a query').exactOptional().meta(meta('The query of the request to the endpoint.')),
  }),
  action('AddHeader', {
    headers: listOf(header, { from: 1, to: 20, called: 'headers' }).meta(meta('The headers to add.')),
  }),
  action('RemoveHeader', {
    headers: listOf(headerName.meta({ description: 'The name of a header.', inPlace: true }), {
      from: 1,
      to: 20,
      called: 'header names',
    }).meta(meta('The headers to remove.')),
  }),
  action('Drop', {}),
]).meta({ id: 'RuleAction' });
