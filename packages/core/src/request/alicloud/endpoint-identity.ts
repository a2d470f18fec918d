// In its own file because the planner and the steps do not load the schema library.

/** The identity of an endpoint, unique in its group. It includes an interface's address and an address's VPC. */
export function endpointIdentity(endpoint: object): string {
  const parts = ['type', 'endpoint', 'subAddress', 'vpcId'].map(name => Reflect.get(endpoint, name));
  return parts.filter(part => typeof part === 'string' && part !== '').join(' ');
}
