// The rule on "Step Functions Execution Status Change": an execution has ended without success, perhaps without ending
// its job. The event is only a hint; the decision rests on the present state in Step Functions and in the table.

import type { Ports } from '@gatehouse/core/ports/ports';
import { jobOfExecution } from '@gatehouse/core/queue/execution';
import { recover } from '@gatehouse/core/saga/recover';
import type { EventBridgeEvent } from 'aws-lambda';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

type StatusChange = EventBridgeEvent<'Step Functions Execution Status Change', { name: string }>;

export async function executionEnded(world: Ports, { detail }: Pick<StatusChange, 'detail'>): Promise<void> {
  const jobId = jobOfExecution(detail.name);
  if (jobId) await recover(world, jobId);
  else world.log.warn('an execution that no job started has ended', { execution: detail.name });
}

export const handler = lambda(ports, executionEnded);
