// What planning needs of the clouds: a request checked against them as a whole.
import type { ValidationIssue } from '../json/validation-issues.ts';
import type { StepPorts } from '../ports/ports.ts';
import type { Request } from '../request/request.ts';
import type { RequestPorts } from '../request/request-ports.ts';

/** A mistake that only a look at the cloud shows. */
export interface Finding extends ValidationIssue {
  code: 'InvalidRequest' | 'NotFound' | 'AlreadyExists' | 'ServiceLimitExceeded' | 'ResourceConflict';
}

/** Who looks at a whole cloud. */
export interface CloudPorts extends StepPorts {
  /**
   * Everything about a request that needs a look at the cloud, before the first change. Changes nothing. `ours`: the ids,
   * as `idOf` says them, of all that the entry point owns, which is in nobody's way.
   */
  preflight(request: Request, ours?: readonly string[]): Promise<Finding[]>;
  /** Quotas that the request would come near to, for people: their defaults are known, those raised are not. */
  warnings(request: Request, ours?: readonly string[]): Promise<string[]>;
}

/** What Begin has, which takes a request and looks at what stands. */
export type EveryPort = RequestPorts & CloudPorts;
