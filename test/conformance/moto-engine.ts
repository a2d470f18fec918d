// Moto's Step Functions as the engine of a local stack: its API, and its interpreter, which shares no code with ours. It runs
// the emitted state machine unchanged and calls the functions of the stack.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CreateStateMachineCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type HttpService, serve } from '@gatehouse/local/http/http-service';
import type { Engine } from '@gatehouse/local/services';
import type { ExecutionStatusEvent, StepFunctionsOptions } from '@gatehouse/local/step-functions/host';
import type { WireService } from '@gatehouse/twins/http/wire';
import { python } from './python.ts';

const MAX_PAYLOAD_BYTES = 6_291_556;

/** The server starts immediately. It gets its machines and functions when the stack creates the engine. */
export async function motoEngine(timeScale: number): Promise<(options: StepFunctionsOptions) => Engine> {
  const created = Promise.withResolvers<StepFunctionsOptions>();
  const host = await serve(async request => hostOf(await created.promise)(request), {
    port: 0,
    maxBodyBytes: MAX_PAYLOAD_BYTES,
  });
  const moto = await startMoto(host, timeScale);
  return options => {
    const ready = createMachines(moto.url, options).then(() => created.resolve(options));
    return {
      async request({ method, path, headers, body }) {
        await ready;
        const { host: _, connection: __, 'content-length': ___, ...passed } = headers;
        const answer = await fetch(`${moto.url}${path}`, { method, headers: passed, body });
        const type = answer.headers.get('content-type') ?? '';
        return { status: answer.status, headers: { 'content-type': type }, body: await answer.text() };
      },
      async stop() {
        await moto.stop();
        await host.close();
      },
    };
  };
}

async function startMoto(host: HttpService, timeScale: number) {
  const script = join(import.meta.dirname, 'moto_server.py');
  const child = spawn(python(), [script, `http://127.0.0.1:${host.port}`, String(timeScale)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  const [port] = await Promise.race([
    once(createInterface({ input: child.stdout }), 'line'),
    ended.then(([code]) => Promise.reject(new Error(`moto's server did not start: it ended with ${code}`))),
  ]);
  return {
    url: `http://127.0.0.1:${port}`,
    async stop() {
      child.stdin.end();
      await ended;
    },
  };
}

async function createMachines(url: string, { region, account, machines }: StepFunctionsOptions) {
  const client = new SFNClient({ region, endpoint: url });
  for (const { name, definition } of machines) {
    const roleArn = `arn:aws:iam::${account}:role/${name}`;
    await client.send(
      new CreateStateMachineCommand({ name, roleArn, definition: JSON.stringify(definition) }),
    );
  }
  client.destroy();
}

/** Answers the calls of the server: the call of a function, and the end of an execution. */
function hostOf(options: StepFunctionsOptions): WireService {
  return async ({ path, body }) => {
    const [, kind, name = ''] = path.split('/');
    if (kind === 'functions') return json(await answerOf(options.invoke(name, JSON.parse(body))));
    options.onStatusChange?.(statusEvent(JSON.parse(body)));
    return json({});
  };
}

const json = (value: unknown) => ({
  status: 200,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(value),
});

/** The answer of Lambda's Invoke. Errors of the Lambda service have the form of a function's error; see moto_server.py. */
async function answerOf(call: Promise<unknown>): Promise<object> {
  try {
    return { StatusCode: 200, Payload: (await call) ?? null };
  } catch (thrown) {
    const { name, message } = thrown instanceof Error ? thrown : new Error(String(thrown));
    const Payload = { errorMessage: message, errorType: name };
    return { StatusCode: 200, FunctionError: 'Unhandled', Payload };
  }
}

function statusEvent({ executionArn, status }: Pick<ExecutionStatusEvent, 'executionArn' | 'status'>) {
  const [machine = '', name = ''] = executionArn
    .replace(':execution:', ':stateMachine:')
    .split(/:(?=[^:]*$)/);
  const event: ExecutionStatusEvent = {
    executionArn,
    stateMachineArn: machine,
    name,
    status,
    startDate: Date.now(),
    stopDate: Date.now(),
    input: null,
    inputDetails: { included: false },
    output: null,
    outputDetails: null,
    error: null,
    cause: null,
  };
  return event;
}
