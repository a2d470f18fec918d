// The members of a resource that a plan creates, with the values that they will have. The request supplies most of them; the
// others are documented defaults, or ids that are known once other resources exist. Pure.
import { type Members, membersOf } from '../json/plain-members.ts';
import { isObject } from '../json/plain-value.ts';
import { traitsOf } from '../kinds/kinds.ts';
import { adoptable } from '../plan/match.ts';
import type { Change, Step } from '../record/plan.ts';
import type { PlanView } from './answers.ts';

type ChangeView = PlanView['changes'][number];

/** `sent`: the request as it was sent. `parsed`: the same with every default filled in. `steps`: all steps of the plan. */
export interface Requested {
  sent: unknown;
  parsed: unknown;
  steps: readonly Step[];
}

/** The members of a step that creates, in the order of its kind. A replacement also has the earlier value of what differs. */
export function createdMembers(step: Step, { sent, parsed, steps }: Requested): ChangeView[] {
  const { part = '', kind, needs, changes = [] } = step;
  const defaults = traitsOf(kind).defaults?.(step, steps) ?? {};
  // Without the tags that Gatehouse sets for itself.
  const members = merged(membersOf(adoptable(step).desired), defaults);
  const spec = merged(membersOf(at(parsed, part)), defaults);
  return [
    ...leavesOf(members, { spec, sent: membersOf(at(sent, part)), changes }),
    ...Object.entries(needs).map(([member, parent]) => needed(member, parent, steps)),
  ];
}

interface Origin {
  spec: Members;
  sent: Members;
  changes: readonly Change[];
}

/** An object is shown member by member if only some of its members are defaults or changes. */
function leavesOf(members: Members, { spec, sent, changes }: Origin, path = ''): ChangeView[] {
  return Object.entries(members).flatMap(([name, to]) => {
    const member = `${path}${name}`;
    const isDefault = name in spec && !(name in sent);
    const inner =
      isObject(to) && !isDefault
        ? leavesOf(to, { spec: membersOf(spec[name]), sent: membersOf(sent[name]), changes }, `${member}.`)
        : [];
    if (inner.some(each => each.isDefault || 'from' in each)) return inner;
    const { from } = changes.find(change => change.member === member) ?? {};
    return [{ member, ...(from === undefined ? {} : { from }), to, ...(isDefault ? { isDefault } : {}) }];
  });
}

function needed(member: string, parent: string, steps: readonly Step[]): ChangeView {
  const to = steps.find(({ id }) => id === parent)?.existingId;
  return { member, ...(to === undefined ? { idOf: parent } : { to }) };
}

/** The value at a JSON pointer of plain names and indices. */
function at(value: unknown, pointer: string): unknown {
  return pointer
    .split('/')
    .slice(1)
    .reduce<unknown>((inner, name) => Reflect.get(Object(inner), name), value);
}

function merged(members: Members, defaults: Members): Members {
  const added = Object.entries(defaults).map(([name, value]): [string, unknown] => {
    const own = members[name];
    return [name, isObject(own) && isObject(value) ? merged(own, value) : (own ?? value)];
  });
  return { ...members, ...Object.fromEntries(added) };
}
