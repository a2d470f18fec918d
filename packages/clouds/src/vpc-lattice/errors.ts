// Error names of VPC Lattice. A conflict means that the object is in use, draining or still being created, and heals;
// only a create's conflict is a name clash, and the create says so itself.
import type { ErrorTable } from '../errors.ts';

export const ERRORS: ErrorTable = {
  ResourceNotFoundException: 'NotFound',
  ConflictException: 'Busy',
  ServiceQuotaExceededException: 'ServiceLimitExceeded',
  InternalServerException: 'ServiceInternalError',
};
