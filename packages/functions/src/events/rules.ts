// Every rule and schedule that calls a function, the functions that they call, and the dead-letter queue, as data. A
// deployment and the local stack create them from this table.
import { ENTRY_POINT_REQUESTED, REQUEST_REJECTED } from '@gatehouse/core/record/event-names';

/** Step Functions publishes status changes on the default bus of the account, which also supports schedules. */
export type BusName = 'default' | 'gatehouse';

/** The source of every event that Gatehouse publishes. */
export const EVENT_SOURCE = 'io.gatehouse';

/** By file name in this folder. */
export type EventFunction = keyof typeof EVENT_FUNCTIONS;

/**
 * `retries`: of Lambda's asynchronous invocation, 0 to 2, after one minute and after two more. An event whose retries
 * are exhausted goes to DEAD_LETTERS.
 */
export const EVENT_FUNCTIONS = {
  // The next tick is its retry.
  recover: { timeoutSeconds: 60, retries: 0 },
  'execution-ended': { timeoutSeconds: 30, retries: 2 },
  request: { timeoutSeconds: 30, retries: 2 },
} as const satisfies Record<string, { timeoutSeconds: number; retries: number }>;

/**
 * The queue of requests that could not be served, each with everything needed to send it again. SQS keeps them for at
 * most 14 days.
 */
export const DEAD_LETTERS = 'gatehouse-dead-letters';

/** Known only after a deployment. */
export interface Deployed {
  stateMachineArn: string;
}

export type Rule = {
  name: string;
  description: string;
  bus: BusName;
  targets: (EventFunction | typeof DEAD_LETTERS)[];
} & ({ schedule: string } | { pattern(deployed: Deployed): object });

export const RULES: Rule[] = [
  {
    name: 'gatehouse-recover',
    description: 'Checks every open job and resumes those that have stopped',
    bus: 'default',
    schedule: 'rate(1 minute)',
    targets: ['recover'],
  },
  {
    name: 'gatehouse-execution-ended',
    description:
      'Step Functions runs no Catch when an execution is stopped or times out, so its job resumes from here',
    bus: 'default',
    pattern: ({ stateMachineArn }) => ({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: { stateMachineArn: [stateMachineArn], status: ['FAILED', 'TIMED_OUT', 'ABORTED'] },
    }),
    targets: ['execution-ended'],
  },
  {
    name: 'gatehouse-entry-point-requested',
    description: 'A request for an entry point; the function checks whether its source is allowed',
    bus: 'gatehouse',
    pattern: () => ({ 'detail-type': [ENTRY_POINT_REQUESTED] }),
    targets: ['request'],
  },
  {
    name: 'gatehouse-request-rejected',
    description:
      'Keeps a rejected request with its problem and with everything that is needed to send it again',
    bus: 'gatehouse',
    pattern: () => ({ source: [EVENT_SOURCE], 'detail-type': [REQUEST_REJECTED] }),
    targets: [DEAD_LETTERS],
  },
];
