// Error names of AWS Global Accelerator. LimitExceeded is a quota here, although the SDK treats it as a throttle. A
// concurrent change and a page token that became invalid are transient.
import type { ErrorTable, TransientText } from '../errors.ts';

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

/**
 * An InvalidArgument for a load balancer that is still being created: only the text has its state, and its wording is not
 * documented. A load balancer is active after a few minutes.
 */
export const NOT_ACTIVE_YET: TransientText = {
  code: 'InvalidArgumentException',
  text: /\bnot (yet )?(in (an? |the )?)?active\b|\bprovisioning\b/i,
  retry: { code: 'Busy', limitSeconds: 600, permanentCode: 'InvalidRequest' },
};
