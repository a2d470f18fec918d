// On both engines: every update of an entry point, of which the conformance suite runs a sample, and exhausted retries.
import { onBothEngines } from '../both-engines.ts';
import { EXHAUSTED, UPDATES } from '../engine-scenarios.ts';

await onBothEngines([...UPDATES, EXHAUSTED]);
