// Values that must be unique. One Repeats is one scope of uniqueness: a list, or a whole request.
import { pointerTo, type ValidationIssue } from './validation-issues.ts';

/** Keeps the first location of each value. `find` reports a later one, with the location of the first. */
export class Repeats {
  readonly #first = new Map<string | number, string>();

  find(value: string | number | undefined, path: readonly PropertyKey[], rule: string): ValidationIssue[] {
    if (value === undefined) return [];
    const first = this.#first.get(value);
    if (first !== undefined) {
      return [{ pointer: pointerTo(path), detail: `\`${value}\` is given already at ${first}; ${rule}` }];
    }
    this.#first.set(value, pointerTo(path));
    return [];
  }
}

/** Values that must be unique in each place, such as a name in a region. */
export class RepeatsPerPlace {
  readonly #places = new Map<string, Repeats>();

  at(place: string): Repeats {
    const repeats = this.#places.get(place) ?? new Repeats();
    this.#places.set(place, repeats);
    return repeats;
  }
}
