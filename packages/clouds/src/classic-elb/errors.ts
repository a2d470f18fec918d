// Error names of Classic Elastic Load Balancing. DependencyThrottle is a throttle that the SDK does not count as one.
import type { ErrorTable } from '../errors.ts';

export const ERRORS: ErrorTable = {
  AccessPointNotFoundException: 'NotFound',
  PolicyNotFoundException: 'NotFound',
  ListenerNotFoundException: 'NotFound',
  DuplicatePolicyNameException: 'AlreadyExists',
  TooManyPoliciesException: 'ServiceLimitExceeded',
  InvalidConfigurationRequestException: 'ResourceConflict',
  DependencyThrottleException: 'Throttled',
  ValidationError: 'InvalidRequest',
};
