import assert from 'node:assert/strict';
import { test } from 'node:test';
import { canonicalJson, idempotencyToken, jobIdOf, requestHash } from '@gatehouse/core/record/token';

test('a token is 64 hex characters, and always the same for job, step and generation', () => {
  const token = idempotencyToken('job-1', 'listener', 1);
  assert.equal(token, 'e95ef790863319ec1d3836b1e9355673fb7d60c3032d403a5b018f0b84ec250d');
});

test('a token differs by job, by step and by generation', () => {
  const tokens = [
    idempotencyToken('job-1', 'listener', 1),
    idempotencyToken('job-2', 'listener', 1),
    idempotencyToken('job-1', 'endpoint-group-eu-west-1', 1),
    idempotencyToken('job-1', 'endpoint-group-eu-west-2', 1),
    idempotencyToken('job-1', 'listener', 2),
    idempotencyToken('job-1', 'listener', 11),
  ];
  assert.equal(new Set(tokens).size, tokens.length);
});

test('a job id is a function of caller and key, and of nothing else', () => {
  const id = jobIdOf('123456789012/role/deployer', 'key-1');
  assert.match(id, /^job-[0-9a-f]{32}$/);
  assert.equal(jobIdOf('123456789012/role/deployer', 'key-1'), id);
  const others = [
    jobIdOf('123456789012/role/deployer', 'key-2'),
    jobIdOf('123456789012/role/other', 'key-1'),
    // What a careless joining of both would take for the same.
    jobIdOf('123456789012/role/deployerkey', '-1'),
    jobIdOf('', '123456789012/role/deployer,key-1'),
  ];
  assert.ok(!others.includes(id));
  assert.equal(new Set(others).size, others.length);
});

const SAME: [reason: string, one: unknown, other: unknown][] = [
  ['the order of members is no difference', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 3, c: 2 }, a: 1 }],
  ['one number has one text', { a: 1.0 }, { a: 1 }],
  ['minus zero is zero', { a: -0 }, { a: 0 }],
  ['an absent member and an undefined one are the same in JSON', { a: 1, b: undefined }, { a: 1 }],
];

const DIFFERENT: [reason: string, one: unknown, other: unknown][] = [
  ['the order of a list says something', { a: [1, 2] }, { a: [2, 1] }],
  ['a number is no text', { a: 1 }, { a: '1' }],
  ['null is not absent', { a: null }, {}],
  ['zero is a value', { weight: 0 }, {}],
  ['false is a value', { on: false }, {}],
  ['an empty list is a value', { a: [] }, {}],
];

for (const [reason, one, other] of SAME) {
  test(`equal requests: ${reason}`, () => assert.equal(requestHash(one), requestHash(other)));
}

for (const [reason, one, other] of DIFFERENT) {
  test(`different requests: ${reason}`, () => assert.notEqual(requestHash(one), requestHash(other)));
}

test('values other than JSON have no canonical form', () => {
  assert.throws(() => canonicalJson(undefined), TypeError);
});
