// The name that was probably meant by one that is not known, for messages.
import { distance } from 'fastest-levenshtein';

/** The longest name that is worth comparing: our own are shorter than half of it. */
const MAX_NAME_LENGTH = 64;

/** Undefined where none is near. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  if (name.length > MAX_NAME_LENGTH) return undefined;
  const ranked = known.map(each => ({ each, far: distance(folded(each), folded(name)) }));
  const first = ranked.toSorted((a, b) => a.far - b.far)[0];
  return first && first.far <= Math.max(1, Math.floor(first.each.length / 3)) ? first.each : undefined;
}

/** `FromPort`, `from_port` and `from-port` all mean `fromPort`. */
function folded(name: string): string {
  return name.replaceAll(/[-_ ]/g, '').toLowerCase();
}
