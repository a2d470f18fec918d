// A request as the steps that serve it. The plan is data: fixed when the job begins, stored, versioned;
// the machine walks it and nothing recomputes it.
import type { Request } from './request.ts';
import type { Kind } from './resource.ts';

export const PLAN_VERSION = 1;
/** Step Functions history and one item's size bound a job; the issue is a job, not a fleet. */
export const MAX_STEPS = 100;

export interface Step {
  /** Unique in its plan, and the same in every attempt: the token is derived from it. */
  id: string;
  kind: Kind;
  act: 'create' | 'settle';
  /** For people: `endpoint group eu-west-1`. */
  title: string;
  desired: Record<string, unknown>;
  /** Members of `desired` that are another step's cloud id, known only when that step has made it. */
  needs: Record<string, string>;
}

export interface Plan {
  version: typeof PLAN_VERSION;
  steps: Step[];
}

/** A lane as the machine's state carries it: step ids only, in the order in which they are to be walked. */
export interface ListenerLane {
  listener: string;
  endpointGroups: string[];
  accelerator: string;
}

export interface Lanes {
  listeners: ListenerLane[];
}

export function planSteps(request: Request): Plan {
  const { listener, endpointGroups } = request;
  const groups = endpointGroups.map(
    (group): Step => ({
      id: `endpoint-group-${group.region}`,
      kind: 'endpointGroup',
      act: 'create',
      title: `endpoint group ${group.region}`,
      desired: { ...group },
      needs: { listenerArn: 'listener' },
    }),
  );
  const steps: Step[] = [
    {
      id: 'listener',
      kind: 'listener',
      act: 'create',
      title: `listener ${listener.protocol} ${listener.portRanges.map(portRange).join(', ')}`,
      desired: { ...listener },
      needs: {},
    },
    ...groups,
    {
      id: 'accelerator',
      kind: 'accelerator',
      act: 'settle',
      title: 'accelerator deployed',
      desired: { acceleratorArn: listener.acceleratorArn },
      needs: {},
    },
  ];
  if (steps.length > MAX_STEPS) throw new RangeError(`a plan has at most ${MAX_STEPS} steps`);
  return { version: PLAN_VERSION, steps };
}

/** The lanes of a plan; backward, what must follow one another does so in reverse. */
export function lanesOf(plan: Plan, direction: 'forward' | 'backward'): Lanes {
  const groups = plan.steps.filter(step => step.kind === 'endpointGroup').map(step => step.id);
  const endpointGroups = direction === 'forward' ? groups : groups.toReversed();
  return {
    listeners: plan.steps
      .filter(step => step.kind === 'listener')
      .map(step => ({ listener: step.id, endpointGroups, accelerator: 'accelerator' })),
  };
}

/** What only one job at a time may shape, besides the entry point itself; sorted, so that no two jobs wait in a ring. */
export function targetsOf(request: Request): string[] {
  return [`accelerator/${request.listener.acceleratorArn}`].toSorted();
}

function portRange({ fromPort, toPort }: { fromPort: number; toPort: number }): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}
