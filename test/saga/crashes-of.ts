// The deaths of a Lambda at the database writes of one example.
import assert from 'node:assert/strict';
import { type Case, type Example, endsOfRepeated } from './sweep.ts';

export function crashesOf(
  example: Example,
  direction: 'forward' | 'backward',
  when: 'before' | 'after',
): Case[] {
  const { name, value, historyEvents, turnBack, writes } = example;
  return Array.from({ length: writes[direction] }, (_, at) => {
    let died = false;
    const dieAtWrite = (n: number) => {
      if (n !== at + 1) return undefined;
      died = true;
      return when;
    };
    return {
      name: `${name}, write ${at + 1}`,
      seed: name,
      value,
      ...(historyEvents ? { historyEvents } : {}),
      lambdaFaults: { dieAtWrite },
      ...(direction === 'forward'
        ? { ends: 'SUCCEEDED' }
        : { faults: turnBack, ends: endsOfRepeated(example) }),
      also: () => assert.ok(died, 'the write was reached'),
    };
  });
}
