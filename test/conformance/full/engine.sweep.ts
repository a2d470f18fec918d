// On both engines: every change of an entry point, of which the conformance suite runs a sample; and retries that run out.
import { onBothEngines } from '../both-engines.ts';
import { EXHAUSTED, UPDATES } from '../engine-scenarios.ts';

await onBothEngines([...UPDATES, EXHAUSTED]);
