// The types of policies: the listeners that can enable one, and whether it keeps a client at one instance. A type
// without listener protocols is for back-end servers.
import type { Done } from '../shared/operation.ts';
import { cloudError } from './errors.ts';
import type { Protocol } from './protocol.ts';

interface PolicyType {
  description: string;
  listenerProtocols: readonly Protocol[];
  isSticky: boolean;
  attributes: readonly AttributeType[];
}

type AttributeType = readonly [
  name: string,
  type: string,
  cardinality: 'ONE' | 'ZERO_OR_ONE' | 'ONE_OR_MORE',
];

export type PolicyTypeName = keyof typeof types;

const cookieListeners = ['HTTP', 'HTTPS'] as const;
const types = {
  LBCookieStickinessPolicyType: {
    description:
      'Stickiness for the time of a browser session or a given period, on HTTP and HTTPS listeners.',
    listenerProtocols: cookieListeners,
    isSticky: true,
    attributes: [['CookieExpirationPeriod', 'Long', 'ZERO_OR_ONE']],
  },
  AppCookieStickinessPolicyType: {
    description: "Stickiness for the time of the application's own cookie, on HTTP and HTTPS listeners.",
    listenerProtocols: cookieListeners,
    isSticky: true,
    attributes: [['CookieName', 'String', 'ONE']],
  },
  SSLNegotiationPolicyType: {
    description: 'The protocols and ciphers that HTTPS and SSL listeners accept.',
    listenerProtocols: ['HTTPS', 'SSL'],
    isSticky: false,
    attributes: [
      ['Reference-Security-Policy', 'String', 'ZERO_OR_ONE'],
      ['Protocol-TLSv1', 'Boolean', 'ZERO_OR_ONE'],
      ['Protocol-TLSv1.1', 'Boolean', 'ZERO_OR_ONE'],
      ['Protocol-TLSv1.2', 'Boolean', 'ZERO_OR_ONE'],
      ['Server-Defined-Cipher-Order', 'Boolean', 'ZERO_OR_ONE'],
      ['ECDHE-RSA-AES128-GCM-SHA256', 'Boolean', 'ZERO_OR_ONE'],
      ['ECDHE-RSA-AES256-GCM-SHA384', 'Boolean', 'ZERO_OR_ONE'],
    ],
  },
  ProxyProtocolPolicyType: {
    description: 'Whether TCP messages to the instances contain the address of the client.',
    listenerProtocols: [],
    isSticky: false,
    attributes: [['ProxyProtocol', 'Boolean', 'ONE']],
  },
  PublicKeyPolicyType: {
    description: 'A public key of back-end servers, part of a BackendServerAuthenticationPolicyType.',
    listenerProtocols: [],
    isSticky: false,
    attributes: [['PublicKey', 'String', 'ONE']],
  },
  BackendServerAuthenticationPolicyType: {
    description: 'The public keys that authenticate back-end servers on HTTPS and SSL.',
    listenerProtocols: [],
    isSticky: false,
    attributes: [['PublicKeyPolicyName', 'PolicyName', 'ONE_OR_MORE']],
  },
} as const satisfies Record<string, PolicyType>;

export function policyType(name: PolicyTypeName): PolicyType {
  return types[name];
}

export function policyTypeNamed(name: string): PolicyTypeName {
  if (isKnown(name)) return name;
  throw cloudError('PolicyTypeNotFound', `There is no policy type with name ${name}`);
}

function isKnown(name: string): name is PolicyTypeName {
  return Object.hasOwn(types, name);
}

export function describeLoadBalancerPolicyTypes(
  _regional: unknown,
  { PolicyTypeNames = [] }: { PolicyTypeNames?: string[] },
): Done {
  for (const name of PolicyTypeNames) policyTypeNamed(name);
  const isAsked = (name: string) => PolicyTypeNames.length === 0 || PolicyTypeNames.includes(name);
  const PolicyTypeDescriptions = Object.entries<PolicyType>(types)
    .filter(([name]) => isAsked(name))
    .map(([PolicyTypeName, type]) => ({
      PolicyTypeName,
      Description: type.description,
      PolicyAttributeTypeDescriptions: type.attributes.map(([AttributeName, AttributeType, Cardinality]) => {
        return { AttributeName, AttributeType, Cardinality };
      }),
    }));
  return { answer: { PolicyTypeDescriptions }, changed: false };
}
