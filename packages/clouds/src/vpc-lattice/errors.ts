// Error names of VPC Lattice. A conflict means that the object is in use, draining or still being created, and is transient.
// Only a conflict of a create is permanent, a taken name; the create call maps it itself.
import type { ErrorTable } from '../errors.ts';

export const ERRORS: ErrorTable = {
  ResourceNotFoundException: 'NotFound',
  ConflictException: 'Busy',
  ServiceQuotaExceededException: 'ServiceLimitExceeded',
  InternalServerException: 'ServiceInternalError',
};
