// The permissions of each function besides those that its resources declare: the methods of the table and of the state
// machine that it calls. This file is free of any SDK: a deployment makes each function's role from it, and tests
// compare it with the calls of the functions. A handler without a line here does not compile.
import * as alicloud from '@gatehouse/clouds/alicloud-global-accelerator/permissions';
import { PERMISSIONS, PREFLIGHT } from '@gatehouse/clouds/every-permission';
import { isRead, type Permission, readsOf } from '@gatehouse/clouds/permission';
import type { AnyFunctionName } from '@gatehouse/core/machine/machine';
import { kindTasks, type StepFunction } from '@gatehouse/core/machine/task';
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Executions, Store } from '@gatehouse/core/ports/ports';
import type { DEFAULT_ROUTE, ROUTES } from './api/routes.ts';
import { EVENT_SOURCE, type EventFunction } from './events/rules.ts';

export { type Access, accessWarnings, parseAccess } from '@gatehouse/core/request/access';
export type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';

export type Handler =
  | `steps/${AnyFunctionName}`
  | `api/${(typeof ROUTES)[keyof typeof ROUTES] | typeof DEFAULT_ROUTE}`
  | `events/${EventFunction}`;

/** `known` makes no request to the table. */
type StoreMethod = Exclude<keyof Store, 'known'>;

export interface Needs {
  store: readonly StoreMethod[];
  executions: readonly (keyof Executions)[];
  /** Set if the function walks steps of this kind. */
  kind?: Kind;
  /** Set if the function reads from every cloud, without changing anything. */
  looks?: true;
}

const WRITE = ['get', 'many', 'all', 'put'] as const;
/** A caller that waits for a change adds a waiter, and removes it again. */
const WAIT = ['get', 'many', 'all', 'put', 'remove'] as const;
const NONE = [] as const;
const START = ['start'] as const;
const RECOVER = ['start', 'describe'] as const;

function walks(kind: Kind): Needs {
  // At a time limit, a step reads everything about its job.
  return { store: WRITE, executions: NONE, kind };
}

/** One function for each kind. */
const STEPS = Object.fromEntries(
  kindTasks().map(({ kind, call }) => [`steps/${call}`, walks(kind)]),
) as Record<`steps/${StepFunction}`, Needs>;

export const NEEDS: Record<Handler, Needs> = {
  'steps/begin': { store: WRITE, executions: START, looks: true },
  ...STEPS,
  'steps/record-failure': { store: WRITE, executions: NONE },
  'steps/evaluate': { store: WRITE, executions: START },
  'steps/finish': { store: WRITE, executions: START },
  'steps/stop': { store: WRITE, executions: NONE },
  'steps/judge': { store: WRITE, executions: START },
  'steps/complete': { store: WRITE, executions: START },
  'steps/conclude': { store: WRITE, executions: START },

  'api/submit-job': { store: WAIT, executions: START },
  'api/list-jobs': { store: ['list'], executions: NONE },
  'api/get-job': { store: WAIT, executions: NONE },
  'api/list-events': { store: WAIT, executions: NONE },
  'api/cancel-job': { store: WAIT, executions: START },
  'api/retry-job': { store: WAIT, executions: START },
  'api/skip-step': { store: WAIT, executions: START },
  'api/forget-job': { store: WAIT, executions: START },
  'api/list-entry-points': { store: ['list', 'many'], executions: NONE },
  'api/get-entry-point': { store: ['get'], executions: NONE },
  'api/create-plan': { store: ['get', 'many', 'all', 'put', 'remove'], executions: NONE, looks: true },
  'api/get-drift': { store: ['get'], executions: NONE, looks: true },
  'api/get-health': { store: ['get'], executions: NONE, looks: true },
  'api/get-openapi': { store: NONE, executions: NONE },
  'api/get-schema': { store: NONE, executions: NONE },
  'api/docs': { store: NONE, executions: NONE },
  'api/health': { store: ['get'], executions: NONE },
  'api/no-route': { store: NONE, executions: NONE },

  'events/recover': { store: ['list', ...WRITE], executions: [...RECOVER, 'running'] },
  'events/execution-ended': { store: WRITE, executions: RECOVER },
  'events/request': { store: [...WRITE, 'remove'], executions: START },
};

