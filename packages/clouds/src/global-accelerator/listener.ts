// A Global Accelerator listener: ports and protocol at which clients reach an accelerator. There the moment it is
// created; what settles is the accelerator, once for all its changes. It has no name, no tags and no status, so
// its natural key is protocol and port ranges, which are unique on an accelerator.
//   InvalidPortRange on create   its ports are taken: by an earlier call of ours, or by somebody
//   AssociatedEndpointGroupFound on delete   endpoint groups are left on it
import {
  CreateListenerCommand,
  DeleteListenerCommand,
  DescribeListenerCommand,
  type GlobalAcceleratorClient,
  type Listener,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import { RetryableError } from '@gatehouse/core/errors';
import type { ListenerSpec } from '@gatehouse/core/global-accelerator';
import type { Resource } from '@gatehouse/core/resource';
import { orAbsent, present } from '../aws-call.ts';
import { allEndpointGroups, allListeners, call } from './client.ts';
import { samePortRanges, withAccelerator } from './shape.ts';

export function listenerResource(client: GlobalAcceleratorClient): Resource<ListenerSpec, Listener> {
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
      if (listener.Protocol !== desired.protocol) differs.push('protocol');
      if (!samePortRanges(desired.portRanges, listener.PortRanges)) differs.push('portRanges');
      if (listener.ClientAffinity !== desired.clientAffinity) differs.push('clientAffinity');
      return differs;
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

    async strangers(_desired, listener) {
      const groups = await orAbsent(allEndpointGroups(client, present(listener.ListenerArn, 'ListenerArn')));
      return (groups ?? []).map(group => present(group.EndpointGroupArn, 'EndpointGroupArn'));
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
