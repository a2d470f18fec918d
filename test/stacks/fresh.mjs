// One function in a process of its own, as Lambda starts one: it is loaded, timed, and asked once. Answers with one line
// of JSON.   node fresh.mjs BUNDLE EVENT
import { pathToFileURL } from 'node:url';

const [, , file, event] = process.argv;
const from = performance.now();
const { handler } = await import(pathToFileURL(file).href);
const loadMs = performance.now() - from;
const context = {
  functionName: 'fresh',
  awsRequestId: 'fresh',
  invokedFunctionArn: 'fresh',
  memoryLimitInMB: '512',
};
const answer = await handler(JSON.parse(event), { ...context, getRemainingTimeInMillis: () => 30_000 }).then(
  value => ({ value: value ?? null }),
  ({ name, message }) => ({ error: { name, message } }),
);
// An exit right behind a write to a pipe would cut it off.
process.stdout.write(`${JSON.stringify({ loadMs, ...answer })}\n`, () => process.exit(0));
