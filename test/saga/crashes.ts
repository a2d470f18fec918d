// The deaths of a Lambda at the database writes of every example: right before or right after each of them.
import assert from 'node:assert/strict';
import { baselineOf, type Case, EXAMPLES, type Example, endsOfRepeated } from './sweep.ts';

const examples = await Promise.all(EXAMPLES.map(baselineOf));

export function crashes(direction: 'forward' | 'backward', when: 'before' | 'after'): Case[] {
  return examples.flatMap(example => crashesOf(example, direction, when));
}

function crashesOf(example: Example, direction: 'forward' | 'backward', when: 'before' | 'after'): Case[] {
  const { name, value, turnBack, writes } = example;
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
      lambdaFaults: { dieAtWrite },
      ...(direction === 'forward'
        ? { ends: 'SUCCEEDED' }
        : { faults: turnBack, ends: endsOfRepeated(example) }),
      also: () => assert.ok(died, 'the write was reached'),
    };
  });
}
