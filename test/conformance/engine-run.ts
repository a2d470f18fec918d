// Runs scenarios on an engine, inside a complete local stack. A scenario submits requests for one entry point. Faults and crashes
// affect only the last one, and the entry point is removed afterwards.
import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import type { JobView } from '@gatehouse/core/api/answers';
import type { CrashOrder } from '@gatehouse/local/lambda/crash-orders';
import { stringify } from 'yaml';
import { hasEnded, poll, submit } from '../end-to-end/gatehouse.ts';
import { isStuck } from '../end-to-end/whole-stack.ts';
import type { Fault } from '../world/world.ts';
import { type ExecutionWalk, walkOf } from './engine-walk.ts';

export interface Scenario {
  name: string;
  requests: object[];
  faults?: Fault[];
  /** From the submission of the last job or, if it is cancelled, from then on. */
  crashes?: CrashOrder[];
  /** Cancels the last job once the step of this kind is being polled. */
  cancelAt?: string;
  /** The status of the last job; a stuck job is retried without the faults, and its second status follows. */
  ends: string[];
}

/** Must be equal on all engines. */
export interface Outcome {
  /** Of the last job. */
  ends: string[];
  /** All jobs, including the removal at the end. */
  jobs: JobOutcome[];
  /** Whether the clouds are the same before and after the last job. */
  unchanged: boolean;
}

interface JobOutcome {
  ends: string[];
  error: string | undefined;
  steps: Record<string, string>;
  /** One for each attempt. */
  walks: ExecutionWalk[];
}

export interface EngineRun {
  run(scenario: Scenario): Promise<Outcome>;
  stop(): Promise<void>;
}

/** How much faster than the real clouds everything settles. */
const TIME_SCALE = 200;

export async function startEngine(engine: 'local' | 'moto'): Promise<EngineRun> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const child = fork(join(import.meta.dirname, 'engine-stack.ts'), [engine, dataDir, String(TIME_SCALE)], {
    execArgv: [],
  });
  const ended = once(child, 'exit');
  const early = ended.then(([code]) =>
    Promise.reject(new Error(`the stack on ${engine} ended with ${code}`)),
  );
  const [url] = (await Promise.race([once(child, 'message'), early])) as [string];
  const credentials = { accessKeyId: 'local', secretAccessKey: 'local' };
  const client = new SFNClient({ endpoint: url, region: 'eu-west-1', credentials });

  /** The walk of each attempt of a job. */
  async function walksOf({ id, attempt }: JobView): Promise<ExecutionWalk[]> {
    const walks: ExecutionWalk[] = [];
    for (let n = 1; n <= attempt; n++) {
      const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:gatehouse:${id}-${n}`;
      await executionEnds(executionArn);
      walks.push(await walkOf(client, executionArn));
    }
    return walks;
  }

  /** The job ends in the last function of an execution, shortly before the execution itself. */
  async function executionEnds(executionArn: string): Promise<void> {
    const command = new DescribeExecutionCommand({ executionArn });
    while ((await client.send(command)).status === 'RUNNING') await setImmediate();
  }

  /** Two engines and their stacks share the processor with the polls. */
  const polled = (id: string, until: (job: JobView) => boolean) => poll(url, id, until, 100);

  let submitted = 0;

  async function perform(value: object, meanwhile?: (id: string) => Promise<void>): Promise<JobOutcome> {
    const { id } = await submit(url, stringify(patient(value)), `engines-${++submitted}`);
    await meanwhile?.(id);
    const first = await polled(id, hasEnded);
    const last = isStuck(first) ? await retried(id) : first;
    return {
      ends: [...new Set([first.status, last.status])],
      error: first.error?.code,
      steps: Object.fromEntries(last.steps.map(step => [step.id, step.state])),
      walks: await walksOf(last),
    };
  }

  async function retried(id: string): Promise<JobView> {
    await control(url, 'PUT', '_twin/faults', []);
    await act(id, 'retry');
    return polled(id, job => hasEnded(job) && !isStuck(job));
  }

  async function act(id: string, action: 'cancel' | 'retry'): Promise<void> {
    const answer = await fetch(`${url}/v1/jobs/${id}/${action}`, { method: 'POST' });
    assert.ok(answer.ok, await answer.text());
  }

  async function cancel(id: string, kind: string, crashes: CrashOrder[]): Promise<void> {
    await polled(id, ({ steps }) => steps.some(step => step.kind === kind && step.calls > 3));
    await control(url, 'PUT', '_lambda/crashes', crashes);
    await act(id, 'cancel');
  }

  async function run({ requests, faults = [], crashes = [], cancelAt }: Scenario): Promise<Outcome> {
    await control(url, 'POST', '_twin/reset');
    const jobs: JobOutcome[] = [];
    for (const value of requests.slice(0, -1)) jobs.push(await perform(value));
    const before = await control(url, 'GET', '_twin/resources');
    await control(url, 'PUT', '_twin/faults', faults);
    await control(url, 'PUT', '_lambda/crashes', cancelAt ? [] : crashes);
    const value = requests.at(-1) ?? {};
    const last = await perform(value, cancelAt ? id => cancel(id, cancelAt, crashes) : undefined);
    jobs.push(last);
    const unchanged = (await control(url, 'GET', '_twin/resources')) === before;
    for (const { reached, ...crash } of JSON.parse(await control(url, 'GET', '_lambda/crashes')))
      assert.equal(reached, crash.times, `it crashed as planned: ${JSON.stringify(crash)}`);
    await control(url, 'PUT', '_twin/faults', []);
    const entryPoint = Reflect.get(value, 'entryPoint');
    const left = await fetch(`${url}/v1/entry-points/${entryPoint}`);
    if (left.ok) jobs.push(await perform({ operation: 'remove', entryPoint }));
    return { ends: last.ends, jobs, unchanged };
  }

  return {
    run,
    async stop() {
      client.destroy();
      child.disconnect();
      await ended;
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** Sets the longest deadline, because the deadline is divided by the time scale and this machine can be slow. */
function patient(value: object): object {
  return { ...value, options: { ...Object(Reflect.get(value, 'options')), deadlineSeconds: 21_600 } };
}

async function control(url: string, method: string, path: string, body?: unknown): Promise<string> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${url}/${path}`, { method, ...sent });
  assert.equal(response.status, 200, await response.clone().text());
  return response.text();
}
