// `gatehouse dns`: a DNS record that points a host name at an entry point, to copy. In the format of Route 53, a change batch; or a
// line of a zone file, which Alibaba Cloud DNS and most other services import. Nothing is sent to a DNS service.
import { type Address, addressesIn } from './addresses.ts';
import { BadInput } from './exit.ts';
import type { Watching } from './follow.ts';

export const FORMATS = ['route53', 'zone'] as const;

export interface DnsOptions {
  format?: (typeof FORMATS)[number];
  target?: string;
}

/** Ours: short enough that a change of the record is soon in effect. */
const TTL_SECONDS = 300;

export async function dns(
  { client, terminal, print }: Watching,
  name: string,
  host: string,
  options: DnsOptions,
): Promise<void> {
  const entryPoint = await client.entryPoint(name, { signal: terminal.stopped });
  const address = addressOf(name, addressesIn(entryPoint), options.target);
  const { format = address.hostedZoneId === undefined ? 'zone' : 'route53' } = options;
  if (format === 'route53') {
    print.answer(changeBatch(host, address), batch => [JSON.stringify(batch, undefined, 2)]);
    return;
  }
  const record = {
    name: absolute(host),
    ttl: TTL_SECONDS,
    type: 'CNAME',
    value: absolute(targetOf(address)),
  };
  print.answer(record, ({ ttl, type, value, ...of }) => [`${of.name} ${ttl} IN ${type} ${value}`]);
}

function addressOf(name: string, addresses: readonly Address[], target: string | undefined): Address {
  const [first, ...others] = addresses;
  if (!first)
    throw new BadInput(`${name} has no address: its resources have no DNS name, or none has been given yet`);
  const names = addresses.map(({ dnsName }) => dnsName).join(', ');
  if (target === undefined && others.length === 0) return first;
  if (target === undefined)
    throw new BadInput(`${name} has several addresses: ${names}; select one with --target`);
  const found = addresses.find(({ dnsName }) => dnsName === target);
  if (!found) throw new BadInput(`${target} is no address of ${name}; its addresses are ${names}`);
  return found;
}

/** The dual-stack name resolves to the IPv4 addresses, too. */
const targetOf = ({ dnsName, dualStackDnsName = dnsName }: Address) => dualStackDnsName;

/** For `aws route53 change-resource-record-sets`. An alias has no TTL, costs nothing and can be at the apex of a zone. */
function changeBatch(host: string, address: Address) {
  const { hostedZoneId, dualStackDnsName } = address;
  const target = targetOf(address);
  const records =
    hostedZoneId === undefined
      ? [{ Type: 'CNAME', TTL: TTL_SECONDS, ResourceRecords: [{ Value: target }] }]
      : (dualStackDnsName === undefined ? ['A'] : ['A', 'AAAA']).map(Type => ({
          Type,
          AliasTarget: { HostedZoneId: hostedZoneId, DNSName: target, EvaluateTargetHealth: false },
        }));
  return {
    Changes: records.map(record => ({ Action: 'UPSERT', ResourceRecordSet: { Name: host, ...record } })),
  };
}

const absolute = (host: string) => (host.endsWith('.') ? host : `${host}.`);
