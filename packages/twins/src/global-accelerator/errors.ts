// The errors of Global Accelerator, each with the HTTP status of the API's model.
import type { CloudError } from '../shared/cloud.ts';
import { errorsBy } from '../shared/errors.ts';

const STATUSES = {
  AcceleratorNotDisabledException: 400,
  AcceleratorNotFoundException: 404,
  AccessDeniedException: 403,
  AssociatedEndpointGroupFoundException: 400,
  AssociatedListenerFoundException: 400,
  ConflictException: 409,
  EndpointGroupAlreadyExistsException: 400,
  EndpointGroupNotFoundException: 404,
  InvalidArgumentException: 400,
  InvalidNextTokenException: 400,
  InvalidPortRangeException: 400,
  InvalidSignatureException: 400,
  LimitExceededException: 403,
  ListenerNotFoundException: 404,
  SerializationException: 400,
  TransactionInProgressException: 409,
  UnknownOperationException: 400,
};

export type ErrorCode = keyof typeof STATUSES;

export const cloudError = errorsBy(STATUSES);

export function invalidArgument(message: string): CloudError {
  return cloudError('InvalidArgumentException', message);
}

export function notFound(kind: 'Accelerator' | 'Listener' | 'EndpointGroup', arn: string): CloudError {
  return cloudError(`${kind}NotFoundException`, `There is no ${kind} with the ARN ${arn}`);
}
