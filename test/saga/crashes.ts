// The deaths of a Lambda at the database writes of every example: right before or right after each of them.
import { crashesOf } from './crashes-of.ts';
import { baselineOf, type Case, EXAMPLES } from './sweep.ts';

const examples = await Promise.all(EXAMPLES.map(baselineOf));

export function crashes(direction: 'forward' | 'backward', when: 'before' | 'after'): Case[] {
  return examples.flatMap(example => crashesOf(example, direction, when));
}
