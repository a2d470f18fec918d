// What a seed draws with.
import { oneOf, randomOf } from '../saga/sweep.ts';

export { oneOf, randomOf };

export type Random = () => number;

/** From 0 to one less than `below`. */
export function whole(random: Random, below: number): number {
  return Math.floor(random() * below);
}

export function chance(random: Random, of: number): boolean {
  return random() < of;
}

/** Each with the same chance, in their order. */
export function some<T>(random: Random, list: readonly T[], of = 0.6): T[] {
  return list.filter(() => chance(random, of));
}
