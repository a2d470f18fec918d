// The answers of the REST API to every boundary of every schema in the OpenAPI document.
import { test } from 'node:test';
import { generateRequests } from '../schemathesis.ts';

test('requests at every boundary of every schema get documented answers, and no 5xx', async t => {
  await generateRequests(t, {
    phases: ['coverage', 'fuzzing', 'stateful'],
    casesPerOperation: 400,
    minCases: 10_000,
  });
});
