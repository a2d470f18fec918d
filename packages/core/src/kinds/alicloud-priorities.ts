// Priorities of forwarding rules, of which a listener has each once: two rules that swap theirs, or one that takes that of a
// rule that goes, would be refused. So whoever has a number that another is to get gives way first. Pure.
import { type Owned, resolved } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Sighting } from './observation.ts';

const LAST = 10_000;

/** `wanted`: the steps of all rules that will stand; `sightings`: of those of them that stand. */
export function prioritiesGivingWay(
  wanted: readonly Step[],
  owned: readonly Owned[],
  sightings: ReadonlyMap<string, Sighting>,
): Step[] {
  const rules = wanted.filter(({ kind }) => kind === 'forwardingRule');
  const takers = new Map(rules.map(({ id, desired }) => [desired['priority'], id]));
  const standing = owned
    .filter(({ kind }) => kind === 'forwardingRule')
    .flatMap(rule => {
      const isWanted = rules.some(({ id }) => id === rule.step);
      const seen = sightings.get(rule.step);
      // One that is wanted and was not seen is gone; one that is to go was not looked for.
      if (isWanted && !seen) return [];
      return [{ rule, priority: seen ? seen.image['priority'] : rule.desired['priority'] }];
    });
  const taken = new Set([...takers.keys(), ...standing.map(({ priority }) => priority)]);
  const inTheWay = standing.filter(({ rule, priority }) => (takers.get(priority) ?? rule.step) !== rule.step);
  return inTheWay.map(({ rule, priority }) => {
    const free = lastFree(taken);
    taken.add(free);
    return {
      id: `prepare-${rule.step}`,
      kind: rule.kind,
      act: 'update',
      title: `priority of ${rule.title}`,
      mayBeGone: true,
      desired: { ...resolved(rule, owned), priority: free },
      needs: {},
      standing: rule.id,
      of: rule.step,
      changes: [{ member: 'priority', from: priority, to: free }],
      because: `${takers.get(priority)} gets its number`,
    };
  });
}

/** Where it comes after all others. */
function lastFree(taken: ReadonlySet<unknown>): number {
  let free = LAST;
  while (taken.has(free)) free--;
  return free;
}
