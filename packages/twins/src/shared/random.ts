// Randomness without state: each draw is a hash of the seed and the draw's number, so that a twin draws the same ids
// and settling times after a restart, or in another run with the same seed.
import { createHash } from 'node:crypto';

/** In [0, 1). */
export function fraction(seed: string, draw: number): number {
  return Number.parseInt(digest(seed, `${draw}`).slice(0, 12), 16) / 2 ** 48;
}

/** At most 64 characters. */
export function hex(seed: string, draw: number, length: number): string {
  return digest(seed, `${draw}`).slice(0, length);
}

export function requestId(seed: string, call: number): string {
  return digest(seed, `call ${call}`).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}

function digest(seed: string, name: string): string {
  return createHash('sha256').update(`${seed}\n${name}`).digest('hex');
}
