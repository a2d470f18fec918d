// All dependents of a listener, ours and foreign, in the order in which they can be deleted: forwarding rules, virtual groups,
// default groups, additional certificates.
import { orAbsent } from '../cloud-call.ts';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allRules } from './forwarding-rule.ts';
import { done } from './shape.ts';

export interface Part {
  /** The id that its own resource uses. */
  id: string;
  /** Requests its deletion, with one call. */
  remove(): Promise<unknown>;
}

export async function partsOf(
  client: GaClient,
  acceleratorId: string,
  listenerId: string,
  protocol: string,
): Promise<Part[]> {
  const on = { AcceleratorId: acceleratorId, ListenerId: listenerId };
  const groups = (await orAbsent(allGroups(client, acceleratorId, listenerId))) ?? [];
  // Only some protocols have rules or certificates. Skipping a list also avoids its busy errors.
  const rules =
    protocol === 'UDP' ? [] : ((await orAbsent(allRules(client, acceleratorId, listenerId))) ?? []);
  const certificates =
    protocol === 'HTTPS' ? ((await orAbsent(allCertificates(client, acceleratorId, listenerId))) ?? []) : [];
  const part = (id: string, operation: string, parameters: object): Part => ({
    id,
    remove: () => orAbsent(client.call(operation, { ...parameters }, done)),
  });
  const virtualFirst = groups.toSorted((a, b) => rankOf(a.EndpointGroupType) - rankOf(b.EndpointGroupType));
  return [
    ...rules.map(({ ForwardingRuleId: id }) =>
      part(id, 'DeleteForwardingRules', { ...on, ForwardingRuleIds: [id] }),
    ),
    ...virtualFirst.map(({ EndpointGroupId: id }) =>
      part(id, 'DeleteEndpointGroup', { EndpointGroupId: id, AcceleratorId: acceleratorId }),
    ),
    ...certificates.flatMap(({ Domain }) =>
      Domain === undefined
        ? []
        : [
            part(certificateKey(listenerId, Domain), 'DissociateAdditionalCertificatesFromListener', {
              ...on,
              Domains: [Domain],
            }),
          ],
    ),
  ];
}

function rankOf(type: string | undefined): number {
  return type === 'virtual' ? 0 : 1;
}
