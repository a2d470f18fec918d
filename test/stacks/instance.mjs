// One bundle in a worker with an environment of its own, as a Lambda instance has it: event in, answer or error out.
import { parentPort, workerData } from 'node:worker_threads';

const { handler } = await import(workerData);

parentPort.on('message', async ({ id, event, context, deadline }) => {
  const own = { ...context, getRemainingTimeInMillis: () => Math.max(deadline - Date.now(), 0) };
  try {
    parentPort.postMessage({ id, value: await handler(event, own) });
  } catch ({ name, message }) {
    parentPort.postMessage({ id, error: { name, message } });
  }
});
