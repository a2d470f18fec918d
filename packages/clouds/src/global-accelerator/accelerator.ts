// The accelerator itself is not ours: we only wait for it. Every change to it, its listeners or their groups sets
// it to IN_PROGRESS until it is out at all edges, 40 seconds to some minutes, 30 minutes at most. The status is
// shared by everybody's changes and knows no failure, so only a limit ends a wait that is stuck; and a reading
// right after a change may still say DEPLOYED from before it, so one alone is not believed.
//   AcceleratorNotFound   somebody deleted it
import {
  type Accelerator,
  DescribeAcceleratorCommand,
  type GlobalAcceleratorClient,
} from '@aws-sdk/client-global-accelerator';
import type { Resource } from '@gatehouse/core/ports/resource';
import { orAbsent, present } from '../cloud-call.ts';
import { call } from './client.ts';

export interface AcceleratorSpec {
  acceleratorArn: string;
}

export function acceleratorResource(client: GlobalAcceleratorClient): Resource<AcceleratorSpec, Accelerator> {
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
