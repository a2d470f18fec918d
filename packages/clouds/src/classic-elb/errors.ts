// Error names of Classic Elastic Load Balancing. The SDK does not treat DependencyThrottle as a throttle.
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
