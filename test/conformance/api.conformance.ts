// The answers of the REST API to requests that schemathesis generates from the OpenAPI document.
import { test } from 'node:test';
import { generateRequests } from './schemathesis.ts';

test('2,000 generated requests get documented answers, and no 5xx', async t => {
  await generateRequests(t, {
    phases: ['examples', 'fuzzing', 'stateful'],
    casesPerOperation: 400,
    minCases: 2000,
  });
});
