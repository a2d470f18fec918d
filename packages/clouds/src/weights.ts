// A group whose weights are all 0. Both clouds accept it.

/** A warning, unless an endpoint has a weight. A group without endpoints gets no traffic either, and shows it. */
export function withoutTraffic(group: string, endpoints: readonly { weight?: number }[]): string[] {
  if (endpoints.length === 0 || endpoints.some(({ weight }) => weight !== 0)) return [];
  return [`endpoint group ${group} gets no traffic: every weight in it is 0`];
}
