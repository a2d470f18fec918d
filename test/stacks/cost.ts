// The cost of a job, counted on the wire as AWS bills it. The schedule, callers that poll, and the polls of its steps are
// left out: the number of polls depends on the clouds and on the speed of this machine.
import { GetExecutionHistoryCommand, type HistoryEvent, SFNClient } from '@aws-sdk/client-sfn';
import { kindTasks } from '@gatehouse/core/machine/task';
import { LOCAL } from '@gatehouse/local/settings';
import { transitions } from '../local/step-functions-bench.ts';
import { type Gate, type Passed, TABLE_READ } from './gate.ts';

export interface Cost {
  transitions: number;
  calls: number;
  reads: number;
  readUnits: number;
  writes: number;
}

/** Its Wait, its Task, the choice. A poll also takes one call, one read and at most one write. */
const TRANSITIONS_OF_A_POLL = 3;

const AROUND = ['events/recover', 'api/get-job'];

/** `seen`: since before its request. */
export async function costOf(jobId: string, seen: Gate['seen']): Promise<Cost> {
  const history = await endedHistory(jobId);
  const ofJob = seen.filter(({ handler }) => !AROUND.includes(handler));
  const count = (pattern: RegExp) => ofJob.filter(({ action }) => pattern.test(action)).length;
  const waits = history.flatMap(({ stateEnteredEventDetails: entered, type }) =>
    type === 'WaitStateEntered' && entered?.name ? [entered.name] : [],
  );
  const polls = waits.length;
  return {
    transitions: transitions(history) - TRANSITIONS_OF_A_POLL * polls,
    // And the one that accepted the request.
    calls: history.filter(({ type }) => type === 'LambdaFunctionScheduled').length + 1 - polls,
    reads: count(TABLE_READ) - polls,
    readUnits: Math.round(unitsOf(ofJob) - unitsOfPolls(ofJob, waits)),
    writes: count(/^dynamodb:(PutItem|DeleteItem)$/) - polls,
  };
}

function unitsOf(calls: readonly Passed[]): number {
  return calls.reduce((sum, { readUnits = 0 }) => sum + readUnits, 0);
}

/** Each call of a step begins with one batch read of the same items, whether it is a poll or not. */
function unitsOfPolls(calls: readonly Passed[], waits: readonly string[]): number {
  const ofKinds = kindTasks().map(({ call, state }) => {
    const polls = waits.filter(name => name.endsWith(`: ${state}`)).length;
    const batches = calls.filter(
      ({ handler, action }) => handler === `steps/${call}` && action === 'dynamodb:BatchGetItem',
    );
    return polls === 0 ? 0 : (polls * unitsOf(batches)) / batches.length;
  });
  return ofKinds.reduce((sum, units) => sum + units, 0);
}

/** Of the first execution of a job, once it has ended. A job ends a moment earlier, and its last calls would count for the next. */
export async function endedHistory(jobId: string): Promise<HistoryEvent[]> {
  const { region, account, machine } = LOCAL;
  const executionArn = `arn:aws:states:${region}:${account}:execution:${machine}:${jobId}-1`;
  for (;;) {
    const command = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
    const { events = [] } = await new SFNClient({}).send(command);
    if (/^Execution(Succeeded|Failed)$/.test(events.at(-1)?.type ?? '')) return events;
  }
}
