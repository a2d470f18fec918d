// The valid endpoints of a group: an endpoint must exist in the group's region and, if it belongs to another account,
// be shared through an attachment. Client IP preservation depends on its type.
import { accountId } from '../shared/account.ts';
import type { Context } from '../shared/cloud.ts';
import { isHealthy } from '../shared/health.ts';
import { cloudError, invalidArgument } from './errors.ts';
import type { EndpointConfiguration } from './requests.ts';
import { type EndpointTarget, endpointTargets } from './seed.ts';
import { acceleratorOf, type Endpoint, type Listener, type State } from './state.ts';
import {
  defaultWeight,
  endpointHealth,
  endpointsPerGroup,
  endpointTwice,
  loadBalancerActiveAfterSeconds,
  nlbPreservationDefault,
  preservationOff,
  udpBehindAlb,
} from './switches.ts';

/** Seconds until the first health checks have passed. */
const healthySeconds = { from: 20, to: 60 };

export interface Surroundings {
  region: string;
  protocol: Listener['Protocol'];
  isDualStack: boolean;
  /** Endpoints that the group already has: they do not start their health checks again. */
  present: Endpoint[];
  /** Of the account, see its state. */
  firstNamed: Record<string, number>;
}

export function surroundingsOf(
  state: State,
  { ListenerArn, Protocol: protocol }: Listener,
  group: { region: string; present: Endpoint[] },
): Surroundings {
  const isDualStack = acceleratorOf(state, ListenerArn).IpAddressType === 'DUAL_STACK';
  state.firstNamed ??= {};
  return { ...group, protocol, isDualStack, firstNamed: state.firstNamed };
}

export function endpointsOf(
  configurations: EndpointConfiguration[],
  group: Surroundings,
  context: Context,
): Endpoint[] {
  const endpoints = new Map<string, Endpoint>();
  for (const configuration of configurations) {
    const endpoint = endpointOf(configuration, group, context);
    if (endpoints.has(endpoint.EndpointId) && context.setting(endpointTwice) === 'refuse') {
      throw invalidArgument(`The endpoint ${endpoint.EndpointId} is named twice`);
    }
    endpoints.set(endpoint.EndpointId, endpoint);
  }
  refuseTooMany([...endpoints.values()], context);
  return [...endpoints.values()];
}

export function refuseTooMany(endpoints: Endpoint[], context: Context): void {
  const most = context.setting(endpointsPerGroup);
  if (endpoints.length <= most) return;
  throw cloudError('LimitExceededException', `An endpoint group has at most ${most} endpoints`);
}

export function shownEndpoint(endpoint: Endpoint, context: Context): unknown {
  const { EndpointId, Weight, ClientIPPreservationEnabled, healthyAt } = endpoint;
  const HealthState = healthState(healthyAt, context);
  const isShown = ClientIPPreservationEnabled || context.setting(preservationOff) === 'shown';
  return { EndpointId, Weight, HealthState, ...(isShown ? { ClientIPPreservationEnabled } : {}) };
}

function healthState(healthyAt: number, context: Context): string {
  if (context.now < healthyAt) return 'INITIAL';
  return isHealthy(context.setting(endpointHealth), healthyAt, context) ? 'HEALTHY' : 'UNHEALTHY';
}

function endpointOf(requested: EndpointConfiguration, group: Surroundings, context: Context): Endpoint {
  if (!requested.EndpointId) throw invalidArgument('An endpoint must have an EndpointId');
  const target = findTarget(requested.EndpointId, requested.AttachmentArn);
  if (target.region !== group.region) {
    throw invalidArgument(`The endpoint '${target.id}' is not valid in the Region ${group.region}`);
  }
  refuseUdpBehindAlb(target, group.protocol, context);
  const present = group.present.find(({ EndpointId }) => EndpointId === target.id);
  if (!present) refuseUntilActive(target, group.firstNamed, context);
  const ClientIPPreservationEnabled = preservationOf(target, requested.ClientIPPreservationEnabled, context);
  if (group.isDualStack && !isDualStack(target, ClientIPPreservationEnabled)) {
    throw invalidArgument(
      `An endpoint of a dual-stack accelerator is dual-stack and preserves client IPs: ${target.id}`,
    );
  }
  return {
    EndpointId: target.id,
    Weight: requested.Weight ?? context.setting(defaultWeight),
    ClientIPPreservationEnabled,
    ...(requested.AttachmentArn === undefined ? {} : { AttachmentArn: requested.AttachmentArn }),
    healthyAt: present?.healthyAt ?? context.now + context.settling(healthySeconds.from, healthySeconds.to),
  };
}

