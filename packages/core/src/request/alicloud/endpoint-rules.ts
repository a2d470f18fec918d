// Rules that combine members of the endpoints of a group. A part is undefined if it is omitted or not valid: rules that need
// it are skipped.
// Sources: docs/clouds/alicloud-global-accelerator.md, endpoints.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { OFF_ALIBABA_CLOUD } from './endpoint.ts';
import { endpointIdentity } from './endpoint-identity.ts';
import { type AlicloudLimits, type Protocol, typeRefusal } from './limits.ts';
import { speaksHttp } from './listener-rules.ts';

export interface EndpointToCheck {
  type?: string | undefined;
  endpoint?: string | undefined;
  subAddress?: string | undefined;
  vpcId?: string | undefined;
  enableClientIPPreservation?: boolean | undefined;
  enableProxyProtocol?: boolean | undefined;
}

type Path = readonly PropertyKey[];

/** The path of a part in the request, and the limits that apply. */
export interface Place {
  path: Path;
  limits: AlicloudLimits;
}

type Endpoints = readonly (EndpointToCheck | undefined)[];

export function endpointIssues(
  endpoints: Endpoints,
  protocol: Protocol | undefined,
  place: Place,
): ValidationIssue[] {
  const { path, limits } = place;
  return [
    ...listIssues(endpoints, place),
    ...endpoints.flatMap((endpoint, at) =>
      endpoint ? oneEndpointIssues(endpoint, protocol, { path: [...path, at], limits }) : [],
    ),
  ];
}

function listIssues(endpoints: Endpoints, { path, limits }: Place) {
  const seen = new Repeats();
  const most = limits.endpointsPerGroup;
  const sides = new Set(
    endpoints.flatMap(each => (each?.type ? [OFF_ALIBABA_CLOUD.includes(each.type)] : [])),
  );
  return [
    ...(endpoints.length > most
      ? issue(path, `are ${endpoints.length}; a group has at most ${most}, according to ${limits.source}`)
      : []),
    ...(sides.size > 1
      ? issue(
          path,
          `are both on and off Alibaba Cloud; the endpoints of a group must be either (off it are ${OFF_ALIBABA_CLOUD.join(' and ')})`,
        )
      : []),
    ...endpoints.flatMap((each, index) =>
      seen.find(
        each?.type && each.endpoint && endpointIdentity(each),
        [...path, index, 'endpoint'],
        'each endpoint can be in a group only once',
      ),
    ),
  ];
}

function oneEndpointIssues(
  endpoint: EndpointToCheck,
  protocol: Protocol | undefined,
  { path, limits }: Place,
) {
  const { enableClientIPPreservation: preserves, enableProxyProtocol: proxies, type } = endpoint;
  const [preservation, proxy] = [
    [...path, 'enableClientIPPreservation'],
    [...path, 'enableProxyProtocol'],
  ];
  const newer = typeRefusal(type, 'endpointTypes', limits);
  return [
    ...(newer ? issue([...path, 'type'], newer) : []),
    ...(preserves && proxies
      ? issue(proxy, 'must not be true if `enableClientIPPreservation` is true: choose one of them')
      : []),
    ...(proxies && protocol && protocol !== 'TCP'
      ? issue(proxy, `must not be true: the PROXY protocol is available for TCP only, not for ${protocol}`)
      : []),
    ...(preserves === false && speaksHttp(protocol)
      ? issue(preservation, `cannot be disabled for ${protocol}; omit it`)
      : []),
    ...(type === 'ALB' && protocol === 'UDP' && !newer
      ? issue([...path, 'type'], 'is an Application Load Balancer, which does not support UDP')
      : []),
  ];
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
