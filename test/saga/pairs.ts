// Two faults in one run of examples/checkout-edge.yaml: any kind at any call, with any other at any other.
import { BACKWARD, casesOf, FORWARD } from './fault-kinds.ts';
import { baselineOf, type Case, type PlannedFault } from './sweep.ts';

/** Whatever the two are, the job ends, and what its end says is so. */
const ENDS = ['SUCCEEDED', 'ROLLED_BACK', 'ROLLBACK_FAILED'];

export async function pairs(): Promise<Case[]> {
  const example = await baselineOf('checkout-edge');
  const forward = FORWARD.flatMap(kind => casesOf(example, kind, 'forward'));
  const backward = BACKWARD.flatMap(kind => casesOf({ ...example, turnBack: [] }, kind, 'backward'));
  const singles = [...forward, ...backward];
  return singles.flatMap((one, at) =>
    singles.slice(at + 1).map(other => pair(one, other, backward.includes(other) ? example.turnBack : [])),
  );
}

/** Where one of them decides how the job goes on, the other may never be met, nor what was to turn the job back. */
function pair(one: Case, other: Case, turnBack: PlannedFault[]): Case {
  const unless = 'the other fault turned the job back before it, or hit the call';
  const faults = [...(one.faults ?? []), ...(other.faults ?? []), ...turnBack];
  return {
    name: `${one.name} and ${other.name}`,
    value: one.value,
    faults: faults.map(fault => ({ ...fault, unless })),
    atLeastOne: true,
    ends: ENDS,
  };
}