/** Whether the present endpoints could be those of a dual-stack accelerator. */
export function areDualStack(endpoints: Endpoint[]): boolean {
  return endpoints.every(({ EndpointId, AttachmentArn, ClientIPPreservationEnabled }) =>
    isDualStack(findTarget(EndpointId, AttachmentArn), ClientIPPreservationEnabled),
  );
}

function isDualStack({ dualStack }: EndpointTarget, preserved: boolean): boolean {
  return dualStack === true && preserved;
}

/** A load balancer is taken to have been created when a call first names it. */
function refuseUntilActive(
  { id, kind }: EndpointTarget,
  firstNamed: Record<string, number>,
  context: Context,
): void {
  const seconds = context.setting(loadBalancerActiveAfterSeconds);
  if (seconds === 0 || (kind !== 'alb' && kind !== 'nlb')) return;
  firstNamed[id] ??= context.now;
  if (context.now >= firstNamed[id] + context.scaled(seconds)) return;
  throw invalidArgument(`The load balancer is not active, its state is provisioning: ${id}`);
}

/** Existing endpoints behind a listener that changes its protocol. */
export function refuseProtocolFor(
  endpoints: Endpoint[],
  protocol: Listener['Protocol'],
  context: Context,
): void {
  for (const { EndpointId, AttachmentArn } of endpoints) {
    refuseUdpBehindAlb(findTarget(EndpointId, AttachmentArn), protocol, context);
  }
}

function refuseUdpBehindAlb(
  { id, kind }: EndpointTarget,
  protocol: Listener['Protocol'],
  context: Context,
): void {
  if (kind !== 'alb' || protocol !== 'UDP' || context.setting(udpBehindAlb) === 'accept') return;
  throw invalidArgument(`An Application Load Balancer cannot serve a UDP listener: ${id}`);
}

function findTarget(id: string, attachmentArn: string | undefined): EndpointTarget {
  const target = endpointTargets.find(candidate => candidate.id === id);
  const owner = /^arn:aws:[a-z0-9]+:[-a-z0-9]*:(\d{12}):/.exec(id)?.[1] ?? accountId;
  if (owner !== accountId && (!target || target.attachmentArn !== attachmentArn)) {
    throw cloudError('AccessDeniedException', `No cross-account attachment gives access to ${id}`);
  }
  if (!target) throw invalidArgument(`The endpoint '${id}' is not valid: it was not found`);
  return target;
}

function preservationOf(target: EndpointTarget, requested: boolean | undefined, context: Context): boolean {
  const { initial, allowed } = preservation(target, context);
  const wanted = requested ?? initial;
  if (target.kind === 'nlb' && target.internal && !wanted) {
    throw invalidArgument(
      `ClientIPPreservation must be enabled for internal facing network load balancer: ${target.id}`,
    );
  }
  if (!allowed.includes(wanted)) {
    throw invalidArgument(`Client IP preservation cannot be ${wanted ? 'on' : 'off'} for ${target.id}`);
  }
  return wanted;
}

function preservation(target: EndpointTarget, context: Context): { initial: boolean; allowed: boolean[] } {
  switch (target.kind) {
    case 'alb':
      return { initial: true, allowed: target.internal ? [true] : [true, false] };
    case 'instance':
      return { initial: true, allowed: [true] };
    case 'nlb':
      return target.securityGroups
        ? { initial: context.setting(nlbPreservationDefault) === 'on', allowed: [true, false] }
        : { initial: false, allowed: [false] };
    case 'elasticIp':
      return { initial: false, allowed: [false] };
  }
}
