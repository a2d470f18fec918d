// A local stack of what would be deployed: every function from its bundle, in an instance of its own, behind a gate that is
// the IAM of its role; and what tests do with it.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DisableRuleCommand, EnableRuleCommand, EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { JobView } from '@gatehouse/core/api/answers';
import { parseRequest } from '@gatehouse/core/request/request';
import { type Handler, ramActionsOf } from '@gatehouse/functions/permissions';
import { startLocalStack } from '@gatehouse/local/local-stack';
import { stringify } from 'yaml';
import { hasEnded, poll, submit } from '../end-to-end/gatehouse.ts';
import { exampleNamed } from '../saga/sweep.ts';
import type { Fault } from '../world/world.ts';
import { bundleAll } from './bundles.ts';
import { deployment, type Statement } from './deployment.ts';
import { openGate } from './gate.ts';
import { instancesOf } from './instances.ts';

export const TIME_SCALE = 200;
const ALICLOUD_CLIENT = '@alicloud/openapi-core';

export interface Value {
  entryPoint: string;
  listener: object;
  endpointGroups: Record<string, unknown>[];
  targetGroups: Record<string, unknown>[];
}

export type DeployedStack = Awaited<ReturnType<typeof startDeployedStack>>;

export async function startDeployedStack() {
  const bundles = await bundleAll();
  const policies = policiesHere();
  let url = '';
  let runs = 0;
  const gate = await openGate(() => url, policies);
  const instances = instancesOf(bundles, gate);
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-stacks-'));
  const { handlerOf } = instances;
  const stack = await startLocalStack({ port: 0, dataDir, timeScale: TIME_SCALE, seed: 'stacks', handlerOf });
  url = stack.url;

  async function twin(method: string, path: string, body?: unknown): Promise<string> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const response = await fetch(`${url}/_twin/${path}`, { method, ...sent });
    assert.equal(response.status, 200);
    return response.text();
  }

  async function serve(value: object): Promise<JobView> {
    const accepted = await submit(url, stringify(value), `stacks-${++runs}`);
    return poll(url, accepted.id, hasEnded);
  }

  return {
    url,
    bundles,
    policies,
    gate,
    twin,
    serve,

    /** Handlers whose instance has loaded the client of Alibaba Cloud. */
    loadedAlicloud(): string[] {
      return bundles
        .flatMap(({ handler, later }) =>
          later.some(
            ({ file, packages }) => packages.has(ALICLOUD_CLIENT) && instances.hasLoaded(handler, file),
          )
            ? [handler]
            : [],
        )
        .toSorted();
    },

    /** On fresh clouds. */
    async run(value: Value, faults: Fault[] = []) {
      await twin('POST', 'reset');
      await twin('PUT', 'faults', faults);
      const then = await twin('GET', 'resources');
      const job = await serve(value);
      const parsed = parseRequest(value);
      assert.ok(parsed.ok);
      return { job, then, now: await twin('GET', 'resources'), request: parsed.request };
    },

    /** One after another, so that they wait in this order. */
    async submitted(...values: object[]): Promise<string[]> {
      const ids: string[] = [];
      for (const value of values) ids.push((await submit(url, stringify(value), `stacks-${++runs}`)).id);
      return ids;
    },

    async ends(...ids: (string | undefined)[]): Promise<string[]> {
      const ended: string[] = [];
      for (const id of ids) ended.push((await poll(url, id ?? '', hasEnded)).status);
      return ended;
    },

    /** A rule of the event bus, the schedule's too: who else could do a function's work is then known. */
    async switchRule(
      name: 'gatehouse-recover' | 'gatehouse-execution-ended',
      to: 'on' | 'off',
    ): Promise<void> {
      const bus = new EventBridgeClient({ region: 'eu-west-1', endpoint: url });
      await bus.send(new (to === 'on' ? EnableRuleCommand : DisableRuleCommand)({ Name: name }));
      bus.destroy();
    },

    /** A job whose execution is stopped while `fault` keeps one of its steps from going on. */
    async stoppedAt(fault: Fault, value: object): Promise<string> {
      await twin('PUT', 'faults', [fault]);
      const { id } = await submit(url, stringify(value), `stacks-${++runs}`);
      await poll(url, id, ({ steps }) => steps.some(({ calls }) => calls > 2));
      const stepFunctions = new SFNClient({ region: 'eu-west-1', endpoint: url });
      const executionArn = `arn:aws:states:eu-west-1:123456789012:execution:gatehouse:${id}-1`;
      await stepFunctions.send(new StopExecutionCommand({ executionArn }));
      stepFunctions.destroy();
      return id;
    },

    async stop() {
      await stack.stop();
      await instances.stop();
      await gate.stop();
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The policies as deployed, with the names of this stack; and what the RAM policy allows each function's code. */
function policiesHere(): Map<string, Statement[]> {
  const deployed = deployment('prod', { alicloud: true });
  return new Map(
    deployed.functions.map(({ handler, statements }) => {
      const text = JSON.stringify(statements)
        .replaceAll(String(deployed.outputs['table']), 'gatehouse')
        .replaceAll('gatehouse-prod', 'gatehouse');
      const ram = { Effect: 'Allow', Action: ramActionsOf(handler as Handler), Resource: ['*'] };
      return [handler, [...(JSON.parse(text) as Statement[]), ram]];
    }),
  );
}

/** What keeps an accelerator from settling, until the clouds are reset. */
export const NEVER_SETTLES: Fault = {
  service: 'globalaccelerator',
  operation: 'CreateListener',
  fault: 'stuck',
  times: 1,
};

export function named(example: string, entryPoint: string): Value {
  return { ...Object(exampleNamed(example)), entryPoint };
}

export function update(value: Value): object {
  return { ...value, operation: 'update' };
}

export function removal(entryPoint: string): object {
  return { operation: 'remove', entryPoint };
}
