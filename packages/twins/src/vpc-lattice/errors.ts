// The errors of VPC Lattice: each with the HTTP status and the extra members of the API's model.
import { CloudError } from '../shared/cloud.ts';
import type { InputError } from '../shared/input.ts';

/** The model has the member, not its values. */
export type ResourceType = 'TARGET_GROUP' | 'SERVICE' | 'LISTENER' | 'VPC' | 'TARGET';

export function conflict(
  message: string,
  of: { resourceId: string; resourceType: ResourceType },
): CloudError {
  return new CloudError('ConflictException', 409, message, of);
}

export function notFound(resourceType: ResourceType, resourceId: string): CloudError {
  return new CloudError('ResourceNotFoundException', 404, `${resourceType} ${resourceId} is not found`, {
    resourceId,
    resourceType,
  });
}

/** Payment required: the model's status for a quota. The quota's code is invented, because AWS's is not published. */
export function quotaExceeded(message: string, resourceType: ResourceType): CloudError {
  return new CloudError('ServiceQuotaExceededException', 402, message, {
    ...quota,
    resourceType,
  });
}

export function throttled(): CloudError {
  return new CloudError('ThrottlingException', 429, 'Rate exceeded', quota);
}

export function validation(error: InputError): CloudError {
  if (error.kind === 'type') return cannotParse(error.message);
  const field = { name: error.at, message: error.message };
  return invalid(error.message, { reason: 'fieldValidationFailed', fieldList: [field] });
}

export function cannotParse(message: string): CloudError {
  return invalid(message, { reason: 'cannotParse' });
}

/** The model has this reason and no error of that name. */
export function unknownOperation(requested: string): CloudError {
  return invalid(`There is no operation ${requested}`, { reason: 'unknownOperation' });
}

/** An error that a fault injects has no extra members: those that the model requires are added. */
export function membersOf({ code, members }: CloudError): Record<string, unknown> {
  return { ...required[code], ...members };
}

function invalid(message: string, members: { reason: string; fieldList?: unknown }): CloudError {
  return new CloudError('ValidationException', 400, message, members);
}

const quota = { serviceCode: 'vpc-lattice', quotaCode: 'L-00000000' };
const anyGroup = { resourceId: 'unknown', resourceType: 'TARGET_GROUP' };

const required: Record<string, Record<string, unknown>> = {
  ConflictException: anyGroup,
  ResourceNotFoundException: anyGroup,
  ServiceQuotaExceededException: { ...quota, resourceType: 'TARGET_GROUP' },
  ValidationException: { reason: 'other' },
};
