// Members of an Alibaba Cloud listener or endpoint group that a spec said so far and leaves out now. An update keeps what it
// does not name: so the usual value is said, where the API documents one, and the plan refuses where it does not. A rule
// has none of these: each update replaces it whole. Pure.
import { isDeepStrictEqual } from 'node:util';
import { listOf, type Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { endpointIdentity } from '../request/alicloud/endpoint.ts';

type Resource = Pick<Step, 'kind' | 'desired' | 'needs'>;

/** Seconds, by protocol. */
const IDLE_TIMEOUT: Record<string, number> = { TCP: 900, UDP: 20, HTTP: 15, HTTPS: 15 };
/** An empty text clears a text. */
const TEXTS = { name: '', description: '' };

export function sayAlicloudLeftOut(step: Resource, before: Members, steps: readonly Step[]): Members {
  const { kind, desired, needs } = step;
  if (kind === 'alicloudListener') return leftOut(usualOfListener(desired['protocol']), desired, before);
  if (kind !== 'alicloudEndpointGroup') return {};
  const listener = steps.find(({ id }) => id === needs['listenerId']);
  const http = speaksHttp(listener?.desired['protocol']);
  const usual = {
    ...TEXTS,
    endpointIpVersion: 'IPv4',
    ...(http ? { endpointRequestProtocol: 'HTTP' } : {}),
  };
  return { ...leftOut(usual, desired, before), ...(http ? {} : flagsLeftOut(desired, before)) };
}

function usualOfListener(protocol: unknown): Members {
  const http = {
    requestTimeout: 60,
    xForwardedForConfig: {
      xForwardedForGaIdEnabled: false,
      xForwardedForGaApEnabled: false,
      xForwardedForProtoEnabled: false,
      xForwardedForPortEnabled: false,
      xRealIpEnabled: false,
    },
  };
  return {
    ...TEXTS,
    idleTimeout: IDLE_TIMEOUT[String(protocol)],
    ...(speaksHttp(protocol) ? http : {}),
    ...(protocol === 'HTTPS' ? { httpVersion: 'http2' } : {}),
  };
}

/** Members that would stay as they are, as the API documents no value that is like saying nothing. */
export function keptAlthoughLeftOut(
  { kind, desired }: Pick<Step, 'kind' | 'desired'>,
  owned: Owned,
): string[] {
  const kept = KEPT.filter(([member, of, means]) => kind === of && member in owned.desired && means(desired));
  return kept.map(([member]) => member).filter(member => desired[member] === undefined);
}

/** Each with when it means anything. */
const KEPT: [member: string, of: Step['kind'], means: (desired: Members) => boolean][] = [
  ['securityPolicyId', 'alicloudListener', ({ protocol }) => protocol === 'HTTPS'],
  [
    'endpointProtocolVersion',
    'alicloudEndpointGroup',
    ({ endpointRequestProtocol }) => endpointRequestProtocol === 'HTTPS',
  ],
  [
    'healthCheckHost',
    'alicloudEndpointGroup',
    ({ healthCheckEnabled, healthCheckProtocol }) =>
      healthCheckEnabled === true && healthCheckProtocol !== 'tcp',
  ],
];

/** Of the endpoints that stay; over HTTP they cannot be off, and mean nothing. */
function flagsLeftOut(desired: Members, before: Members): Members {
  const were = new Map(listOf(before['endpoints']).map(each => [endpointIdentity(each), each]));
  const off = { enableClientIPPreservation: false, enableProxyProtocol: false };
  const endpoints = listOf(desired['endpoints']).map(each => {
    return { ...each, ...leftOut(off, each, were.get(endpointIdentity(each)) ?? {}) };
  });
  return isDeepStrictEqual(endpoints, desired['endpoints']) ? {} : { endpoints };
}

function leftOut(usual: Members, said: Members, before: Members): Members {
  return Object.fromEntries(
    Object.entries(usual).filter(([member]) => member in before && !(member in said)),
  );
}

function speaksHttp(protocol: unknown): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}
