// A listener of Alibaba Cloud Global Accelerator: the ports of an instance, with a certificate for HTTPS. Created at once and
// active one to three minutes later. Natural key: protocol and ports, which are unique on an instance.
//   PortConflict.Listener on create   its ports are taken, by an earlier call of ours or by a foreign listener
//   Exist.EndpointGroup, Exist.ForwardingRule on delete   it still has dependents
//   StateError.Accelerator, NotActive.Listener   another change of the instance is in progress
//   UnknownError on Describe   probably deleted; the list proves it
// An update keeps omitted members, but requires the ports.
import type { Resource } from '@gatehouse/core/ports/resource';
import { mergedPorts } from '@gatehouse/core/request/canonical-values';
import * as z from 'zod';
import { busyIfUnused, orAbsent } from '../cloud-call.ts';
import { allCertificates } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { partsOf } from './listener-parts.ts';
import {
  type DesiredListener,
  type ListenerAnswer,
  listenerAnswer,
  listenerMembers,
  type ObservedListener,
  observed,
  wireToCreate,
  wireToUpdate,
} from './listener-wire.ts';
import { done, eachChange, numbered, readyOf } from './shape.ts';

export function listenerResource(client: GaClient): Resource<DesiredListener, ObservedListener> {
  return {
    kind: 'alicloudListener',
    settles: eachChange,
    ...listenerMembers,

    async read(desired, id) {
      const found = id === undefined ? await findByKey(client, desired) : await describe(client, desired, id);
      if (!found) return undefined;
      const acceleratorId = found.AcceleratorId ?? desired.acceleratorId;
      const answer = await withDefaultCertificate(client, acceleratorId, found);
      return observed(answer, acceleratorId, await client.usable(acceleratorId));
    },

    idOf: ({ id }) => id,

    async create(desired, token) {
      const parameters = { ...wireToCreate(desired), ClientToken: token };
      const { ListenerId } = await client.call(
        'CreateListener',
        parameters,
        z.object({ ListenerId: z.string() }),
      );
      return { id: ListenerId, states: ['init'], spec: desired };
    },

    async update(desired, existing) {
      const { acceleratorId } = desired;
      const changed = listenerMembers.drift(desired, existing);
      const parameters = { ListenerId: existing.id, ...wireToUpdate(desired, changed) };
      await client.call('UpdateListener', parameters, done, {
        acceleratorId,
        also: { 'PortConflict.Listener': 'ResourceConflict' },
      });
      return { ...existing, states: ['updating'], spec: { ...existing.spec, ...desired } };
    },

    async remove(id, { acceleratorId }) {
      try {
        const parameters = { ListenerId: id, AcceleratorId: acceleratorId };
        await orAbsent(
          client.call('DeleteListener', parameters, done, {
            also: { 'Exist.EndpointGroup': 'ResourceConflict' },
          }),
        );
      } catch (thrown) {
        throw await busyIfUnused(thrown, ['Exist.EndpointGroup', 'Exist.ForwardingRule'], () =>
          partsOf(client, acceleratorId, id, 'HTTPS'),
        );
      }
    },

    ready: readyOf,

    outputs: ({ dnsName = '' }) => ({ dnsName }),

    foreignDependents: async ({ acceleratorId }, { id, spec }) =>
      (await partsOf(client, acceleratorId, id, spec.protocol)).map(part => part.id),

    async deleteForeign({ acceleratorId }, { id, spec }, names) {
      const parts = await partsOf(client, acceleratorId, id, spec.protocol);
      await parts.find(part => names.includes(part.id))?.remove();
    },
  };
}

/** Keeps the default certificate only. It is not documented whether Describe also returns the additional ones. */
async function withDefaultCertificate(
  client: GaClient,
  acceleratorId: string,
  answer: ListenerAnswer,
): Promise<ListenerAnswer> {
  if (answer.Certificates.length < 2) return answer;
  const own = (await orAbsent(allCertificates(client, acceleratorId, answer.ListenerId, 'default'))) ?? [];
  return { ...answer, Certificates: own.map(({ CertificateId }) => ({ Id: CertificateId })) };
}

export function allListeners(client: GaClient, acceleratorId: string): Promise<ListenerAnswer[]> {
  return numbered(client, {
    operation: 'ListListeners',
    parameters: { AcceleratorId: acceleratorId },
    member: 'Listeners',
    item: listenerAnswer,
    idOf: ({ ListenerId }) => ListenerId,
  });
}

async function findByKey(client: GaClient, desired: DesiredListener): Promise<ListenerAnswer | undefined> {
  const listeners = (await orAbsent(allListeners(client, desired.acceleratorId))) ?? [];
  const wanted = JSON.stringify(mergedPorts(desired.portRanges));
  return listeners.find(
    ({ Protocol, PortRanges }) =>
      Protocol === desired.protocol && JSON.stringify(mergedPorts(PortRanges)) === wanted,
  );
}

/** Only the list proves a deletion: the response of Describe for a deleted listener is not documented reliably. */
async function describe(
  client: GaClient,
  { acceleratorId }: DesiredListener,
  id: string,
): Promise<ListenerAnswer | undefined> {
  const response = client.call('DescribeListener', { ListenerId: id }, listenerAnswer, {
    acceleratorId,
    also: { UnknownError: 'NotFound' },
  });
  const found = await orAbsent(response);
  if (found) return found;
  const listeners = (await orAbsent(allListeners(client, acceleratorId))) ?? [];
  return listeners.find(({ ListenerId }) => ListenerId === id);
}
