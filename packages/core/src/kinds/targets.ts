// The targets that an entry point registers in a target group of VPC Lattice: one step for all of them. The group can have
// foreign targets, too.

import { listOf, membersOf } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { MAX_TARGETS, TARGETS_PER_CALL } from '../request/aws/target-group-members.ts';
import type { TargetGroupSpec } from '../request/aws/vpc-lattice.ts';
import type { Use } from '../request/permission.ts';
import { collectionOf } from './collections.ts';
import { ANOTHER_NAME, type Decision, type Situation } from './decision.ts';
import type { Observation } from './observation.ts';
import { groupName, targetGroupStep } from './target-group.ts';
import type { KindTraits } from './traits.ts';
import { endpointPort, named } from './uses.ts';
import { wanted } from './wanted.ts';

export const targets: KindTraits<'targets'> = {
  cloud: 'aws',
  part: 'targetGroups',
  steps: ({ targetGroups }, { region }) =>
    targetGroups.flatMap((spec, index) => stepsOf(spec, index, region)),
  uses: ({ targetGroups }) => targetGroups.flatMap(usesOf),
  parents: { targetGroupArn: 'targetGroup' },
  namesInParent: desired => desired.targets.map(target => `target ${targetKey(target).replace(/:$/, '')}`),
  replacement: 'in place',
  decide,
  countsIn: ({ region, targets }, { name }) => ({ [collectionOf.targets(region, name)]: targets.length }),
  addedItems: ({ desired }, observed) => absentFrom(desired.targets, observed).length,
  droppedPart: ({ desired }, owned, most) => {
    const dropped = droppedBy(desired.targets, owned).slice(0, most);
    return dropped.length > 0 ? partOf(owned, dropped) : undefined;
  },
  bounds: { targets: MAX_TARGETS },
  health: true,
  // The cloud checks targets before it uses them, and drains them before it removes them.
  usualSeconds: 60,
  calls: ({ desired, instructions }) =>
    Math.max(1, Math.ceil(listOf((instructions ?? desired)['targets']).length / TARGETS_PER_CALL)),
};

interface Target {
  id: string;
  port?: number;
}

/** The identity of a target in the API. A function has no port. */
function targetKey({ id, port }: Target): string {
  return `${id}:${port ?? ''}`;
}

/** Registers only absent targets, so that undo deregisters only these. The cleanup deregisters dropped targets. */
function decide({
  step,
  owned,
  observed,
  isMadeAnew,
  partRemovedFirst,
}: Situation<'targets'>): Decision<'targets'> | undefined {
  if (isMadeAnew || (!observed && !owned)) return undefined;
  const wanted = step.desired.targets;
  const absent = absentFrom(wanted, observed);
  const removedFirst = partRemovedFirst?.desired.targets.map(targetKey) ?? [];
  const dropped = droppedBy(wanted, owned).filter(target => !removedFirst.includes(targetKey(target)));
  if (owned && dropped.some(isOnly) && absent.length > 0) return exchange(step, owned);
  const reason = `${wanted.length - absent.length} of ${wanted.length} are already registered`;
  const registration =
    observed && absent.length === 0
      ? { act: owned ? ('unchanged' as const) : ('adopt' as const), existingId: observed.id }
      : { instructions: { targets: absent }, ...(observed ? { reason } : {}) };
  return {
    step: { ...step, ...registration },
    ...(owned && dropped.length > 0 ? { removedLast: partOf(owned, dropped) } : {}),
  };
}

function absentFrom(wanted: readonly Target[], observed: Observation | undefined): Target[] {
  const registered = membersOf(observed?.snapshot['targets']);
  return wanted.filter(target => !(targetKey(target) in registered));
}

function droppedBy(wanted: readonly Target[], owned: Owned<'targets'> | undefined): Target[] {
  const keys = new Set(wanted.map(targetKey));
  return (owned?.desired.targets ?? []).filter(target => !keys.has(targetKey(target)));
}

/** A function or a load balancer: its group can have no other target. */
function isOnly({ id }: Target): boolean {
  return id.startsWith('arn:');
}

/** The group takes only one target and stays, so the old target is removed before the new one is added. */
function exchange(step: Step<'targets'>, owned: Owned<'targets'>): Decision<'targets'> {
  const reason = 'the group takes one target';
  const text = `${step.title}: the old target is removed before the new one is added, because ${reason}`;
  return {
    step: { ...step, reason },
    removedFirst: [{ resources: [owned], reason }],
    interruptions: [{ text, otherWay: ANOTHER_NAME }],
  };
}

function partOf(owned: Owned<'targets'>, dropped: Target[]): Owned<'targets'> {
  const title = `${dropped.length} target${dropped.length === 1 ? '' : 's'} dropped`;
  return { ...owned, title, desired: { ...owned.desired, targets: dropped } };
}

function usesOf({ type, targets }: TargetGroupSpec, index: number): Use[] {
  return targets.flatMap((target, at) => {
    const path = ['targetGroups', index, 'targets', at];
    const id = [...path, 'id'];
    // A version or an alias belongs to its function.
    if (type === 'LAMBDA')
      return [named('functions', target.id, id, [target.id.split(':').slice(0, 7).join(':')])];
    return [
      named('targets', target.id, id),
      ...('port' in target ? endpointPort(target.port, [...path, 'port']) : []),
    ];
  });
}

function stepsOf(spec: TargetGroupSpec, index: number, home: string): Step<'targets'>[] {
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

/** The group's port for a target without one: id and port identify a target in the API, and there can be foreign targets. */
function withPorts({ targets, config }: TargetGroupSpec): TargetGroupSpec['targets'][number][] {
  const usual = config && 'port' in config ? { port: config.port } : {};
  return targets.map(target => ({ ...usual, ...target }));
}
