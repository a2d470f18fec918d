// The REST API under an independent judge, with every boundary of every schema.
import { test } from 'node:test';
import { judge } from '../schemathesis.ts';

test('every boundary of every schema gets an answer that the document describes, and no 5xx', async t => {
  await judge(t, { phases: ['coverage', 'fuzzing', 'stateful'], casesPerOperation: 400, minCases: 10_000 });
});
