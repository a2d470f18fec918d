// The addresses of an entry point, from its outputs, as lines for people. Several resources can share one: the ports of a load
// balancer do.
import type { EntryPoint, Job } from '@gatehouse/client';
import type { Printer } from './terminal.ts';

type Outputs = NonNullable<Job['outputs']>[number];
export type Address = Outputs & { dnsName: string };

/** Each DNS name once. */
export function addressesIn({ outputs = [] }: Pick<Job | EntryPoint, 'outputs'>): Address[] {
  const named = outputs.flatMap(({ dnsName, ...each }) => (dnsName ? [{ ...each, dnsName }] : []));
  return [...new Map(named.map(each => [each.dnsName, each])).values()];
}

/** `name`: of the entry point, for the command that prints a DNS record. */
export function addressLines(
  of: Pick<Job | EntryPoint, 'outputs'>,
  name: string,
  { command }: Pick<Printer, 'command'>,
): string[] {
  const addresses = addressesIn(of);
  if (addresses.length === 0) return [];
  return [
    ...addresses.flatMap(({ dnsName, dualStackDnsName, staticAddresses = [] }) => [
      `Address: ${dnsName}${staticAddresses.length > 0 ? ` (${staticAddresses.join(', ')})` : ''}`,
      ...(dualStackDnsName ? [`Address with IPv6: ${dualStackDnsName}`] : []),
    ]),
    `DNS record: ${command(`dns ${name} HOST`)}`,
  ];
}