/** The resources around a function; ARNs after their partition. */
export interface Places {
  table: string;
  stateMachine: string;
  eventBus: string;
  /** The queue to which Lambda sends events that the function failed on. */
  deadLetters?: string;
  /** The secret with the access key of Alibaba Cloud, where that cloud is enabled. */
  alicloudSecret?: string;
}

/** A plan is made from the present state: the preflight, and every read of every resource. */
const LOOKS: readonly Permission[] = [...PREFLIGHT, ...Object.values(PERMISSIONS).flatMap(readsOf)];

/** Whether a function publishes events. A function that starts executions also changes jobs, and publishes each change. */
export function publishes(handler: Handler): boolean {
  return NEEDS[handler].executions.some(method => method === 'start');
}

/** Everything that the role of a function must allow. */
export function permissionsOf(handler: Handler, places: Places): Permission[] {
  const { store, executions, kind, looks } = NEEDS[handler];
  return [
    ...store.flatMap(method => storePermissions(method, places.table)),
    ...executions.flatMap(method => executionPermissions(method, places.stateMachine)),
    ...(publishes(handler) ? [busPermission(places.eventBus)] : []),
    ...(kind ? PERMISSIONS[kind] : []),
    ...(looks ? LOOKS : []),
    ...(places.deadLetters === undefined ? [] : [deadLetterPermission(places.deadLetters)]),
    ...(places.alicloudSecret === undefined || ramActionsOf(handler).length === 0
      ? []
      : [secretPermission(places.alicloudSecret)]),
  ];
}

/** The calls of a function on Alibaba Cloud, in RAM's names. All functions share one access key. */
export function ramActionsOf(handler: Handler): string[] {
  const { kind, looks } = NEEDS[handler];
  const walked =
    Object.entries<readonly string[]>(alicloud.OPERATIONS).find(([each]) => each === kind)?.[1] ?? [];
  const seen = looks
    ? [...alicloud.PREFLIGHT, ...Object.values(alicloud.OPERATIONS).flat().filter(isRead)]
    : [];
  return [...new Set([...walked, ...seen])].map(operation => `ga:${operation}`).toSorted();
}

/** A read of any item also reads the parts of a large one, and reads it again if they were replaced in the meantime. */
const READ = ['GetItem', 'BatchGetItem'];

/**
 * The operations that the store uses for each method. A write that loses its race reads the current item. A write of a large item
 * finds the parts that nothing refers to any more, and deletes them; so does a read of everything that a partition has.
 */
const STORE_OPERATIONS: Record<StoreMethod, string[]> = {
  get: READ,
  many: READ,
  all: ['Query', ...READ],
  put: ['PutItem', 'DeleteItem', 'Query', ...READ],
  remove: ['DeleteItem', ...READ],
  list: READ,
};

function storePermissions(method: StoreMethod, table: string): Permission[] {
  const items = { service: 'dynamodb', operations: STORE_OPERATIONS[method], on: table };
  const index = { service: 'dynamodb', operations: ['Query'], on: `${table}/index/*` };
  return method === 'list' ? [items, index] : [items];
}

/**
 * The operations that step-functions.ts uses for each method. If the name of a start is taken, it checks whether that
 * execution runs.
 */
function executionPermissions(method: keyof Executions, stateMachine: string): Permission[] {
  const executionsOf = `${stateMachine.replace(':stateMachine:', ':execution:')}:*`;
  const describe = { service: 'states', operations: ['DescribeExecution'], on: executionsOf };
  if (method === 'describe') return [describe];
  if (method === 'running') return [{ service: 'states', operations: ['ListExecutions'], on: stateMachine }];
  return [{ service: 'states', operations: ['StartExecution'], on: stateMachine }, describe];
}

/** The operation that event-bridge.ts uses. With another source, an event would request an entry point as its sender. */
function busPermission(on: string): Permission {
  const condition = { test: 'StringEquals', variable: 'events:source', values: [EVENT_SOURCE] };
  return { service: 'events', operations: ['PutEvents'], on, condition };
}

/** The operation that alicloud-key.ts uses. */
function secretPermission(on: string): Permission {
  return { service: 'secretsmanager', operations: ['GetSecretValue'], on };
}

function deadLetterPermission(on: string): Permission {
  const reason = 'Lambda sends failed events to the queue with the role of the function';
  return { service: 'sqs', operations: ['SendMessage'], on, reason, onBehalf: true };
}
