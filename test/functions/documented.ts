// Whether an answer is one that the API's document tells of its route: status, body and problem code.
import assert from 'node:assert/strict';
import type { ApiAnswer } from '@gatehouse/functions/api/answer';
import { problemSchema } from '@gatehouse/functions/api/answer-schemas';
import { OPERATIONS } from '@gatehouse/functions/api/operations';
import { PROBLEMS } from '@gatehouse/functions/api/problem';
import type { ApiRoute } from '@gatehouse/functions/api/routes';

export function assertDocumented(route: ApiRoute, { status, body }: ApiAnswer): void {
  const { answers, problems } = OPERATIONS[route];
  const good = answers[status];
  // As it would arrive: members that are undefined do not travel.
  const arrived: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  if (good) {
    if (good.schema) good.schema.parse(arrived);
    else if (status === 304) assert.equal(arrived, undefined);
    return;
  }
  const told = problemSchema.parse(arrived);
  assert.ok(
    [...problems, 'Unauthenticated', 'InternalFailure', 'ServiceUnavailable'].includes(told.code),
    route,
  );
  assert.equal(told.status, status);
  assert.equal(Object.entries(PROBLEMS).find(([code]) => code === told.code)?.[1].status, status);
}
