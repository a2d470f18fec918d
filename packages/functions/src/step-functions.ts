// Executions of the state machine behind core's Executions port. A start is idempotent by name while the execution
// runs. After the end of the execution its name is taken, whatever the input, and a start with that name is an error.
import {
  DescribeExecutionCommand,
  ExecutionAlreadyExists,
  ExecutionDoesNotExist,
  paginateListExecutions,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { awsCall } from '@gatehouse/clouds/aws-call';
import type { ExecutionState, Executions } from '@gatehouse/core/ports/ports';

const ERRORS = {
  ExecutionLimitExceeded: 'Throttled',
  StateMachineDoesNotExist: 'NotFound',
  StateMachineDeleting: 'NotFound',
  InvalidArn: 'InvalidRequest',
  InvalidName: 'InvalidRequest',
  InvalidExecutionInput: 'InvalidRequest',
} as const;

/** The largest page. */
const PAGE = 1000;
/** The tightest quota of a region for ListExecutions is a bucket of 100 calls, refilled with 2 a second. */
const MAX_PAGES = 50;

export function stepFunctionsExecutions(client: SFNClient, stateMachineArn: string): Executions {
  const arnOf = (name: string) => `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;

  function call<T>(operation: string, send: () => Promise<T>): Promise<T> {
    return awsCall({ service: 'states', operation, errors: ERRORS }, send);
  }

  async function describe(name: string) {
    const command = new DescribeExecutionCommand({ executionArn: arnOf(name) });
    const found = await call('DescribeExecution', () =>
      unless(ExecutionDoesNotExist, () => client.send(command)),
    );
    if (!found) return { state: 'absent' as const };
    return {
      state: stateOf(found.status),
      ...(found.startDate ? { startedAt: found.startDate } : {}),
      ...(found.stopDate ? { endedAt: found.stopDate } : {}),
    };
  }

  return {
    describe,

    async running() {
      const names = new Set<string>();
      const input = { stateMachineArn, statusFilter: 'RUNNING' } as const;
      return call('ListExecutions', async () => {
        let pages = 0;
        for await (const { executions = [] } of paginateListExecutions({ client, pageSize: PAGE }, input)) {
          for (const { name } of executions) if (name !== undefined) names.add(name);
          if (++pages === MAX_PAGES) break;
        }
        return names;
      });
    },

    async start(name, input) {
      const command = new StartExecutionCommand({ stateMachineArn, name, input });
      const started = await call('StartExecution', () =>
        unless(ExecutionAlreadyExists, () => client.send(command)),
      );
      if (started) return 'running';
      return (await describe(name)).state === 'running' ? 'running' : 'ended';
    },
  };
}

/** A pending redrive counts as running: the execution will continue. */
function stateOf(status: string | undefined): ExecutionState {
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return 'running';
  return status === 'ABORTED' ? 'aborted' : 'ended';
}

async function unless<T>(
  expected: new (...args: never[]) => Error,
  send: () => Promise<T>,
): Promise<T | undefined> {
  try {
    return await send();
  } catch (thrown) {
    if (thrown instanceof expected) return undefined;
    throw thrown;
  }
}
