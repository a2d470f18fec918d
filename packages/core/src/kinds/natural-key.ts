// Parts of natural keys. They are stored as claims: another text for the same resource would let others claim it.
import { listOf, type Members } from '../json/plain-members.ts';

/**
 * The same for two spellings of a name that differ by case only. No documentation says whether the API distinguishes them: if it
 * does, one of them is refused although it is another object; otherwise, two entry points would own one object.
 */
export function foldedKeyOf(desired: Members, ...members: string[]): string {
  return keyOf(desired, ...members).toLowerCase();
}

/**
 * In lower case, and as it is spelled if that differs: versions before names were folded have claimed and queued for the latter,
 * and functions of such a version still do while a deployment updates them.
 */
export function spellingsOf(desired: Members, ...members: string[]): string[] {
  return [...new Set([foldedKeyOf(desired, ...members), keyOf(desired, ...members)])];
}

/** The values of these members, in this order. */
export function keyOf(desired: Members, ...members: string[]): string {
  return members.map(member => String(desired[member])).join('/');
}

/** A listener's port ranges, whatever their order. */
export function portsKey(ranges: unknown): string {
  return listOf(ranges)
    .map(({ fromPort, toPort }) => ({ from: Number(fromPort), to: Number(toPort) }))
    .toSorted((one, other) => one.from - other.from)
    .map(({ from, to }) => `${from}-${to}`)
    .join(',');
}
