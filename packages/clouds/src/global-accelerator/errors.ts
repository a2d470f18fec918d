// Error names of AWS Global Accelerator. LimitExceeded is a quota here, although the SDK takes it for a throttle. A stale
// page token, or another client's change that is still running, heals when the call is repeated.
import type { ErrorTable } from '../errors.ts';

export const ERRORS: ErrorTable = {
  AcceleratorNotFoundException: 'NotFound',
  ListenerNotFoundException: 'NotFound',
  EndpointGroupNotFoundException: 'NotFound',
  EndpointNotFoundException: 'NotFound',
  EndpointGroupAlreadyExistsException: 'AlreadyExists',
  EndpointAlreadyExistsException: 'AlreadyExists',
  LimitExceededException: 'ServiceLimitExceeded',
  InvalidArgumentException: 'InvalidRequest',
  InvalidPortRangeException: 'InvalidRequest',
  ConflictException: 'ResourceConflict',
  AssociatedEndpointGroupFoundException: 'ResourceConflict',
  InternalServiceErrorException: 'ServiceInternalError',
  TransactionInProgressException: 'Busy',
  InvalidNextTokenException: 'Busy',
};

/** The message of an InvalidArgument about a load balancer that is still being created: only the text gives its state. */
export const NOT_ACTIVE_YET = /not (yet )?(in an? )?active|provisioning/i;
