// The health check of a target group: absent members get defaults, a zero restores the default, and values that are
// then too small for the API are refused, although its model allows them.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import type { AskedHealthCheck } from './requests.ts';
import type { Config, HealthCheck, TargetGroup } from './state.ts';
import {
  healthCheckProtocol,
  timeoutNotBelowInterval,
  updateOmittedMember,
  zeroInHealthCheck,
} from './switches.ts';

type Counted =
  | 'healthCheckIntervalSeconds'
  | 'healthCheckTimeoutSeconds'
  | 'healthyThresholdCount'
  | 'unhealthyThresholdCount';

const bounds: Record<Counted, { least: number; initial: number }> = {
  healthCheckIntervalSeconds: { least: 5, initial: 30 },
  healthCheckTimeoutSeconds: { least: 1, initial: 5 },
  healthyThresholdCount: { least: 2, initial: 5 },
  unhealthyThresholdCount: { least: 2, initial: 2 },
};

export function newHealthCheck(
  config: Config,
  requested: AskedHealthCheck | undefined,
  context: Context,
): HealthCheck {
  return merged(defaultsFor(config, context), requested ?? {}, { at: 'config.healthCheck', context });
}

export function updatedHealthCheck(
  group: TargetGroup,
  requested: AskedHealthCheck,
  context: Context,
): HealthCheck {
  const { type, config } = group;
  if (!config.healthCheck) {
    throw new InputError('constraint', 'healthCheck', `be absent for a target group of type ${type}`);
  }
  const keeps = context.setting(updateOmittedMember) === 'keep';
  return merged(keeps ? config.healthCheck : defaultsFor(config, context), requested, {
    at: 'healthCheck',
    context,
  });
}

/** On for HTTP1 only; a TCP group has no protocol version. */
function defaultsFor({ protocol, protocolVersion }: Config, context: Context): HealthCheck {
  const isHttps = protocol === 'HTTPS' && context.setting(healthCheckProtocol) === 'asGroup';
  return {
    enabled: protocolVersion === 'HTTP1',
    protocol: isHttps ? 'HTTPS' : 'HTTP',
    protocolVersion: 'HTTP1',
    path: '/',
    healthCheckIntervalSeconds: bounds.healthCheckIntervalSeconds.initial,
    healthCheckTimeoutSeconds: bounds.healthCheckTimeoutSeconds.initial,
    healthyThresholdCount: bounds.healthyThresholdCount.initial,
    unhealthyThresholdCount: bounds.unhealthyThresholdCount.initial,
    matcher: { httpCode: '200' },
  };
}

interface Reading {
  /** The member's path in the request. */
  at: string;
  context: Context;
}

function merged(base: HealthCheck, requested: AskedHealthCheck, reading: Reading): HealthCheck {
  const { protocol = base.protocol } = requested;
  if (protocol === 'TCP') throw invalid('protocol', 'be HTTP or HTTPS', reading);
  const { port: basePort, ...rest } = base;
  const port = portOf(requested.port ?? basePort, reading);
  const counted = (name: Counted) => countOf(name, requested[name], { base, reading });
  const check: HealthCheck = {
    ...rest,
    enabled: requested.enabled ?? base.enabled,
    protocol,
    protocolVersion: requested.protocolVersion ?? base.protocolVersion,
    ...(port === undefined ? {} : { port }),
    path: requested.path === '' ? '/' : (requested.path ?? base.path),
    healthCheckIntervalSeconds: counted('healthCheckIntervalSeconds'),
    healthCheckTimeoutSeconds: counted('healthCheckTimeoutSeconds'),
    healthyThresholdCount: counted('healthyThresholdCount'),
    unhealthyThresholdCount: counted('unhealthyThresholdCount'),
    matcher: requested.matcher?.httpCode === '' ? { httpCode: '200' } : (requested.matcher ?? base.matcher),
  };
  const isTooLong = check.healthCheckTimeoutSeconds >= check.healthCheckIntervalSeconds;
  if (isTooLong && reading.context.setting(timeoutNotBelowInterval) === 'refuse') {
    throw invalid('healthCheckTimeoutSeconds', 'be below healthCheckIntervalSeconds', reading);
  }
  return check;
}

function portOf(port: number | undefined, reading: Reading): number | undefined {
  if (port !== 0) return port;
  refuseZero('port', reading);
  return undefined;
}

function countOf(
  name: Counted,
  requested: number | undefined,
  { base, reading }: { base: HealthCheck; reading: Reading },
): number {
  if (requested === undefined) return base[name];
  const { least, initial } = bounds[name];
  if (requested === 0) {
    refuseZero(name, reading);
    return initial;
  }
  if (requested < least) throw invalid(name, `be at least ${least}`, reading);
  return requested;
}

function refuseZero(name: Counted | 'port', reading: Reading): void {
  if (reading.context.setting(zeroInHealthCheck) === 'refuse') throw invalid(name, 'not be 0', reading);
}

function invalid(name: keyof AskedHealthCheck, must: string, { at }: Reading): InputError {
  return new InputError('constraint', `${at}.${name}`, must);
}
