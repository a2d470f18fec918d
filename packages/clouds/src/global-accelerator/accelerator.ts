// The accelerator is not ours: steps only wait for it. A change to it, its listeners or their groups sets it to IN_PROGRESS
// until the change is deployed at all edges, usually after 40 seconds to some minutes, after 30 minutes at most. The status
// covers the changes of all clients and has no failure, so a time limit ends a wait that is stuck. A read right after a
// change may still return DEPLOYED, so two consecutive reads are required.
//   AcceleratorNotFound   it was deleted
import {
  type Accelerator,
  DescribeAcceleratorCommand,
  type GlobalAcceleratorClient,
} from '@aws-sdk/client-global-accelerator';
import type { Resource } from '@gatehouse/core/ports/resource';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { orAbsent, present } from '../cloud-call.ts';
import { call } from './client.ts';

/** Of the DNS names of all accelerators: a constant of Route 53, in no answer of the API. */
const HOSTED_ZONE = 'Z2BJ6XQ5FK7U4H';

type DesiredAccelerator = DesiredByKind['accelerator'];

export function acceleratorResource(
  client: GlobalAcceleratorClient,
): Resource<DesiredAccelerator, Accelerator> {
  return {
    kind: 'accelerator',
    settles: { initialDelaySeconds: 10, maxDelaySeconds: 30, readyLimitSeconds: 1800, consecutiveReady: 2 },

    read: ({ acceleratorArn }) => readAccelerator(client, acceleratorArn),

    idOf: accelerator => present(accelerator.AcceleratorArn, 'AcceleratorArn'),

    drift: () => [],

    ready({ Status }) {
      if (Status === 'DEPLOYED') return { ready: true };
      return { ready: false, reason: `the accelerator is ${Status ?? 'of unknown status'}` };
    },

    outputs: accelerator => ({
      dnsName: accelerator.DnsName ?? '',
      dualStackDnsName: accelerator.DualStackDnsName ?? '',
      hostedZoneId: HOSTED_ZONE,
      staticAddresses: addressesOf(accelerator),
    }),
  };
}

/** The sets of both families, IPv4 first. */
function addressesOf({ IpSets = [] }: Accelerator): string[] {
  const isIpv4 = (address: string) => !address.includes(':');
  const addresses = IpSets.flatMap(({ IpAddresses = [] }) => IpAddresses);
  return [...addresses.filter(isIpv4), ...addresses.filter(address => !isIpv4(address))];
}

export async function readAccelerator(
  client: GlobalAcceleratorClient,
  acceleratorArn: string,
): Promise<Accelerator | undefined> {
  const command = new DescribeAcceleratorCommand({ AcceleratorArn: acceleratorArn });
  return (await orAbsent(call('DescribeAccelerator', () => client.send(command))))?.Accelerator;
}
