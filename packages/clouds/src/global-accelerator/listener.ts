// A Global Accelerator listener: the ports and protocol that clients connect to. It exists as soon as it is created; the
// accelerator settles, once for all of its changes. It has no name, no tags and no status, so its natural key is protocol
// and port ranges, which are unique on an accelerator. All members can change in place; each protocol has a port space of
// its own.
//   InvalidPortRange on create   its ports are taken, by an earlier call of ours or by a foreign listener
//   InvalidPortRange on update   its new ports are taken by another listener
//   InvalidArgument on update    a group overrides a port that is removed
//   AssociatedEndpointGroupFound on delete   it still has endpoint groups
import {
  CreateListenerCommand,
  type CreateListenerCommandInput,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  DescribeListenerCommand,
  type GlobalAcceleratorClient,
  type Listener,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import type { Resource } from '@gatehouse/core/ports/resource';
import { LISTENER } from '@gatehouse/core/request/aws/listener-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput, fromWire, updateInput } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { busyIfUnused, orAbsent, present } from '../cloud-call.ts';
import { allEndpointGroups, allListeners, call } from './client.ts';
import { withAccelerator } from './shape.ts';

const MEMBERS = LISTENER satisfies TableOn<CreateListenerCommandInput>;

/** The ARN of the listener contains the accelerator. */
const specOf = (listener: Listener) =>
  fromWire(MEMBERS, listener, {
    acceleratorArn: ({ ListenerArn = '' }) => ListenerArn.split('/listener/')[0],
  });

type DesiredListener = DesiredByKind['listener'];

const compared = comparedBy<typeof MEMBERS, DesiredListener, Listener>(MEMBERS, specOf, {});

export function listenerResource(client: GlobalAcceleratorClient): Resource<DesiredListener, Listener> {
  /** Our own groups are deleted before the listener is, so all remaining groups are foreign. */
  async function groupsOn(listener: Listener): Promise<string[]> {
    const groups = await orAbsent(allEndpointGroups(client, present(listener.ListenerArn, 'ListenerArn')));
    return (groups ?? []).map(group => present(group.EndpointGroupArn, 'EndpointGroupArn'));
  }
  return {
    kind: 'listener',
    settles: withAccelerator,
    ...compared,

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
      const input = { ...createInput(MEMBERS, desired), IdempotencyToken: token };
      const { Listener } = await call('CreateListener', () => client.send(new CreateListenerCommand(input)), {
        InvalidPortRangeException: 'AlreadyExists',
      });
      return present(Listener, 'Listener');
    },

    async update(desired, { ListenerArn }) {
      const input = { ListenerArn, ...updateInput(MEMBERS, desired) };
      const { Listener } = await call('UpdateListener', () => client.send(new UpdateListenerCommand(input)));
      return present(Listener, 'Listener');
    },

    async remove(id) {
      const command = new DeleteListenerCommand({ ListenerArn: id });
      try {
        await orAbsent(call('DeleteListener', () => client.send(command)));
      } catch (thrown) {
        throw await busyIfUnused(thrown, ['AssociatedEndpointGroupFoundException'], () =>
          orAbsent(allEndpointGroups(client, id)),
        );
      }
    },

    ready: () => ({ ready: true }),

    foreignDependents: (_desired, listener) => groupsOn(listener),

    async deleteForeign(_desired, _listener, [EndpointGroupArn]) {
      const command = new DeleteEndpointGroupCommand({ EndpointGroupArn });
      await orAbsent(call('DeleteEndpointGroup', () => client.send(command)));
    },
  };
}

function hasKeyOf(desired: DesiredListener, listener: Listener): boolean {
  const others = compared.drift(desired, listener);
  return !others.includes('protocol') && !others.includes('portRanges');
}
