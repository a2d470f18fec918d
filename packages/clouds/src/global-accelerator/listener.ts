// A Global Accelerator listener: ports and protocol at which clients reach an accelerator. There the moment it is
// created; what settles is the accelerator, once for all its changes. It has no name, no tags and no status, so
// its natural key is protocol and port ranges, which are unique on an accelerator. All of it can change in place; another
// protocol moves its ranges into that protocol's space of ports.
//   InvalidPortRange on create   its ports are taken: by an earlier call of ours, or by somebody
//   InvalidPortRange on update   its new ports are taken by somebody
//   InvalidArgument on update    a port that goes is overridden in one of its groups
//   AssociatedEndpointGroupFound on delete   endpoint groups are left on it
import {
  CreateListenerCommand,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  DescribeListenerCommand,
  type GlobalAcceleratorClient,
  type Listener,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { putBack } from '@gatehouse/core/json/put-back';
import { RetryableError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import type { ListenerSpec } from '@gatehouse/core/request/aws/global-accelerator';
import { orAbsent, present } from '../cloud-call.ts';
import { allEndpointGroups, allListeners, call } from './client.ts';
import { samePortRanges, withAccelerator } from './shape.ts';

export function listenerResource(client: GlobalAcceleratorClient): Resource<ListenerSpec, Listener> {
  /** Our own groups are gone before the listener goes. */
  async function groupsOn(listener: Listener): Promise<string[]> {
    const groups = await orAbsent(allEndpointGroups(client, present(listener.ListenerArn, 'ListenerArn')));
    return (groups ?? []).map(group => present(group.EndpointGroupArn, 'EndpointGroupArn'));
  }
  return {
    kind: 'listener',
    settles: withAccelerator,

    async read(desired, id) {
      if (id === undefined) {
        const listeners = await orAbsent(allListeners(client, desired.acceleratorArn));
        return listeners?.find(listener => hasKeyOf(desired, listener));
      }
      const asked = call('DescribeListener', () =>
        client.send(new DescribeListenerCommand({ ListenerArn: id })),
      );
      return (await orAbsent(asked))?.Listener;
    },

    idOf: listener => present(listener.ListenerArn, 'ListenerArn'),

    async create(desired, token) {
      const input = { AcceleratorArn: desired.acceleratorArn, ...members(desired), IdempotencyToken: token };
      const { Listener } = await call('CreateListener', () => client.send(new CreateListenerCommand(input)), {
        InvalidPortRangeException: 'AlreadyExists',
      });
      return present(Listener, 'Listener');
    },

    drift(desired, listener) {
      const differs = [];
      if (acceleratorOf(listener) !== desired.acceleratorArn) differs.push('acceleratorArn');
      if (listener.Protocol !== desired.protocol) differs.push('protocol');
      if (!samePortRanges(desired.portRanges, listener.PortRanges)) differs.push('portRanges');
      if (listener.ClientAffinity !== desired.clientAffinity) differs.push('clientAffinity');
      return differs;
    },

    fixed: ['acceleratorArn'],
    image: imageOf,

    restored(desired, before, listener) {
      const { protocol, portRanges, clientAffinity } = desired;
      const set = { protocol, portRanges: inOrder(portRanges), clientAffinity };
      return { ...desired, ...putBack({ ...imageOf(listener), ...set }, before, imageOf(listener)) };
    },

    async update(desired, { ListenerArn }) {
      const input = { ListenerArn, ...members(desired) };
      const { Listener } = await call('UpdateListener', () => client.send(new UpdateListenerCommand(input)));
      return present(Listener, 'Listener');
    },

    async remove(id) {
      const command = new DeleteListenerCommand({ ListenerArn: id });
      try {
        await orAbsent(call('DeleteListener', () => client.send(command)));
      } catch (thrown) {
        throw await whileGroupsGo(client, id, thrown);
      }
    },

    ready: () => ({ ready: true }),

    strangers: (_desired, listener) => groupsOn(listener),

    async evict(_desired, listener) {
      const [EndpointGroupArn] = await groupsOn(listener);
      if (EndpointGroupArn === undefined) return;
      const command = new DeleteEndpointGroupCommand({ EndpointGroupArn });
      await orAbsent(call('DeleteEndpointGroup', () => client.send(command)));
    },
  };
}

function members(desired: ListenerSpec) {
  return {
    PortRanges: desired.portRanges.map(({ fromPort, toPort }) => ({ FromPort: fromPort, ToPort: toPort })),
    Protocol: desired.protocol,
    ClientAffinity: desired.clientAffinity,
  };
}

function imageOf(listener: Listener): Record<string, unknown> {
  const ranges = (listener.PortRanges ?? []).map(({ FromPort = 0, ToPort = FromPort }) => ({
    fromPort: FromPort,
    toPort: ToPort,
  }));
  return {
    acceleratorArn: acceleratorOf(listener),
    protocol: listener.Protocol,
    portRanges: inOrder(ranges),
    clientAffinity: listener.ClientAffinity,
  };
}

/** The accelerator is in the listener's own ARN. */
function acceleratorOf({ ListenerArn = '' }: Listener): string | undefined {
  return ListenerArn.split('/listener/')[0];
}

function inOrder(ranges: ListenerSpec['portRanges']): ListenerSpec['portRanges'] {
  return ranges.toSorted((a, b) => a.fromPort - b.fromPort);
}

function hasKeyOf(desired: ListenerSpec, listener: Listener): boolean {
  return listener.Protocol === desired.protocol && samePortRanges(desired.portRanges, listener.PortRanges);
}

/** Groups deleted just now may still be counted: refused although none is listed heals by asking again. */
async function whileGroupsGo(
  client: GlobalAcceleratorClient,
  arn: string,
  thrown: unknown,
): Promise<unknown> {
  const refused = thrown instanceof Error && 'code' in thrown && thrown.code === 'ResourceConflict';
  if (!refused || (await orAbsent(allEndpointGroups(client, arn)))?.length) return thrown;
  return new RetryableError('Busy', `${arn}: its endpoint groups are still being deleted`, { cause: thrown });
}
