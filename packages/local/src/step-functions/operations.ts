// The operations of the Step Functions API over machines and executions: each takes the request's body and returns the
// response's (dates in epoch seconds), or throws the WireError that AWS names.
import { randomUUID } from 'node:crypto';
import { WireError } from '../http/aws-json.ts';
import type { ExecutionRecord, ExecutionStatus, ExecutionSummary } from './execution.ts';
import { type Executions, executionArnOf } from './executions.ts';
import type { Machine } from './machine.ts';
import {
  type Body,
  executionArn,
  executionInput,
  executionName,
  flag,
  invalid,
  optionalString,
  stateMachineArn,
} from './members.ts';
import { page } from './paging.ts';

export interface Catalogue {
  machines: Machine[];
  executions: Executions;
}

const operations = {
  StartExecution: startExecution,
  StopExecution: stopExecution,
  DescribeExecution: describeExecution,
  ListExecutions: listExecutions,
  GetExecutionHistory: getExecutionHistory,
  DescribeStateMachine: describeStateMachine,
  ListStateMachines: listStateMachines,
};

export function operationsOf(catalogue: Catalogue): Map<string, (body: Body) => object> {
  return new Map(
    Object.entries(operations).map(([name, operation]) => [name, body => operation(catalogue, body)]),
  );
}

/**
 * A name starts once. The same input again, while the execution runs, returns the first start; inputs are compared byte
 * by byte, the strictest reading of "same input".
 */
function startExecution({ machines, executions }: Catalogue, body: Body): object {
  const arn = stateMachineArn(body);
  const name = executionName(body) ?? randomUUID();
  const input = executionInput(body);
  const machine = machineOf(machines, arn);
  const holder = executions.holderOf(executionArnOf(arn, name));
  if (holder && (holder.status !== 'RUNNING' || holder.input !== input))
    throw new WireError('ExecutionAlreadyExists', `Execution Already Exists: '${holder.executionArn}'`);
  const record = holder ?? executions.start(machine, name, input);
  return { executionArn: record.executionArn, startDate: record.startDate / 1000 };
}

/** Does not change a closed execution, and returns the date of its close. */
function stopExecution({ executions }: Catalogue, body: Body): object {
  const arn = executionArn(body);
  const error = optionalString(body, 'error', 256);
  const cause = optionalString(body, 'cause', 32_768);
  recordOf(executions, arn);
  executions.close(arn, {
    status: 'ABORTED',
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause }),
  });
  return stopDateOf(recordOf(executions, arn));
}

function describeExecution({ executions }: Catalogue, body: Body): object {
  const record = recordOf(executions, executionArn(body));
  const { input, output, error, cause } = record;
  const included = { included: true };
  return {
    ...listed(record),
    input,
    inputDetails: included,
    ...(output === undefined ? {} : { output, outputDetails: included }),
    error,
    cause,
    ...redriveOf(record),
  };
}

function listExecutions({ machines, executions }: Catalogue, body: Body): object {
  const { arn } = machineOf(machines, stateMachineArn(body));
  const filter = optionalString(body, 'statusFilter');
  if (filter !== undefined && !statuses.has(filter))
    throw invalid(`statusFilter: unknown status '${filter}'`);
  const matching = executions.list(arn).filter(summary => filter === undefined || summary.status === filter);
  const { items, ...token } = page(body, {
    sorted: matching,
    numberOf: summary => summary.sequence,
    order: 'descending',
  });
  return { executions: items.map(item => ({ ...listed(item), redriveCount: 0 })), ...token };
}

function getExecutionHistory({ executions }: Catalogue, body: Body): object {
  const events = executions.historyOf(recordOf(executions, executionArn(body)));
  const reverse = flag(body, 'reverseOrder', false);
  const { items, ...token } = page(body, {
    sorted: reverse ? events.toReversed() : events,
    numberOf: event => event.id,
    order: reverse ? 'descending' : 'ascending',
  });
  return { events: items, ...token };
}

function describeStateMachine({ machines }: Catalogue, body: Body): object {
  const { definition, roleArn, ...machine } = machineOf(machines, stateMachineArn(body));
  return {
    ...listedMachine(machine),
    ...{ status: 'ACTIVE', definition, roleArn },
    loggingConfiguration: { level: 'OFF', includeExecutionData: false },
    tracingConfiguration: { enabled: false },
  };
}

function listStateMachines({ machines }: Catalogue, body: Body): object {
  const { items, ...token } = page(body, {
    sorted: machines,
    numberOf: machine => machines.indexOf(machine),
    order: 'ascending',
  });
  return { stateMachines: items.map(listedMachine), ...token };
}

function machineOf(machines: Machine[], arn: string): Machine {
  const machine = machines.find(candidate => candidate.arn === arn);
  if (machine) return machine;
  throw new WireError('StateMachineDoesNotExist', `State Machine Does Not Exist: '${arn}'`);
}

function recordOf(executions: Executions, arn: string): ExecutionRecord {
  const record = executions.find(arn);
  if (record) return record;
  throw new WireError('ExecutionDoesNotExist', `Execution Does Not Exist: '${arn}'`);
}

const statuses = new Set<string>([
  'RUNNING',
  'SUCCEEDED',
  'FAILED',
  'TIMED_OUT',
  'ABORTED',
  // A status of AWS that no execution here ever has.
  'PENDING_REDRIVE',
] satisfies (ExecutionStatus | 'PENDING_REDRIVE')[]);

function listed(summary: ExecutionSummary): object {
  const { executionArn, stateMachineArn, name, status, startDate } = summary;
  return { executionArn, stateMachineArn, name, status, startDate: startDate / 1000, ...stopDateOf(summary) };
}

/** Whether RedriveExecution would take it, which this host does not have. */
function redriveOf({ status }: ExecutionSummary): object {
  if (status === 'FAILED' || status === 'TIMED_OUT' || status === 'ABORTED')
    return { redriveCount: 0, redriveStatus: 'REDRIVABLE' };
  const redriveStatusReason = `Execution is ${status} and cannot be redriven`;
  return { redriveCount: 0, redriveStatus: 'NOT_REDRIVABLE', redriveStatusReason };
}

function stopDateOf({ stopDate }: ExecutionSummary): object {
  return stopDate === undefined ? {} : { stopDate: stopDate / 1000 };
}

function listedMachine({ arn, name, createdAt }: Pick<Machine, 'arn' | 'name' | 'createdAt'>): object {
  return { stateMachineArn: arn, name, type: 'STANDARD', creationDate: createdAt / 1000 };
}
