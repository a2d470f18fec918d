// The outputs of a resource, as jobs, entry points and events carry them.
import type { Kind } from '../ports/kind.ts';
import type { Outputs } from '../ports/outputs.ts';

/** `id`: its id in the cloud. */
export interface ResourceOutputs extends Outputs {
  step: string;
  kind: Kind;
  id: string;
}

/** Ours: a job keeps this many for its events, far below the size of an event. The job's own answer has all. */
export const MAX_EVENT_OUTPUTS = 100;
