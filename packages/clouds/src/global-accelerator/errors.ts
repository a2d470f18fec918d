// Error names of AWS Global Accelerator. LimitExceeded is a quota here, although the SDK treats it as a throttle. A stale page
// token and a concurrent change are transient.
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

/** The message of an InvalidArgument for a load balancer that is still being created. Only the text has its state. */
export const NOT_ACTIVE_YET = /not (yet )?(in an? )?active|provisioning/i;
