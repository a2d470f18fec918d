// Values that may be given only once, in a list or in a whole request. One Repeats per scope.
import { pointerTo, type ValidationIssue } from './validation-issues.ts';

/** Remembers the first place of each value. `find` reports a repeated value at its later place, with a reference to the first. */
export class Repeats {
  readonly #first = new Map<string | number, string>();

  find(value: string | number | undefined, path: readonly PropertyKey[], rule: string): ValidationIssue[] {
    if (value === undefined) return [];
    const first = this.#first.get(value);
    if (first !== undefined) {
      return [{ pointer: pointerTo(path), detail: `\`${value}\` is already given at ${first}; ${rule}` }];
    }
    this.#first.set(value, pointerTo(path));
    return [];
  }
}

/** Values that may be given only once per place, such as a name in a region. */
export class RepeatsPerPlace {
  readonly #places = new Map<string, Repeats>();

  at(place: string): Repeats {
    const repeats = this.#places.get(place) ?? new Repeats();
    this.#places.set(place, repeats);
    return repeats;
  }
}
