// A listener of Alibaba Cloud Global Accelerator: the ports of an instance, with a certificate for HTTPS. Made at once and
// active a minute or three later. Natural key: protocol and ports, which are free or taken on an instance.
//   PortConflict.Listener on create   its ports are taken: by an earlier call of ours, or by somebody
//   Exist.EndpointGroup, Exist.ForwardingRule on delete   something is left on it
//   StateError.Accelerator, NotActive.Listener   another change of the instance is under way
//   UnknownError on Describe   it is gone, perhaps: the list tells
// An update leaves alone what it does not name, but wants the ports.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import { mergedPorts } from '@gatehouse/core/request/canonical-values';
import * as z from 'zod';
import { orAbsent } from '../cloud-call.ts';
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
      const shown = await withItsOwnCertificate(client, acceleratorId, found);
      return observed(shown, acceleratorId, await client.state(acceleratorId));
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

    async update(desired, standing) {
      const { acceleratorId } = desired;
      const changed = listenerMembers.drift(desired, standing);
      const parameters = { ListenerId: standing.id, ...wireToUpdate(desired, changed) };
      await client.call('UpdateListener', parameters, done, {
        acceleratorId,
        also: { 'PortConflict.Listener': 'ResourceConflict' },
      });
      return { ...standing, states: ['updating'], spec: { ...standing.spec, ...desired } };
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
        throw await whileItsPartsGo(client, acceleratorId, id, thrown);
      }
    },

    ready: readyOf,

    foreignDependents: async ({ acceleratorId }, { id, spec }) =>
      (await partsOf(client, acceleratorId, id, spec.protocol)).map(part => part.id),

    async deleteForeign({ acceleratorId }, { id, spec }) {
      const [first] = await partsOf(client, acceleratorId, id, spec.protocol);
      await first?.remove();
    },
  };
}

/** A listener has one of its own. Whether it shows the additional ones, too, is not documented: their list tells them apart. */
async function withItsOwnCertificate(
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

/** Gone is proven by the list: what a Describe says of something that is gone is not certain. */
async function describe(
  client: GaClient,
  { acceleratorId }: DesiredListener,
  id: string,
): Promise<ListenerAnswer | undefined> {
  const asked = client.call('DescribeListener', { ListenerId: id }, listenerAnswer, {
    acceleratorId,
    also: { UnknownError: 'NotFound' },
  });
  const found = await orAbsent(asked);
  if (found) return found;
  const listeners = (await orAbsent(allListeners(client, acceleratorId))) ?? [];
  return listeners.find(({ ListenerId }) => ListenerId === id);
}

/** What was deleted just now may still be counted: refused although nothing is listed heals by asking again. */
async function whileItsPartsGo(
  client: GaClient,
  acceleratorId: string,
  id: string,
  thrown: unknown,
): Promise<unknown> {
  const refused = thrown instanceof TerminalError && thrown.provider?.errorCode.startsWith('Exist.');
  if (!refused || (await partsOf(client, acceleratorId, id, 'HTTPS')).length > 0) return thrown;
  return new RetryableError('Busy', `${id}: what hung on it is still being deleted`, { cause: thrown });
}
