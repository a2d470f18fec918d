// The optional and required members of a target group's config, by the group's type, and the API's defaults.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { notFound } from './errors.ts';
import { newHealthCheck } from './health-check.ts';
import type { AskedConfig } from './requests.ts';
import { findVpc } from './seed.ts';
import type { Config, GroupType } from './state.ts';
import {
  instanceAddressType,
  omittedAddressType,
  omittedProtocol,
  tcpForAlb,
  unknownVpc,
} from './switches.ts';

const forbidden: Record<GroupType, readonly (keyof AskedConfig)[]> = {
  INSTANCE: ['ipAddressType', 'lambdaEventStructureVersion'],
  IP: ['lambdaEventStructureVersion'],
  ALB: ['ipAddressType', 'healthCheck', 'lambdaEventStructureVersion'],
  LAMBDA: ['port', 'protocol', 'protocolVersion', 'ipAddressType', 'vpcIdentifier', 'healthCheck'],
};

const defaultPorts = { HTTP: 80, HTTPS: 443 };

interface Place {
  region: string;
  context: Context;
}

export function filledConfig(type: GroupType, requested: AskedConfig, place: Place): Config {
  const { context } = place;
  for (const member of forbidden[type]) {
    if (requested[member] !== undefined && !isAllowed(type, member, context))
      throw invalid(member, `be absent for a target group of type ${type}`);
  }
  // There are no defaults: a group of functions that is created without a configuration is returned without one.
  if (type === 'LAMBDA') {
    const { lambdaEventStructureVersion: version } = requested;
    return version ? { lambdaEventStructureVersion: version } : {};
  }

  const vpcIdentifier = knownVpc(requested.vpcIdentifier, place);
  const routing = filledRouting(type, requested, context);
  return {
    ...routing,
    ...addressTypeOf(type, requested, context),
    vpcIdentifier,
    ...(type === 'ALB' ? {} : { healthCheck: newHealthCheck(routing, requested.healthCheck, context) }),
  };
}

function isAllowed(type: GroupType, member: keyof AskedConfig, context: Context): boolean {
  return type === 'INSTANCE' && member === 'ipAddressType' && context.setting(instanceAddressType) === 'IPV4';
}

function addressTypeOf(
  type: GroupType,
  { ipAddressType: requested }: AskedConfig,
  context: Context,
): Pick<Config, 'ipAddressType'> {
  if (type === 'ALB') return {};
  if (requested) return { ipAddressType: requested };
  const rule = type === 'IP' ? omittedAddressType : instanceAddressType;
  return context.setting<'IPV4' | 'absent' | 'refuse'>(rule) === 'IPV4' ? { ipAddressType: 'IPV4' } : {};
}

function filledRouting(type: GroupType, requested: AskedConfig, context: Context) {
  const protocol = requested.protocol ?? context.setting(omittedProtocol);
  if (protocol === 'refuse') throw invalid('protocol', `be given for a target group of type ${type}`);
  if (protocol !== 'TCP') {
    const { port = defaultPorts[protocol], protocolVersion = 'HTTP1' as const } = requested;
    return { port, protocol, protocolVersion };
  }
  if (type === 'ALB' && context.setting(tcpForAlb) === 'refuse') {
    throw invalid('protocol', 'be HTTP or HTTPS for a target group of type ALB');
  }
  if (requested.protocolVersion) throw invalid('protocolVersion', 'be absent for the protocol TCP');
  if (requested.port === undefined) throw invalid('port', 'be given for the protocol TCP');
  return { port: requested.port, protocol };
}

function knownVpc(vpcIdentifier: string | undefined, { region, context }: Place): string {
  if (vpcIdentifier === undefined) throw invalid('vpcIdentifier', 'be given');
  if (findVpc(region, vpcIdentifier)) return vpcIdentifier;
  if (context.setting(unknownVpc) === 'ResourceNotFound') throw notFound('VPC', vpcIdentifier);
  throw invalid('vpcIdentifier', `be a VPC of ${region}`);
}

function invalid(member: keyof AskedConfig, must: string): InputError {
  return new InputError('constraint', `config.${member}`, must);
}
