// A snapshot of configured resources; equal resources give equal bytes, because members and lists are sorted. The
// clouds' lists are sets: of endpoints, ranges, overrides, resources.

export function pictureOf(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value
      .map((member: unknown) => pictureOf(member))
      .map(member => ({ member, text: JSON.stringify(member) }))
      .sort((a, b) => (a.text < b.text ? -1 : a.text > b.text ? 1 : 0))
      .map(({ member }) => member);
  }
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([name, member]) => [name, pictureOf(member)] as const);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}
