// Everything that hangs on a listener, whoever made it, in the order in which it can go: forwarding rules, virtual groups,
// default groups, additional certificates.
import { orAbsent } from '../cloud-call.ts';
import { allCertificates, certificateKey } from './additional-certificate.ts';
import type { GaClient } from './client.ts';
import { allGroups } from './endpoint-group.ts';
import { allRules } from './forwarding-rule.ts';
import { done } from './shape.ts';

export interface Part {
  /** As its own resource calls it. */
  id: string;
  /** Asks for its removal, with one call. */
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
  // Only these can have the others; a list that is not asked for cannot be busy.
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
