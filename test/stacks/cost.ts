// What a job costs, counted on the wire: what AWS bills. Without what comes around it: the schedule, and who polls.
import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { LOCAL } from '@gatehouse/local/settings';
import { transitions } from '../local/step-functions-bench.ts';
import type { Gate } from './gate.ts';

export interface Cost {
  transitions: number;
  calls: number;
  reads: number;
  writes: number;
}

const AROUND = ['events/recover', 'api/get-job'];

/** `seen`: since before its request. */
export async function costOf(jobId: string, seen: Gate['seen']): Promise<Cost> {
  const history = await endedHistory(jobId);
  const actions = seen.filter(({ handler }) => !AROUND.includes(handler)).map(({ action }) => action);
  const count = (pattern: RegExp) => actions.filter(action => pattern.test(action)).length;
  return {
    transitions: transitions(history),
    // And the one that took the request.
    calls: history.filter(({ type }) => type === 'LambdaFunctionScheduled').length + 1,
    reads: count(/^dynamodb:(GetItem|Query)$/),
    writes: count(/^dynamodb:(PutItem|DeleteItem)$/),
  };
}

/** A job has ended a moment before its execution. */
async function endedHistory(jobId: string): Promise<HistoryEvent[]> {
  const { region, account, machine } = LOCAL;
  const executionArn = `arn:aws:states:${region}:${account}:execution:${machine}:${jobId}-1`;
  for (;;) {
    const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
    const { events = [] } = await new SFNClient({}).send(command);
    if (/^Execution(Succeeded|Failed)$/.test(events.at(-1)?.type ?? '')) return events;
  }
}
