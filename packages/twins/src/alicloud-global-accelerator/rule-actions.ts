// The actions of a forwarding rule: where a request goes, or how it is answered, and how it is changed before. Every
// value except the older form's group is a JSON text.
import type { Context } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import { gaError, illegal, notExist } from './errors.ts';
import type { RuleAction } from './model.ts';
import { parsedJson } from './rule-conditions.ts';
import type { ActionType } from './rule-types.ts';
import { groupsOf, type State } from './state.ts';
import { bareObject, ruleToDefaultGroup } from './switches.ts';

/** One of them ends the rule; the others precede a ForwardGroup. */
const ends: readonly ActionType[] = ['ForwardGroup', 'Redirect', 'FixResponse', 'Drop'];
const redirectParts = ['protocol', 'domain', 'port', 'path', 'query'] as const;
const contentTypes = ['text/plain', 'text/css', 'text/html', 'application/javascript', 'application/json'];

export function refuseActions(
  state: State,
  listenerId: string,
  actions: RuleAction[],
  context: Context,
): void {
  const types = actions.map(({ RuleActionType }) => RuleActionType);
  const ending = types.filter(type => ends.includes(type));
  if (ending.length !== 1) throw illegal('RuleActions', `have one of ${ends.join(', ')}`);
  if (types.length > 1 && ending[0] !== 'ForwardGroup') {
    throw illegal('RuleActions', 'have ForwardGroup behind others');
  }
  if (types.at(-1) !== ending[0]) throw illegal('RuleActions', `have ${ending[0]} last`);
  for (const action of actions) refuseAction(state, listenerId, action, context);
  const headers = actions.flatMap(headersOf).map(name => name.toLowerCase());
  if (new Set(headers).size < headers.length) throw illegal('RuleActionValue', 'name a header once');
}

/** The endpoint group that an action names, in either form. */
export function groupIdOf(action: RuleAction): string | undefined {
  const { RuleActionType, RuleActionValue, ForwardGroupConfig } = action;
  if (RuleActionType !== 'ForwardGroup') return undefined;
  if (RuleActionValue === undefined) return ForwardGroupConfig?.ServerGroupTuples[0]?.EndpointGroupId;
  const value = parsedJson(RuleActionValue);
  const [target]: unknown[] = Array.isArray(value) ? value : [value];
  const id = isRecord(target) ? target['value'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

function refuseAction(state: State, listenerId: string, action: RuleAction, context: Context): void {
  const { RuleActionType: type, RuleActionValue: text } = action;
  if (type === 'ForwardGroup') {
    refuseTarget(state, listenerId, action, context);
  } else if (type === 'Drop') {
    if (text) throw illegal('RuleActionValue', 'be absent for Drop');
  } else {
    const must = mustBe[type](text === undefined ? undefined : parsedJson(text));
    if (must) throw illegal('RuleActionValue', must);
  }
}

function refuseTarget(state: State, listenerId: string, action: RuleAction, context: Context): void {
  if (action.RuleActionValue !== undefined) refuseBareObject(parsedJson(action.RuleActionValue), context);
  const id = groupIdOf(action);
  if (id === undefined) throw illegal('RuleActionValue', 'name one endpoint group');
  const group = groupsOf(state, listenerId).find(({ EndpointGroupId }) => EndpointGroupId === id);
  if (!group) throw notExist('EndPointGroup', id);
  if (group.EndpointGroupType === 'default' && context.setting(ruleToDefaultGroup) === 'refuse') {
    throw illegal('RuleActionValue', 'name a virtual endpoint group');
  }
}

/** The documentation shows a bare object; its senders get the error that the system is busy. */
function refuseBareObject(value: unknown, context: Context): void {
  const setting = context.setting(bareObject);
  if (Array.isArray(value) && value.length === 1) return;
  if (Array.isArray(value) || setting === 'IllegalParameter') {
    throw illegal('RuleActionValue', 'be a list of one endpoint group');
  }
  if (setting === 'SystemBusy') throw gaError('SystemBusy', 'The system is busy. Please try again later.');
}

type Valued = Exclude<ActionType, 'ForwardGroup' | 'Drop'>;

/** The requirement that a value does not meet, by type of action. */
const mustBe: Record<Valued, (value: unknown) => string | undefined> = {
  Redirect(value) {
    if (!isRecord(value)) return 'be an object';
    const isOther = redirectParts.some(
      part => value[part] !== undefined && value[part] !== `\${${part === 'domain' ? 'host' : part}}`,
    );
    if (!isOther) return 'redirect to something else';
    const codes = ['301', '302', '303', '307', '308'];
    return codes.includes(String(value['code'] ?? '302')) ? undefined : `have a code of ${codes.join(', ')}`;
  },
  FixResponse(value) {
    if (!isRecord(value)) return 'be an object';
    if (!/^[245]\d\d$/.test(String(value['code'] ?? ''))) return 'have a code of 2xx, 4xx or 5xx';
    if (!contentTypes.includes(String(value['type'] ?? 'text/plain'))) return 'have a known type';
    const content = String(value['content'] ?? '');
    if (/\p{Script=Han}/u.test(content)) return 'have no Chinese characters';
    return content.length <= 1000 ? undefined : 'have at most 1000 characters';
  },
  Rewrite(value) {
    if (!isRecord(value)) return 'be an object';
    const parts = ['domain', 'path', 'query'].map(name => String(value[name] ?? ''));
    if (!parts.some(Boolean)) return 'rewrite something';
    // The captures of a condition's expression, of which there are at most three.
    return /\$\{(?![1-3]\})/.test(parts.join()) ? 'refer to three captures at most' : undefined;
  },
  AddHeader(value) {
    if (!Array.isArray(value) || value.length === 0) return 'be a list of headers';
    return value.every(isAddedHeader) ? undefined : 'have headers with a name, a type and a value';
  },
  RemoveHeader(value) {
    const isList = Array.isArray(value) && value.length > 0 && value.every(isHeader);
    return isList ? undefined : 'be a list of names of headers';
  },
};

/** The headers that an action adds or removes: none can be in both. */
function headersOf({ RuleActionType, RuleActionValue = '[]' }: RuleAction): string[] {
  if (RuleActionType !== 'AddHeader' && RuleActionType !== 'RemoveHeader') return [];
  const value = parsedJson(RuleActionValue);
  const items: unknown[] = Array.isArray(value) ? value : [];
  return items.map(item => String(isRecord(item) ? item['name'] : item));
}

function isAddedHeader(header: unknown): boolean {
  if (!isRecord(header) || !isHeader(header['name'])) return false;
  const { type = 'user-defined', value } = header;
  if (type === 'system-defined') return value === 'ClientSrcIp';
  return (type === 'user-defined' || type === 'ref') && typeof value === 'string' && value !== '';
}

function isHeader(name: unknown): boolean {
  return typeof name === 'string' && /^[\w-]{1,40}$/.test(name);
}
