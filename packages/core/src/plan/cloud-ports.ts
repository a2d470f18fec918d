// The ports of planning: checks of a whole request against the clouds.
import type { ValidationIssue } from '../json/validation-issues.ts';
import type { Collection } from '../kinds/collections.ts';
import type { StepPorts } from '../ports/ports.ts';
import type { Request } from '../request/request.ts';
import type { RequestPorts } from '../request/request-ports.ts';

/** An error in a request that only a read of the cloud can show. */
export interface Finding extends ValidationIssue {
  code:
    | 'InvalidRequest'
    | 'NotFound'
    | 'AlreadyExists'
    | 'ServiceLimitExceeded'
    | 'ResourceConflict'
    | 'TooManySteps';
}

/** Ports for functions that read whole clouds. */
export interface CloudPorts extends StepPorts {
  /**
   * Checks a request against the clouds, before the first change. Changes nothing. `ours`: the ids, as from `idOf`, of all
   * resources of the entry point, which cannot conflict with the request; `leaving`: those that the plan deletes before any other
   * change.
   */
  preflight(request: Request, ours?: readonly string[], leaving?: readonly string[]): Promise<Finding[]>;
  /** The bounded collections that the request takes part in, as they are now. Changes nothing. */
  collections(request: Request, ours?: readonly string[]): Promise<Collection[]>;
  /** Unexpected results of the request, for people. */
  warnings(request: Request, ours?: readonly string[]): Promise<string[]>;
  /**
   * The same for one reading of the clouds, such as a plan or a drift report: what several resources ask is asked once. Of a
   * reading, the same reading.
   */
  reading(): CloudReads & Pick<CloudPorts, 'reading'>;
}

/** What reads the clouds. */
export type CloudReads = Pick<CloudPorts, 'resource' | 'preflight' | 'collections' | 'warnings'>;

/** The ports with one reading of the clouds. */
export function forOneReading<P extends CloudPorts>(ports: P): P {
  return { ...ports, ...ports.reading() };
}

/** The ports of Begin, which parses a request and reads the clouds. */
export type EveryPort = RequestPorts & CloudPorts;
