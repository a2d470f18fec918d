// The targets that an entry point registers in a target group of VPC Lattice: one step for all of them. Others may have theirs
// in the group too.

import { listOf, type Members, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { MAX_TARGETS } from '../request/aws/target-group-members.ts';
import type { TargetGroupSpec } from '../request/aws/vpc-lattice.ts';
import { ANOTHER_NAME, type Decision, type Situation } from './decision.ts';
import { groupName, targetGroupStep } from './target-group.ts';
import type { KindTraits } from './traits.ts';
import { wanted } from './wanted.ts';

/** Of one Register or Deregister call. */
const TARGETS_PER_CALL = 100;

export const targets: KindTraits = {
  cloud: 'aws',
  part: 'targetGroups',
  steps: ({ targetGroups }, { region }) =>
    targetGroups.flatMap((spec, index) => stepsOf(spec, index, region)),
  parents: { targetGroupArn: 'targetGroup' },
  namesInParent: ({ desired }) =>
    listOf(desired['targets']).map(target => `target ${targetKey(target).replace(/:$/, '')}`),
  replacement: 'in place',
  decide,
  bounds: { targets: MAX_TARGETS },
  // They are checked before they are used, and drained before they are removed.
  usualSeconds: 60,
  calls: ({ desired, instructions }) =>
    Math.max(1, Math.ceil(listOf((instructions ?? desired)['targets']).length / TARGETS_PER_CALL)),
};

/** As the API tells targets apart; a function has no port. */
function targetKey({ id, port }: Members): string {
  return `${id}:${port ?? ''}`;
}

/** Only absent ones are registered: undo then takes out just them. Dropped ones are taken out by the cleanup. */
function decide({ step, owned, observed, isMadeAnew }: Situation): Decision | undefined {
  if (isMadeAnew || (!observed && !owned)) return undefined;
  const wanted = listOf(step.desired['targets']);
  const registered = membersOf(observed?.snapshot['targets']);
  const absent = wanted.filter(target => !(targetKey(target) in registered));
  const keys = new Set(wanted.map(targetKey));
  const dropped = listOf(owned?.desired['targets']).filter(target => !keys.has(targetKey(target)));
  if (owned && dropped.some(isOnly) && absent.length > 0) return exchange(step, owned);
  const reason = `${wanted.length - absent.length} of ${wanted.length} are registered already`;
  const registration =
    observed && absent.length === 0
      ? { act: owned ? ('unchanged' as const) : ('adopt' as const), existingId: observed.id }
      : { instructions: { targets: absent }, ...(observed ? { reason } : {}) };
  return {
    step: { ...step, ...registration },
    ...(owned && dropped.length > 0 ? { removedLast: partOf(owned, dropped) } : {}),
  };
}

/** A function or a load balancer: its group takes no other target beside it. */
function isOnly({ id }: Members): boolean {
  return String(id).startsWith('arn:');
}

/** The group takes one target, and stays: so the old one is taken out before the new one is put in. */
function exchange(step: Step, owned: Owned): Decision {
  const reason = 'the group takes one target';
  const text = `${step.title}: the old one is taken out before the new one is put in, as ${reason}`;
  return {
    step: { ...step, reason },
    removedFirst: [{ resources: [owned], reason }],
    interruptions: [{ text, otherWay: ANOTHER_NAME }],
  };
}

function partOf(owned: Owned, dropped: Members[]): Owned {
  const title = `${dropped.length} target${dropped.length === 1 ? '' : 's'} dropped`;
  return { ...owned, title, desired: { ...owned.desired, targets: dropped } };
}

function stepsOf(spec: TargetGroupSpec, index: number, home: string): Step[] {
  const { length } = spec.targets;
  if (length === 0) return [];
  const name = groupName(spec, home);
  return [
    wanted('targets', {
      id: `targets-${name}`,
      title: `${length} target${length === 1 ? '' : 's'} of ${spec.name}`,
      desired: { region: spec.region ?? home, targets: withPorts(spec) },
      part: `/targetGroups/${index}`,
      needs: { targetGroupArn: targetGroupStep(name) },
    }),
  ];
}

/** The group's port where a target names none: the API keys a target by both, and others may have theirs beside it. */
function withPorts({ targets, config }: TargetGroupSpec): TargetGroupSpec['targets'][number][] {
  const usual = config && 'port' in config ? { port: config.port } : {};
  return targets.map(target => ({ ...usual, ...target }));
}
