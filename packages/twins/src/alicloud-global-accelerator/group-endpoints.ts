// The endpoints of a group: their types, the form of each id, and the types that the listener's protocol allows.
// Endpoints in a private network need a role of the account, which the product creates.
import type { Context } from '../shared/cloud.ts';
import { gaError, illegal } from './errors.ts';
import type { AskedEndpoint } from './group-requests.ts';
import { limitsOf } from './limits.ts';
import { isHttp } from './listener-ports.ts';
import type { Endpoint, EndpointType, Protocol } from './model.ts';
import { endpointResources } from './seed.ts';
import type { State } from './state.ts';
import {
  clientIpPreservation,
  cloudEndpoints,
  endpointTwice,
  httpPreservation,
  ipv6Endpoints,
  mayCreateRole,
  unknownEndpoint,
} from './switches.ts';

const endpointRole = 'AliyunServiceRoleForGaVpcEndpoint';

const forms: Record<EndpointType, RegExp> = {
  Domain: /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)+[a-z]([a-z0-9-]*[a-z0-9])$/i,
  Ip: /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:]+$/i,
  PublicIp: /^(\d{1,3}\.){3}\d{1,3}$|^[0-9a-f]*:[0-9a-f:]+$/i,
  ECS: /^i-[0-9a-z]+$/,
  SLB: /^lb-[0-9a-z]+$/,
  ALB: /^alb-[0-9a-z]+$/,
  NLB: /^nlb-[0-9a-z]+$/,
  ENI: /^eni-[0-9a-z]+$/,
  OSS: /^[a-z0-9-]+\.oss-[a-z0-9-]+\.aliyuncs\.com$/,
  IpTarget: /^(10|172\.(1[6-9]|2\d|3[01])|192\.168)(\.\d{1,3}){2,3}$/,
};

/** Types whose endpoints are resources of the account, named by their ids. */
const owned: readonly EndpointType[] = ['ECS', 'SLB', 'ALB', 'NLB', 'ENI'];
const needRole: readonly EndpointType[] = [...owned, 'IpTarget'];

export function endpointsOf(
  requested: AskedEndpoint[],
  of: { region: string; protocol: Protocol },
  context: Context,
): Endpoint[] {
  const { endpointsPerGroup } = limitsOf(context);
  if (requested.length > endpointsPerGroup) {
    throw gaError('QuotaExceeded.EndPoint', `An endpoint group has at most ${endpointsPerGroup} endpoints`);
  }
  const names = new Set(
    requested.map(({ Type, Endpoint, SubAddress, VpcId }) => [Type, Endpoint, SubAddress, VpcId].join()),
  );
  if (names.size < requested.length && context.setting(endpointTwice) === 'refuse') {
    throw illegal('Endpoint', 'be there once');
  }
  return requested.map(each => endpointOf(each, of, context));
}

/** The role remains when the last such endpoint is removed. */
export function makeRole(state: State, endpoints: Endpoint[]): void {
  if (isRoleMissing(state, endpoints)) state.roles.push(endpointRole);
}

export function refuseWithoutRole(state: State, endpoints: Endpoint[], context: Context): void {
  if (isRoleMissing(state, endpoints) && context.setting(mayCreateRole) === 'no') {
    throw gaError('NoPermission.VpcEndpoint', `The caller may not have the role ${endpointRole} made`);
  }
}

function isRoleMissing({ roles }: State, endpoints: Endpoint[]): boolean {
  return !roles.includes(endpointRole) && endpoints.some(({ Type }) => needRole.includes(Type));
}

function endpointOf(
  requested: AskedEndpoint,
  { region, protocol }: { region: string; protocol: Protocol },
  context: Context,
): Endpoint {
  const { Type, Endpoint } = requested;
  if (!limitsOf(context).endpointTypes.includes(Type)) throw illegal('Type', 'be a known type');
  if ((Type === 'ECS' || Type === 'SLB') && context.setting(cloudEndpoints) === 'refused') {
    throw gaError('NoPermission.EndpointType', `The account is not on the list for ${Type} endpoints`);
  }
  if (Type === 'ALB' && protocol === 'UDP') throw illegal('Type', 'not be ALB behind a UDP listener');
  if (!isOfItsForm(Type, Endpoint)) throw illegal('Endpoint', `be one of type ${Type}, not ${Endpoint}`);
  if (Type === 'PublicIp' && Endpoint.includes(':') && context.setting(ipv6Endpoints) === 'refuse') {
    throw illegal('Endpoint', `be an IPv4 address, not ${Endpoint}`);
  }
  const isKnown = endpointResources.some(each => each.id === Endpoint && each.region === region);
  if (owned.includes(Type) && !isKnown && context.setting(unknownEndpoint) === 'refuse') {
    throw gaError('NotExist.Endpoint', `There is no ${Endpoint} in ${region}`);
  }
  refuseNetwork(requested);
  return { ...requested, ...preservationOf(requested, protocol, context) };
}

function isOfItsForm(type: EndpointType, endpoint: string): boolean {
  if (!forms[type].test(endpoint)) return false;
  const isAddress = /^[\d.]+$/.test(endpoint);
  return !isAddress || endpoint.split('.').every(part => Number(part) <= 255);
}

/** Only private addresses and network interfaces name their network. */
function refuseNetwork({ Type, SubAddress, VpcId, VSwitchIds }: AskedEndpoint): void {
  if (SubAddress !== undefined && Type !== 'ENI') throw illegal('SubAddress', 'be absent except for ENI');
  const isPlaced = VpcId !== undefined && VSwitchIds !== undefined && VSwitchIds.length > 0;
  const isNamed = VpcId !== undefined || VSwitchIds !== undefined;
  if (Type === 'IpTarget' && !isPlaced) throw illegal('VpcId', 'be given for IpTarget, with VSwitchIds');
  if (Type !== 'IpTarget' && isNamed) throw illegal('VpcId', 'be absent except for IpTarget');
}

/** Behind HTTP and HTTPS the client's address is always passed on in a header, whatever the request says. */
function preservationOf(requested: AskedEndpoint, protocol: Protocol, context: Context) {
  const { EnableClientIPPreservation = false, EnableProxyProtocol = false } = requested;
  if (EnableClientIPPreservation && EnableProxyProtocol) {
    throw illegal('EnableProxyProtocol', 'be false where EnableClientIPPreservation is true');
  }
  if (EnableProxyProtocol && protocol !== 'TCP') throw illegal('EnableProxyProtocol', 'be for TCP only');
  if (isHttp(protocol)) {
    const isShownOn = context.setting(httpPreservation) === 'alwaysOn';
    return {
      EnableClientIPPreservation: EnableClientIPPreservation || isShownOn,
      EnableProxyProtocol,
    };
  }
  if (EnableClientIPPreservation && context.setting(clientIpPreservation) === 'refused') {
    const message = 'The account is not on the list for client IP preservation';
    throw gaError('NoPermission.EnableClientIPPreservation', message);
  }
  return { EnableClientIPPreservation, EnableProxyProtocol };
}
