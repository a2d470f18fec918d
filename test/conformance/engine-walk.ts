// The history of one execution in a form that is comparable between engines: the states with their inputs, the calls of
// functions with their inputs and errors, and the end. Lanes run concurrently, so a walk is grouped by item: lane, wave or step.
// The order of the waves of a lane is asserted here.
//
// Values that depend on the speed of an engine are left out: instants, the number of polls, and the number of retries of calls
// to a busy cloud.
import assert from 'node:assert/strict';
import { GetExecutionHistoryCommand, type HistoryEvent, type SFNClient } from '@aws-sdk/client-sfn';

interface Visit {
  state: string;
  input: unknown;
  calls: { input: unknown; error?: string }[];
}

type Walk = Record<string, Visit[]>;

export interface ExecutionWalk {
  ended: string;
  path: (Visit | Walk)[];
}

export async function walkOf(client: SFNClient, executionArn: string): Promise<ExecutionWalk> {
  const events = await historyOf(client, executionArn);
  return { ended: events.at(-1)?.type ?? 'nowhere', path: pathOf(visitsOf(events)) };
}

async function historyOf(client: SFNClient, executionArn: string): Promise<HistoryEvent[]> {
  const events: HistoryEvent[] = [];
  for (let nextToken: string | undefined; ; ) {
    const page = await client.send(
      new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, ...(nextToken ? { nextToken } : {}) }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
    if (nextToken === undefined) return events;
  }
}

/** In the order in which the states were entered. */
function visitsOf(events: HistoryEvent[]): Visit[] {
  /** The visit that each event belongs to, by the event's id. */
  const visits = new Map<number, Visit>();
  const entered: Visit[] = [];
  for (const event of events) {
    const { id = 0, previousEventId = 0, stateEnteredEventDetails: state } = event;
    const visit = state
      ? { state: state.name ?? '', input: comparable(parsed(state.input)), calls: [] }
      : visits.get(previousEventId);
    if (!visit) continue;
    visits.set(id, visit);
    if (state) entered.push(visit);
    const { lambdaFunctionScheduledEventDetails: call } = event;
    if (call) visit.calls.push({ input: comparable(parsed(call.input)) });
    const failed = event.lambdaFunctionFailedEventDetails ?? event.lambdaFunctionTimedOutEventDetails;
    const last = visit.calls.at(-1);
    if (failed && last) last.error = failed.error ?? '';
  }
  return entered.map(visit => ({ ...visit, calls: visit.calls.filter(({ error }) => error !== BUSY) }));
}

/** The error of a function whose cloud is busy, mostly with a call of another lane. */
const BUSY = 'RetryableError';

function parsed(text = 'null'): unknown {
  return JSON.parse(text);
}

const REQUEST_ID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z/g;

/** Replaces instants and ids of requests, and reduces the cause of an error to its message, without the stack trace. */
function comparable(input: unknown): unknown {
  return JSON.parse(
    JSON.stringify(input).replaceAll(INSTANT, 'instant').replaceAll(REQUEST_ID, 'id'),
    (key, value) => (key === 'Cause' && typeof value === 'string' ? messageOf(value) : value),
  );
}

function messageOf(cause: string): string {
  return cause.startsWith('{') ? String(Object(JSON.parse(cause)).errorMessage) : cause;
}

/** States within a walk have an `item`. */
function pathOf(visits: Visit[]): ExecutionWalk['path'] {
  const path: ExecutionWalk['path'] = [];
  let walked: Visit[] = [];
  let lanes: unknown;
  const close = () => {
    if (walked.length === 0) return;
    assertWavesInOrder(lanes, walked);
    const items = Map.groupBy(walked, ({ input }) => JSON.stringify(Object(input).item));
    const sorted = [...items].toSorted(([one], [other]) => (one < other ? -1 : 1));
    path.push(Object.fromEntries(sorted.map(([item, visited]) => [item, withoutPolls(visited)])));
    walked = [];
  };
  for (const visit of visits) {
    if ('item' in Object(visit.input)) walked.push(visit);
    else {
      close();
      lanes = Object(visit.input).walk;
      path.push(visit);
    }
  }
  close();
  return path;
}

function assertWavesInOrder(lanes: unknown, walked: Visit[]): void {
  for (const lane of lanes as object[][][]) {
    let before = -1;
    for (const wave of lane) {
      const items = wave.map(item => JSON.stringify(item));
      const places = walked.flatMap(({ input }, at) =>
        items.includes(JSON.stringify(Object(input).item)) ? [at] : [],
      );
      if (places.length === 0) continue;
      assert.ok(Math.min(...places) > before, `${items} begins after the wave before it`);
      before = Math.max(...places);
    }
  }
}

/**
 * A poll is a Task, the choice after it, and a Wait that leads back to the Task. Only the last one is kept, with the failed calls
 * of all polls.
 */
function withoutPolls(visits: Visit[]): Visit[] {
  const kept: Visit[] = [];
  let failed: Visit['calls'] = [];
  for (const { state, input, calls } of visits) {
    if (state.startsWith('Wait: ')) {
      const [task, choice] = kept.splice(-2);
      assert.deepEqual([task?.state, choice?.state], [state.replace('Wait: ', ''), 'Settled?']);
      failed = task?.calls.filter(({ error }) => error) ?? [];
    } else if (failed.length > 0 || calls.length > 0) {
      const { answer: _, ...first } = Object(input);
      kept.push({ state, input: first, calls: [...failed, ...calls] });
      failed = [];
    } else kept.push({ state, input, calls });
  }
  return kept;
}
