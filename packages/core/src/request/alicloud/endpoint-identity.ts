// In a file without a schema, because the planner and the steps carry no schema library.

/** What an endpoint is, in a group that has it once: an interface for each of its addresses, an address in each VPC. */
export function endpointIdentity(endpoint: object): string {
  const parts = ['type', 'endpoint', 'subAddress', 'vpcId'].map(name => Reflect.get(endpoint, name));
  return parts.filter(part => typeof part === 'string' && part !== '').join(' ');
}
