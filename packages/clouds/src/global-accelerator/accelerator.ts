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
  };
}

export async function readAccelerator(
  client: GlobalAcceleratorClient,
  acceleratorArn: string,
): Promise<Accelerator | undefined> {
  const command = new DescribeAcceleratorCommand({ AcceleratorArn: acceleratorArn });
  return (await orAbsent(call('DescribeAccelerator', () => client.send(command))))?.Accelerator;
}
