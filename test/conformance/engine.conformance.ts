// The emitted state machine with the real functions on a second engine: moto's interpreter of the Amazon States Language, which
// shares no code with ours. Each scenario must end the same on both engines, through the same states with the same inputs.
import { onBothEngines } from './both-engines.ts';
import { SCENARIOS } from './engine-scenarios.ts';

await onBothEngines(SCENARIOS);
