// The REST API under an independent judge of its OpenAPI document.
import { test } from 'node:test';
import { judge } from './schemathesis.ts';

test('2,000 generated requests get answers that the document describes, and no 5xx', async t => {
  await judge(t, { phases: ['examples', 'fuzzing', 'stateful'], casesPerOperation: 110, minCases: 2000 });
});
