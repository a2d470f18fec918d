// A page token that becomes invalid while a list is read: the list is read again from the start, on every list with tokens.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allPages, type Page } from '@gatehouse/clouds/pages';
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';

function invalid(errorCode: string, code: 'InvalidRequest' | 'Busy') {
  const provider = { service: 'ga', operation: 'List', errorCode };
  return code === 'Busy'
    ? new RetryableError(code, 'invalid token', { provider })
    : new TerminalError(code, 'invalid token', { provider });
}

/** Answers the requests of a list in turn, and records their tokens. */
function listOf(answers: (Page<number> | Error)[]) {
  const tokens: (string | undefined)[] = [];
  const page = async (token: string | undefined) => {
    tokens.push(token);
    const answer = answers.shift();
    if (answer === undefined) throw new Error('one request too many');
    if (answer instanceof Error) throw answer;
    return answer;
  };
  return { operation: 'List', page, tokens };
}

const FIRST = { items: [1, 2], next: 'a' };
const LAST = { items: [3], next: undefined };

test('all pages in order', async () => {
  const list = listOf([FIRST, { items: undefined, next: 'b' }, { items: [3], next: '' }]);
  assert.deepEqual(await allPages(list), [1, 2, 3]);
  assert.deepEqual(list.tokens, [undefined, 'a', 'b']);
});

for (const error of [
  invalid('IllegalParameter.NextToken', 'InvalidRequest'),
  invalid('InvalidNextTokenException', 'Busy'),
]) {
  test(`after ${error.provider?.errorCode} for a later page, the list is read again from the start`, async () => {
    const list = listOf([FIRST, error, FIRST, LAST]);
    assert.deepEqual(await allPages(list), [1, 2, 3]);
    assert.deepEqual(list.tokens, [undefined, 'a', undefined, 'a']);
  });
}

test('a token that is invalid in each of three reads is a transient error', async () => {
  const error = invalid('IllegalParameter.NextToken', 'InvalidRequest');
  const list = listOf([FIRST, error, FIRST, error, FIRST, error]);
  await assert.rejects(allPages(list), { name: 'RetryableError', code: 'Busy' });
});

test('a first page that is invalid, and a later page that is denied, are errors', async () => {
  const first = invalid('IllegalParameter', 'InvalidRequest');
  await assert.rejects(allPages(listOf([first])), first);
  const denied = new TerminalError('AccessDenied', 'denied');
  await assert.rejects(allPages(listOf([FIRST, denied])), denied);
});

test('a repeated token is an error of the service', async () => {
  await assert.rejects(allPages(listOf([FIRST, FIRST])), { code: 'ServiceInternalError' });
});

test('the pages after the last wanted item are not read', async () => {
  const list = listOf([FIRST]);
  assert.deepEqual(await allPages({ ...list, isLast: item => item === 2 }), [1, 2]);
});
