// Random draws from a seed.
import { type Random, whole } from '../saga/random-trouble.ts';
import { oneOf, randomOf } from '../saga/sweep.ts';

export { oneOf, type Random, randomOf, whole };

export function chance(random: Random, of: number): boolean {
  return random() < of;
}

/** Each with the same chance, in their order. */
export function some<T>(random: Random, list: readonly T[], of = 0.6): T[] {
  return list.filter(() => chance(random, of));
}
