// The state machine in its interpreter, behind the real SDK client and core's Executions port.
import { SFNClient, StopExecutionCommand } from '@aws-sdk/client-sfn';
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';
import type { Executions } from '@gatehouse/core/ports/ports';
import { stepFunctionsExecutions } from '@gatehouse/functions/step-functions';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { type AslObject, createStepFunctions } from '@gatehouse/local/step-functions/host';
import { ACCOUNT, CREDENTIALS, executionArn, functionArn, MACHINE_NAME, REGION } from './account.ts';
import type { VirtualClock } from './clock.ts';
import type { Event } from './lambdas.ts';

/** Builds a definition in Amazon States Language from the functions' ARNs. */
export type Definition = (arnOf: (name: AnyFunctionName) => string) => unknown;

/** The state machine of one world. */
export interface StateMachine {
  client: SFNClient;
  executions: Executions;
  /** Deploys another definition. Running executions keep the definition with which they began. */
  deploy(definition: Definition): void;
  /** Resolves when no execution runs. */
  idle(): Promise<void>;
  /** Stops the first execution of a job, as an operator can in the console. */
  stopExecution(jobId: string): Promise<void>;
}

/** Retries happen immediately: the time between them is virtual, and `Lambdas` advances it. */
const AT_ONCE = 1e9;

/** `invoke` runs the function of a Task. */
export function openStateMachine(
  clock: VirtualClock,
  definition: Definition,
  invoke: (name: AnyFunctionName, event: Event) => Promise<unknown>,
): StateMachine {
  const host = createStepFunctions({
    region: REGION,
    account: ACCOUNT,
    timeScale: AT_ONCE,
    now: clock.now,
    invoke: (name, event) => invoke(name as AnyFunctionName, event as Event),
    machines: [{ name: MACHINE_NAME, definition: definition(functionArn) as AslObject }],
  });
  const client = new SFNClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: handlerFor(host.request),
  });
  const arn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:${MACHINE_NAME}`;
  return {
    client,
    executions: stepFunctionsExecutions(client, arn),
    deploy: next => host.update(MACHINE_NAME, next(functionArn) as AslObject),
    idle: () => host.idle(),
    async stopExecution(jobId) {
      await client.send(new StopExecutionCommand({ executionArn: executionArn(jobId, 1) }));
    },
  };
}
