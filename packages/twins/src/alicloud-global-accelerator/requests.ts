// The requests of the operations on instances and listeners, from their documentation. Bounds with an error code of
// their own are checked with their rule; among these are ports, names and protocols.
import { listOf, oneOf } from '../shared/input.ts';
import { groupsToCreate } from './group-requests.ts';
import { requestTimeoutSeconds } from './limits.ts';
import { anyCase, parameters, truth, whole } from './readers.ts';
import { anyText, clientToken, id, page, RegionId } from './request-members.ts';

const portRanges = listOf(parameters({ FromPort: whole(), ToPort: whole() }, {}), { min: 1, max: 1000 });
const forwardedFor = parameters(
  {},
  {
    XForwardedForGaIdEnabled: truth,
    XForwardedForGaApEnabled: truth,
    XForwardedForProtoEnabled: truth,
    XForwardedForPortEnabled: truth,
    XRealIpEnabled: truth,
  },
);

const listener = {
  Name: anyText,
  Description: anyText,
  Protocol: anyText,
  ClientAffinity: oneOf('', 'NONE', 'SOURCE_IP'),
  Certificates: listOf(parameters({ Id: id }, {}), { max: 100 }),
  ProxyProtocol: truth,
  SecurityPolicyId: oneOf(
    'tls_cipher_policy_1_0',
    'tls_cipher_policy_1_1',
    'tls_cipher_policy_1_2',
    'tls_cipher_policy_1_2_strict',
    'tls_cipher_policy_1_2_strict_with_1_3',
  ),
  HttpVersion: oneOf('http1.1', 'http2', 'http3'),
  IdleTimeout: whole(),
  RequestTimeout: whole(requestTimeoutSeconds.from, requestTimeoutSeconds.to),
  XForwardedForConfig: forwardedFor,
  ...clientToken,
};

export const none = parameters({ RegionId }, {});
export const byAccelerator = parameters({ RegionId, AcceleratorId: id }, {});
export const listAccelerators = parameters({ RegionId }, { AcceleratorId: id, ...page });

export const createListener = parameters(
  { RegionId, AcceleratorId: id, PortRanges: portRanges },
  {
    ...listener,
    Type: oneOf('Standard', 'CustomRouting'),
    EndpointGroupConfigurations: groupsToCreate,
  },
);
export const updateListener = parameters(
  { ListenerId: id },
  { RegionId, PortRanges: portRanges, BackendPorts: portRanges, ...listener },
);
export const byListener = parameters({ RegionId, ListenerId: id }, {});
export const getHealthStatus = parameters({ RegionId, AcceleratorId: id, ListenerId: id }, {});
export const deleteListener = parameters({ ListenerId: id }, { AcceleratorId: id, ...clientToken });
export const listListeners = parameters(
  { RegionId, AcceleratorId: id },
  { Protocol: anyCase('TCP', 'UDP', 'HTTP', 'HTTPS'), ...page },
);

export type ListenerSettings = Omit<ReturnType<typeof updateListener>, 'ListenerId'>;
export type GetHealthStatus = ReturnType<typeof getHealthStatus>;
export type CreateListener = ReturnType<typeof createListener>;
export type UpdateListener = ReturnType<typeof updateListener>;
export type DeleteListener = ReturnType<typeof deleteListener>;
export type ListListeners = ReturnType<typeof listListeners>;
