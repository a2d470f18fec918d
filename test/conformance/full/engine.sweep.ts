// Every change of an entry point on both engines, of which the conformance suite runs a sample.
import { onBothEngines } from '../both-engines.ts';
import { UPDATES } from '../engine-scenarios.ts';

await onBothEngines(UPDATES);
