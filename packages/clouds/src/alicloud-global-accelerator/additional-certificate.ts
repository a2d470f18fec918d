// An additional certificate of an HTTPS listener, for one domain. It has no id: its key is the domain, on its listener.
// Associated at once; the listener is busy for about a minute.
//   StateError.Accelerator, StateError.Listener, NotActive.Listener   another change is in progress
// The listener's default certificate is in another list.
import type { Resource } from '@gatehouse/core/ports/resource';
import { ADDITIONAL_CERTIFICATE } from '@gatehouse/core/request/alicloud/listener-members';
import { comparedBy } from '@gatehouse/core/request/compared-members';
import { createInput, updateInput } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import * as z from 'zod';
import { orAbsent } from '../cloud-call.ts';
import type { GaClient } from './client.ts';
import { listenerState } from './listener-state.ts';
import { continued, done, eachChange, type Observed, readyOf, unlessGone, unlessTaken } from './shape.ts';

interface Spec {
  domain: string;
  certificateId: string;
}

/** Its listener is known once that is created. */
export type DesiredCertificate = DesiredByKind['additionalCertificate'] & { listenerId?: string };
export type ObservedCertificate = Observed<Spec>;

const certificateAnswer = z.object({
  CertificateId: z.string(),
  Domain: z.string().optional(),
  IsDefault: z.boolean().optional(),
  State: z.string().optional(),
});
export type CertificateAnswer = z.output<typeof certificateAnswer>;

/** The update call has another name for the id than the create call. */
const MEMBERS = {
  domain: ADDITIONAL_CERTIFICATE.domain,
  certificateId: { wire: 'CertificateId' },
} as const;

const compared = comparedBy<typeof MEMBERS, DesiredCertificate, ObservedCertificate>(
  MEMBERS,
  ({ spec }) => spec,
  {},
);

export function additionalCertificateResource(
  client: GaClient,
): Resource<DesiredCertificate, ObservedCertificate> {
  const on = ({ acceleratorId, listenerId }: DesiredCertificate) => ({
    AcceleratorId: acceleratorId,
    ListenerId: listenerId,
  });
  const existing = ({ listenerId, domain, certificateId }: DesiredCertificate, state: string) => ({
    id: certificateKey(listenerId ?? '', domain),
    states: [state],
    spec: { domain, certificateId },
  });

  async function find({ acceleratorId, listenerId, domain }: DesiredCertificate) {
    if (listenerId === undefined) return undefined;
    const listed = (await orAbsent(allCertificates(client, acceleratorId, listenerId))) ?? [];
    return listed.find(({ Domain }) => Domain?.toLowerCase() === domain.toLowerCase());
  }

  return {
    kind: 'additionalCertificate',
    settles: eachChange,
    ...compared,

    async read(desired) {
      const { acceleratorId, listenerId } = desired;
      const found = await find(desired);
      if (!found || listenerId === undefined) return undefined;
      const around = [await listenerState(client, listenerId), await client.state(acceleratorId)];
      const certificate = { ...desired, certificateId: found.CertificateId };
      return { ...existing(certificate, ''), states: [found.State, ...around] };
    },

    idOf: ({ id }) => id,

    async create(desired, token) {
      const { domain, certificateId: id } = desired;
      const Certificates = [createInput(ADDITIONAL_CERTIFICATE, { domain, id })];
      const parameters = { ...on(desired), Certificates, ClientToken: token };
      await unlessTaken(
        client.call('AssociateAdditionalCertificatesWithListener', parameters, done),
        async () => (await find(desired)) !== undefined,
      );
      return existing(desired, 'updating');
    },

    async update(desired) {
      const parameters = { ...on(desired), ...updateInput(MEMBERS, desired) };
      await client.call('UpdateAdditionalCertificateWithListener', parameters, done);
      return existing(desired, 'updating');
    },

    async remove(_id, desired) {
      const parameters = { ...on(desired), Domains: [desired.domain] };
      await unlessGone(
        orAbsent(client.call('DissociateAdditionalCertificatesFromListener', parameters, done)),
        async () => (await find(desired)) === undefined,
      );
    },

    ready: readyOf,
  };
}

/** The API has no id, so one is composed. */
export function certificateKey(listenerId: string, domain: string): string {
  return `${listenerId}/certificates/${domain.toLowerCase()}`;
}

/** The additional certificates of a listener, or its default one. */
export function allCertificates(
  client: GaClient,
  acceleratorId: string,
  listenerId: string,
  role: 'additional' | 'default' = 'additional',
): Promise<CertificateAnswer[]> {
  return continued(client, {
    operation: 'ListListenerCertificates',
    parameters: { AcceleratorId: acceleratorId, ListenerId: listenerId, Role: role },
    member: 'Certificates',
    item: certificateAnswer,
  });
}
