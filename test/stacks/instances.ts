// The functions as Lambda runs them: each bundle in a worker of its own, with the environment of its own. What it signs
// with says which function it is, so that the wire shows who calls.
import { pathToFileURL } from 'node:url';
import { Worker } from 'node:worker_threads';
import type { Handler } from '@gatehouse/local/lambda/lambdas';
import type { Bundle } from './bundles.ts';

interface Reply {
  id: number;
  value?: unknown;
  error?: { name: string; message: string };
}

export interface Instances {
  handlerOf(file: string): Promise<Handler>;
  /** Whether a function has loaded one of its files. */
  hasLoaded(handler: string, file: string): boolean;
  stop(): Promise<void>;
}

/** An access key id stands between slashes in a signature. */
export const keyOf = (handler: string): string => handler.replace('/', '.');

/** `url`: where the SDK clients find every service; `doorOf`: where a function finds Alibaba Cloud. */
export function instancesOf(
  bundles: Bundle[],
  { url, doorOf }: { url: string; doorOf(handler: string): Promise<string> },
): Instances {
  const workers: Worker[] = [];
  const loaded = new Set<string>();
  return {
    async handlerOf(file) {
      const bundle = bundles.find(({ handler }) => handler === file);
      if (!bundle) throw new Error(`${file} is not deployed`);
      const endpoints = Object.keys(process.env).filter(name => name.startsWith('AWS_ENDPOINT_URL'));
      const worker = new Worker(new URL('./instance.mjs', import.meta.url), {
        workerData: pathToFileURL(bundle.file).href,
        // Their log lines are theirs.
        stdout: true,
        stderr: true,
        env: {
          ...process.env,
          ...Object.fromEntries(endpoints.map(name => [name, url])),
          AWS_ACCESS_KEY_ID: keyOf(file),
          GATEHOUSE_ALICLOUD_ENDPOINT: await doorOf(file),
        },
      });
      workers.push(worker);
      worker.on('message', (said: { loads?: string }) => {
        if (said.loads) loaded.add(`${file} ${said.loads}`);
      });
      return asked(worker);
    },
    hasLoaded: (handler, file) => loaded.has(`${handler} ${file}`),
    async stop() {
      await Promise.all(workers.map(worker => worker.terminate()));
    },
  };
}

function asked(worker: Worker): Handler {
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let count = 0;
  worker.on('message', ({ id, value, error }: Partial<Reply>) => {
    if (id === undefined) return;
    const promise = waiting.get(id);
    waiting.delete(id);
    if (error) promise?.reject(Object.assign(new Error(error.message), { name: error.name }));
    else promise?.resolve(value);
  });
  const end = (thrown: Error) => {
    for (const promise of waiting.values()) promise.reject(thrown);
    waiting.clear();
  };
  worker.on('error', end);
  // Else whoever waits would wait for the whole life of a Lambda.
  worker.on('exit', () => end(new Error('the instance has ended')));
  return (event, context) => {
    const id = ++count;
    const promise = Promise.withResolvers<unknown>();
    waiting.set(id, promise);
    const { functionName, awsRequestId, invokedFunctionArn, memoryLimitInMB } = context;
    const plain = { functionName, awsRequestId, invokedFunctionArn, memoryLimitInMB };
    const deadline = Date.now() + context.getRemainingTimeInMillis();
    worker.postMessage({ id, event, context: plain, deadline });
    return promise.promise;
  };
}
