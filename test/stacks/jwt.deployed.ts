// A stage for callers outside AWS: their tokens instead of signatures, on every route but those that are open; and pages
// of other origins. Nothing else of it is another.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { corsOf } from '@gatehouse/functions/api/cors';
import { OPEN_ROUTES } from '@gatehouse/functions/api/routes';
import { deployment, type Statement, statementsOf } from './deployment.ts';

const ISSUER = 'https://login.example.com/';
const ORIGIN = 'https://console.example.com';

const signed = deployment('prod');
const tokens = deployment('prod', {
  settings: { jwt: { issuer: ISSUER, audiences: ['gatehouse'] }, corsOrigins: [ORIGIN] },
});

type Deployed = typeof signed;
const routesOf = ({ of }: Deployed) => of('aws:apigatewayv2/route:Route');

test('API Gateway checks the tokens: issuer, audience, in the usual header', () => {
  const [authorizer, ...others] = tokens.of('aws:apigatewayv2/authorizer:Authorizer');
  assert.deepEqual(others, []);
  assert.equal(authorizer?.inputs['authorizerType'], 'JWT');
  assert.deepEqual(authorizer.inputs['jwtConfiguration'], { audiences: ['gatehouse'], issuer: ISSUER });
  assert.deepEqual(authorizer.inputs['identitySources'], ['$request.header.Authorization']);
  assert.deepEqual(signed.of('aws:apigatewayv2/authorizer:Authorizer'), []);
});

test('every route asks for a token, but for those that say nothing of anybody', () => {
  const [authorizer] = tokens.of('aws:apigatewayv2/authorizer:Authorizer');
  const keysOf = (deployed: Deployed) => routesOf(deployed).map(({ inputs }) => inputs['routeKey']);
  assert.deepEqual(keysOf(tokens), keysOf(signed));
  for (const { inputs } of routesOf(tokens)) {
    const isOpen = OPEN_ROUTES.some(route => route === inputs['routeKey']);
    const asked = [inputs['authorizationType'], inputs['authorizerId']];
    assert.deepEqual(
      asked,
      isOpen ? ['NONE', undefined] : ['JWT', `${authorizer?.name}-id`],
      String(inputs['routeKey']),
    );
  }
});

test('with scopes, a token needs one that reads for what changes nothing, and one that changes for the rest', () => {
  const scopes = { read: ['gatehouse/read'], change: ['gatehouse/change'] };
  const scoped = deployment('prod', {
    settings: { jwt: { issuer: ISSUER, audiences: ['gatehouse'], scopes } },
  });
  for (const { inputs } of routesOf(scoped)) {
    const route = String(inputs['routeKey']);
    const isOpen = OPEN_ROUTES.some(each => each === route);
    const reads = /^GET |^POST \/v1\/plans$|^\$default$/.test(route);
    const asked = reads ? ['gatehouse/read', 'gatehouse/change'] : ['gatehouse/change'];
    assert.deepEqual(inputs['authorizationScopes'], isOpen ? undefined : asked, route);
  }
  assert.ok(routesOf(tokens).every(({ inputs }) => inputs['authorizationScopes'] === undefined));
});

test('pages of the origins that it lets in may send their token and read every header of an answer', () => {
  const corsIn = ({ of }: Deployed) => of('aws:apigatewayv2/api:Api')[0]?.inputs['corsConfiguration'];
  const { maxAgeSeconds, ...wanted } = corsOf([ORIGIN]) ?? { maxAgeSeconds: 0 };
  assert.deepEqual(corsIn(tokens), { ...wanted, maxAge: maxAgeSeconds });
  assert.ok(JSON.stringify(wanted).includes('"authorization"'));
  assert.deepEqual(corsIn(signed), {}, 'else it lets none in');
});

test('its functions and their roles are those of a stage with signatures', () => {
  const rolesOf = ({ functions, of }: Deployed) => [
    ...functions.map(({ handler, statements }) => `${handler} ${unnamed(statements)}`).toSorted(),
    unnamed(statementsOf(of('aws:iam/role:Role').find(({ name }) => name === 'MachineRole'))),
  ];
  assert.deepEqual(rolesOf(tokens), rolesOf(signed));
});

/** A physical name ends in eight letters of chance. */
function unnamed(statements: Statement[]): string {
  return JSON.stringify(statements).replaceAll(/-[a-z]{8}(?=["\\/:]|$)/g, '');
}
