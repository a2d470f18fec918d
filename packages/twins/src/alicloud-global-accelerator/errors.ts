// The codes of Global Accelerator and of the gateway before it, with their odd spellings. A rule that the documentation
// gives without a code has an invented one here, so that no test relies on it unnoticed.
import { CloudError } from '../shared/cloud.ts';
import type { InputError } from '../shared/input.ts';

/** Each is documented, or retried by name in the vendor's Terraform provider. */
export type Code =
  | 'DryRunOperation'
  | 'Exist.EndpointGroup'
  | 'Exist.ForwardingRule'
  | 'GA_NOT_STEADY'
  | 'IdempotentParameterMismatch'
  | 'NoPermission.EnableHealthCheck'
  | 'NoPermission.VpcEndpoint'
  | 'NotActive.Listener'
  | 'NotExist.Accelerator'
  | 'NotExist.BasicBandwidthPackage'
  | 'NotExist.BusinessRegion'
  | 'NotExist.EndPointGroup'
  | 'NotExist.Listener'
  | 'NotExist.ListenerPort'
  | 'PortConflict.Listener'
  | 'PortRangeIllegal.Count'
  | 'PortRangeIllegal.ExceedGaAbility'
  | 'PortRangeIllegal.Listener'
  | 'PortRangeIllegal.UDP'
  | 'PortRanges.MustOne'
  | 'ProtocalIllegal.Listener'
  | 'QuotaExceeded.EndPoint'
  | 'QuotaExceeded.ForwardingRule'
  | 'QuotaExceeded.Listener'
  | 'QuotaExceeded.ListenerPort'
  | 'QuotaExceeded.PortOverride'
  | 'QuotaExceeded.RuleConditionConfig'
  | 'StateError.Accelerator'
  | 'StateError.EndPointGroup'
  | 'StateError.ForwardingRule'
  | 'StateError.Listener'
  | 'SystemBusy'
  | 'SystemPort.Listener'
  | 'UnknownError';

/** For documented rules with undocumented codes. */
export type InventedCode =
  | 'Exist.AdditionalCertificate'
  | 'Exist.VirtualEndpointGroup'
  | 'NotExist.DefaultEndpointGroup'
  | 'NoPermission.EnableClientIPPreservation'
  | 'NoPermission.EndpointType'
  | 'NoPermission.Protocol'
  | 'NoPermission.ServiceManaged'
  | 'NotExist.Certificate'
  | 'NotExist.Endpoint'
  | 'NotExist.ForwardingRule'
  | 'QuotaExceeded.AdditionalCertificate'
  | 'QuotaExceeded.EndpointGroup'
  | 'QuotaExceeded.Tag';

/** Business errors are all 400, "not found" included. */
export function gaError(code: Code | InventedCode, message: string): CloudError {
  return new CloudError(code, 400, message);
}

/** Invented: the API has the family of codes, but not for these members. */
export function illegal(member: string, must: string): CloudError {
  return new CloudError(`IllegalParameter.${member}`, 400, `${member} must ${must}`);
}

/** The gateway's own error, before the call reaches the product; it counts from 1. */
export function missing(path: string): CloudError {
  const member = path.replaceAll(/\[(\d+)\]/g, (_, index) => `.${Number(index) + 1}`);
  return new CloudError(`Missing${member}`, 400, `${member} is mandatory for this action.`);
}

export function gatewayError(code: string, message: string, status = 400): CloudError {
  return new CloudError(code, status, message);
}

export function notExist(kind: 'Accelerator' | 'Listener' | 'EndPointGroup', id: string): CloudError {
  return gaError(`NotExist.${kind}`, `There is no ${kind} ${id}`);
}

export function inputErrorOf(error: InputError): CloudError {
  const member = /(?<!\w)(\w+)(\[\d+\])?$/.exec(error.at)?.[1] ?? 'Request';
  if (error.kind === 'type') return gatewayError(`Invalid${member}.Malformed`, error.message);
  return new CloudError(`IllegalParameter.${member}`, 400, error.message);
}
