// Sorts validation issues by the place of their members in the request, so that a person can fix them from top to bottom.
import type { ValidationIssue } from './validation-issues.ts';

/** Issues of the whole request come last. A missing member has the place of the object that lacks it. */
export function inOrder(issues: readonly ValidationIssue[], request: unknown): ValidationIssue[] {
  const positions: Positions = new Map();
  const placed = issues.map(issue => ({ issue, place: placeOf(issue.pointer, request, positions) }));
  return placed.sort((a, b) => comparePlaces(a.place, b.place)).map(({ issue }) => issue);
}

/** Of the members of each object. A request can have tens of thousands of members, and an error at each. */
type Positions = Map<object, Map<string, number>>;

/** The position of each member of the path in its object or list. */
function placeOf(pointer: string, request: unknown, positions: Positions): number[] {
  if (pointer === '') return [Number.POSITIVE_INFINITY];
  const place: number[] = [];
  let at: unknown = request;
  for (const step of pointer.split('/').slice(1)) {
    if (typeof at !== 'object' || at === null) break;
    const name = step.replaceAll('~1', '/').replaceAll('~0', '~');
    place.push(Array.isArray(at) ? Number(name) : (positionsIn(at, positions).get(name) ?? -1));
    at = Object.getOwnPropertyDescriptor(at, name)?.value;
  }
  return place;
}

function positionsIn(object: object, positions: Positions): Map<string, number> {
  const known = positions.get(object) ?? new Map(Object.keys(object).map((name, index) => [name, index]));
  positions.set(object, known);
  return known;
}

function comparePlaces(a: number[], b: number[]): number {
  for (const [index, position] of a.entries()) {
    const other = b[index];
    if (other === undefined) return 1;
    if (position !== other) return position - other;
  }
  return a.length - b.length;
}
