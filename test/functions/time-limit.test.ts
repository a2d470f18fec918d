// A handler that runs into the time limit of its function does not answer by itself, so that Lambda ends it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { TablePorts } from '@gatehouse/core/ports/ports';
import { open } from '@gatehouse/functions/api/http';
import { lambda } from '@gatehouse/functions/lambda';
import { nextTurn } from '../world/lambda-life.ts';
import { memoryStore } from '../world/memory-store.ts';

/** Handlers whose logic never settles. */
const FUNCTIONS: [string, (unsettled: Promise<never>) => unknown][] = [
  [
    'a function of the state machine',
    unsettled =>
      lambda(
        () => ({ store: memoryStore() }) as unknown as TablePorts,
        () => unsettled,
      ),
  ],
  ['a function of the API', unsettled => open(() => unsettled)],
];

for (const [what, functionOf] of FUNCTIONS) {
  test(`${what} sets itself no time limit: Lambda ends it, with everything that it has begun`, async () => {
    const handler = functionOf(Promise.withResolvers<never>().promise);
    const event = { routeKey: 'GET /', rawPath: '/', headers: {}, requestContext: { http: {} } };
    let looked = false;
    let answered = false;
    const getRemainingTimeInMillis = () => {
      looked = true;
      return 30_000;
    };
    (handler as (event: object, context: object) => Promise<unknown>)(event, {
      getRemainingTimeInMillis,
    }).finally(() => {
      answered = true;
    });
    await nextTurn();
    assert.deepEqual({ looked, answered }, { looked: false, answered: false });
  });
}
