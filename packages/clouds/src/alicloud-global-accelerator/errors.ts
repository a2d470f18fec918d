// Error codes of Alibaba Cloud Global Accelerator and of its gateway. They have the API's spelling, which is not always
// consistent, and are compared as a whole.
// Source: docs/clouds/alicloud-global-accelerator.md, errors; docs/clouds/alicloud-gateway.md, answers.
import type { ErrorCode } from '@gatehouse/core/ports/errors';
import type { ErrorTable } from '../errors.ts';

export const ERRORS: ErrorTable = {
  'StateError.Accelerator': 'Busy',
  'NotActive.Listener': 'Busy',
  'StateError.Listener': 'Busy',
  'StateError.EndPointGroup': 'Busy',
  'StateError.ForwardingRule': 'Busy',
  'StateError.IpSet': 'Busy',
  'NotActive.IpSet': 'Busy',
  'StateError.BandwidthPackage': 'Busy',
  'StateError.Acl': 'Busy',
  ACL_NOT_STEADY: 'Busy',
  GA_NOT_STEADY: 'Busy',
  // Also the code of a malformed rule: then only the job's deadline ends the retries.
  SystemBusy: 'Busy',
  Throttling: 'Throttled',
  'Throttling.User': 'Throttled',
  'Throttling.Api': 'Throttled',
  'Rejected.Throttling': 'Throttled',
  ServiceUnavailable: 'ServiceInternalError',
  InternalError: 'ServiceInternalError',
  UnknownError: 'ServiceInternalError',
  RequestTimeoutError: 'NetworkFailure',
  // Each call is signed anew, with a nonce and a time of its own.
  SignatureNonceUsed: 'Busy',
  'InvalidTimeStamp.Expired': 'Busy',
  'InvalidTimeStamp.Format': 'Busy',
  'NotExist.Accelerator': 'NotFound',
  'NotExist.Listener': 'NotFound',
  'NotExist.EndPointGroup': 'NotFound',
  // A package that was just associated is not visible at once.
  'NotExist.BasicBandwidthPackage': { code: 'Busy', limitSeconds: 300, permanentCode: 'NotFound' },
  'NotExist.ListenerPort': 'InvalidRequest',
  'NotExist.BusinessRegion': 'InvalidRequest',
  'Exist.EndpointGroup': 'AlreadyExists',
  'Exist.ForwardingRule': 'ResourceConflict',
  'PortConflict.Listener': 'AlreadyExists',
  'ProtocalIllegal.Listener': 'InvalidRequest',
  'PortRangeIllegal.Listener': 'InvalidRequest',
  'PortRangeIllegal.Count': 'InvalidRequest',
  'PortRangeIllegal.ExceedGaAbility': 'InvalidRequest',
  'PortRangeIllegal.UDP': 'InvalidRequest',
  'SystemPort.Listener': 'InvalidRequest',
  'PortRanges.MustOne': 'InvalidRequest',
  IdempotentParameterMismatch: 'InvalidRequest',
  SignatureDoesNotMatch: 'AccessDenied',
  IncompleteSignature: 'AccessDenied',
};

/** Families of codes, identified by their first word. */
const FAMILIES: Record<string, ErrorCode> = {
  Throttling: 'Throttled',
  StateError: 'Busy',
  NotExist: 'NotFound',
  Exist: 'AlreadyExists',
  QuotaExceeded: 'ServiceLimitExceeded',
  NoPermission: 'AccessDenied',
  Forbidden: 'AccessDenied',
  InvalidAccessKeyId: 'AccessDenied',
  InvalidSecurityToken: 'AccessDenied',
  InvalidCredentials: 'AccessDenied',
  IllegalParameter: 'InvalidRequest',
  InvalidParameter: 'InvalidRequest',
  InvalidAction: 'InvalidRequest',
  InvalidApi: 'InvalidRequest',
  InvalidVersion: 'InvalidRequest',
};

/** The meaning of an unlisted code by its family: `QuotaExceeded.EndPoint`, `MissingAcceleratorId`. */
export function familyOf(name: string): ErrorCode | undefined {
  if (/^Missing[A-Z]|^Invalid\w+\.Malformed$/.test(name)) return 'InvalidRequest';
  return FAMILIES[name.split('.')[0] ?? ''];
}
