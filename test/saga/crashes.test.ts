// The sweep over the database writes of every example: a Lambda dies right before and right after each of them.
import assert from 'node:assert/strict';
import { baselineOf, type Case, EXAMPLES, type Example, endsOfRepeated, runCase, sweep } from './sweep.ts';

const examples = await Promise.all(EXAMPLES.map(baselineOf));

for (const direction of ['forward', 'backward'] as const) {
  for (const when of ['before', 'after'] as const) {
    const cases = examples.flatMap(example => crashes(example, direction, when));
    sweep(`${direction}: a Lambda that dies right ${when} any one write is made up for`, cases, runCase);
  }
}

function crashes(example: Example, direction: 'forward' | 'backward', when: 'before' | 'after'): Case[] {
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
      misfortune: { dieAtWrite },
      ...(direction === 'forward'
        ? { ends: 'SUCCEEDED' }
        : { faults: turnBack, ends: endsOfRepeated(example) }),
      also: () => assert.ok(died, 'the write was reached'),
    };
  });
}
