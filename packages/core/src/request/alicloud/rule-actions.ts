// The actions of a forwarding rule of Alibaba Cloud: what is done with a request that its conditions fit.
import * as z from 'zod';
import { listOf, objectOf, oneOf, text, unionOf, wholeNumber } from '../../json/members.ts';
import { objectByTable, shapeByTable } from '../member-schema.ts';
import { RULE_ACTIONS } from './forwarding-rule-members.ts';
import { alicloudName } from './listener.ts';
import { headerName, headerValue } from './rule-conditions.ts';

export type RuleAction = z.output<typeof actionSpec>;

const ACTION = 'an action';

function action<const Type extends string, Shape extends z.core.$ZodLooseShape>(type: Type, shape: Shape) {
  return objectOf(ACTION, {
    type: oneOf([type]).meta({ description: 'What is done with a request.', inPlace: true }),
    ...shape,
  });
}

const said = (description: string) => ({ description });
const part = (what: string) => text(what, { from: 1, to: 128 });
const KEPT = 'Left out, that of the request.';

const header = objectByTable('a header', RULE_ACTIONS.AddHeader.headers.items, {
  name: headerName.meta(said('The name of the header.')),
  type: oneOf(['user-defined', 'ref', 'system-defined'])
    .default('user-defined')
    .meta(said('Whether `value` is the value, the header that it is taken from, or `ClientSrcIp`.')),
  value: headerValue.meta(said('Depends on `type`.')),
});

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
  action(
    'ForwardGroup',
    shapeByTable(RULE_ACTIONS.ForwardGroup, {
      endpointGroup: alicloudName('a virtual endpoint group').meta(
        said('The name of a virtual group of this request.'),
      ),
    }),
  ),
  action(
    'Redirect',
    shapeByTable(RULE_ACTIONS.Redirect, {
      protocol: oneOf(['HTTP', 'HTTPS'])
        .exactOptional()
        .meta(said(`To which protocol. ${KEPT}`)),
      domain: part('a domain name')
        .exactOptional()
        .meta(said(`To which domain. ${KEPT}`)),
      port: wholeNumber(1, 63_335)
        .exactOptional()
        .meta(said(`To which port. ${KEPT}`)),
      path: part('a path')
        .exactOptional()
        .meta(said(`To which path. ${KEPT}`)),
      query: part('a query')
        .exactOptional()
        .meta(said(`To which query. ${KEPT}`)),
      code: oneOf([301, 302, 303, 307, 308]).default(301).meta(said('The status code of the answer.')),
    }),
  ),
  action(
    'FixResponse',
    shapeByTable(RULE_ACTIONS.FixResponse, {
      code: statusCode.meta(said('The status code of the answer.')),
      contentType: oneOf(CONTENT_TYPES).default('text/plain').meta(said('The type of the content.')),
      content: text('a text without Chinese characters', {
        from: 0,
        to: 1_000,
        pattern: /^\P{Script=Han}*$/u,
      })
        .default('')
        .meta(said('The content of the answer.')),
    }),
  ),
  action(
    'Rewrite',
    shapeByTable(RULE_ACTIONS.Rewrite, {
      domain: part('a domain name').exactOptional().meta(said('The domain that the endpoint sees.')),
      path: part('a path').exactOptional().meta(said('The path that the endpoint sees.')),
      query: part('a query').exactOptional().meta(said('The query that the endpoint sees.')),
    }),
  ),
  action(
    'AddHeader',
    shapeByTable(RULE_ACTIONS.AddHeader, {
      headers: listOf(header, { from: 1, to: 20, called: 'headers' }).meta(
        said('The headers that are added.'),
      ),
    }),
  ),
  action(
    'RemoveHeader',
    shapeByTable(RULE_ACTIONS.RemoveHeader, {
      headers: listOf(headerName.meta({ description: 'The name of a header.', inPlace: true }), {
        from: 1,
        to: 20,
        called: 'header names',
      }).meta(said('The headers that are taken away.')),
    }),
  ),
  action('Drop', {}),
]);
