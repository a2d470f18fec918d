// The errors of Classic Elastic Load Balancing by their codes on the wire, which differ from the SDK's names
// (LoadBalancerNotFound is its AccessPointNotFoundException), with the model's statuses.
import { errorsBy } from '../shared/errors.ts';

const STATUSES = {
  DependencyThrottle: 400,
  DuplicateListener: 400,
  DuplicatePolicyName: 400,
  InvalidAction: 400,
  InvalidConfigurationRequest: 409,
  ListenerNotFound: 400,
  LoadBalancerNotFound: 400,
  MissingAction: 400,
  MissingParameter: 400,
  PolicyNotFound: 400,
  PolicyTypeNotFound: 400,
  Throttling: 400,
  ThrottlingException: 400,
  TooManyPolicies: 400,
  ValidationError: 400,
};

export type ErrorCode = keyof typeof STATUSES;

export const cloudError = errorsBy(STATUSES);
