// Every rule and schedule that calls a function, every function that is called so, and the queue for what failed, as
// data: a deployment makes them from this table, and so does the local stack.
import { ENTRY_POINT_REQUESTED, REQUEST_REJECTED } from '@gatehouse/core/record/event-names';

/** Step Functions tells its changes of status on the account's default bus, which takes schedules too. */
export type BusName = 'default' | 'gatehouse';

/** Of every event that Gatehouse tells. */
export const EVENT_SOURCE = 'io.gatehouse';

/** By file name in this folder. */
export type EventFunction = keyof typeof EVENT_FUNCTIONS;

/** `retries`: of Lambda's asynchronous invocation, 0 to 2, a minute and then two later. What fails after them goes to DEAD_LETTERS. */
export const EVENT_FUNCTIONS = {
  // The next tick is its retry.
  recover: { timeoutSeconds: 60, retries: 0 },
  'execution-ended': { timeoutSeconds: 30, retries: 2 },
  request: { timeoutSeconds: 30, retries: 2 },
} as const satisfies Record<string, { timeoutSeconds: number; retries: number }>;

/** The queue of what could not be served, with what is needed to send it again. Kept for 14 days, SQS's most. */
export const DEAD_LETTERS = 'gatehouse-dead-letters';

/** What is known only once it is deployed. */
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
    description: 'Looks at every open job, and sets going what stands still',
    bus: 'default',
    schedule: 'rate(1 minute)',
    targets: ['recover'],
  },
  {
    name: 'gatehouse-execution-ended',
    description:
      'Step Functions runs no Catch when an execution is stopped or times out: its job goes on from here',
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
    description: 'Somebody asks for an entry point; whose events are taken, the function knows',
    bus: 'gatehouse',
    pattern: () => ({ 'detail-type': [ENTRY_POINT_REQUESTED] }),
    targets: ['request'],
  },
  {
    name: 'gatehouse-request-rejected',
    description:
      'A request that is not served is kept, with the problem and all that it takes to send it again',
    bus: 'gatehouse',
    pattern: () => ({ source: [EVENT_SOURCE], 'detail-type': [REQUEST_REJECTED] }),
    targets: [DEAD_LETTERS],
  },
];
