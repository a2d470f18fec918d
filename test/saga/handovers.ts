// Troubles of a job that needs several executions: a Lambda dies at each of its database writes, and every kind of fault befalls
// each of its mutating calls.
import { crashesOf } from './crashes-of.ts';
import { BACKWARD, casesOf, FORWARD } from './fault-kinds.ts';
import { type Case, exampleOf } from './sweep.ts';

/** So few that each execution walks one step. */
const HISTORY_EVENTS = 400;

const examples = await Promise.all(
  ['voice-udp', 'game-udp'].map(name => exampleOf(name, { historyEvents: HISTORY_EVENTS })),
);

export const DEATHS: Case[] = examples.flatMap(example =>
  (['forward', 'backward'] as const).flatMap(direction =>
    (['before', 'after'] as const).flatMap(when => crashesOf(example, direction, when)),
  ),
);

export const FAULTS: Case[] = examples.flatMap(example => [
  ...FORWARD.flatMap(kind => casesOf(example, kind, 'forward')),
  ...BACKWARD.flatMap(kind => casesOf(example, kind, 'backward')),
]);
