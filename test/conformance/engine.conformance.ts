// The state machine as emitted and the functions as deployed, on an engine that shares no code with ours: moto's interpreter of the
// Amazon States Language. Each scenario ends the same on both engines, and walks the same states with the same inputs.
import { onBothEngines } from './both-engines.ts';
import { SCENARIOS } from './engine-scenarios.ts';

await onBothEngines(SCENARIOS);
