// The cost of a job, counted on the wire as AWS bills it. The schedule, callers that poll, and the polls of its steps are
// left out: the number of polls depends on the clouds and on the speed of this machine.
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

/** Its Wait, its Task, the choice. A poll also takes one call, one read and at most one write. */
const TRANSITIONS_OF_A_POLL = 3;

const AROUND = ['events/recover', 'api/get-job'];

/** `seen`: since before its request. */
export async function costOf(jobId: string, seen: Gate['seen']): Promise<Cost> {
  const history = await endedHistory(jobId);
  const actions = seen.filter(({ handler }) => !AROUND.includes(handler)).map(({ action }) => action);
  const count = (pattern: RegExp) => actions.filter(action => pattern.test(action)).length;
  const polls = history.filter(({ type }) => type === 'WaitStateEntered').length;
  return {
    transitions: transitions(history) - TRANSITIONS_OF_A_POLL * polls,
    // And the one that accepted the request.
    calls: history.filter(({ type }) => type === 'LambdaFunctionScheduled').length + 1 - polls,
    reads: count(/^dynamodb:(GetItem|BatchGetItem|Query)$/) - polls,
    writes: count(/^dynamodb:(PutItem|DeleteItem)$/) - polls,
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
