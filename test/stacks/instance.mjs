// One bundle in a worker with an environment of its own, as a Lambda instance has it: event in, answer or error out. It
// tells, too, which of its files it loads.
import { registerHooks } from 'node:module';
import { basename } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';

registerHooks({
  load(url, context, next) {
    parentPort.postMessage({ loads: basename(url) });
    return next(url, context);
  },
});

const { handler } = await import(workerData);

parentPort.on('message', async ({ id, event, context, deadline }) => {
  const own = { ...context, getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0) };
  try {
    parentPort.postMessage({ id, value: await handler(event, own) });
  } catch ({ name, message }) {
    parentPort.postMessage({ id, error: { name, message } });
  }
});
