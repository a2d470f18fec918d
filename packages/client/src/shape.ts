// The members without which an answer is not one of Gatehouse. Types cannot prove what another server answers.
import { Problem } from './problem.ts';

type Kind = 'string' | 'number' | 'object' | 'objects' | 'texts';

export interface Shape {
  called: string;
  members: Readonly<Record<string, Kind>>;
}

export const JOB: Shape = {
  called: 'a job',
  members: {
    id: 'string',
    operation: 'string',
    entryPoint: 'string',
    status: 'string',
    summary: 'string',
    allowedActions: 'texts',
    steps: 'objects',
    events: 'objects',
  },
};
export const PAGE: Shape = { called: 'a list', members: { items: 'objects' } };
export const EVENTS: Shape = { called: 'a list of events', members: { items: 'objects', next: 'number' } };
export const PLAN: Shape = {
  called: 'a plan',
  members: {
    entryPoint: 'string',
    planHash: 'string',
    summary: 'object',
    changes: 'objects',
    steps: 'objects',
    interruptions: 'texts',
    warnings: 'texts',
  },
};
export const ENTRY_POINT: Shape = {
  called: 'an entry point',
  members: { name: 'string', resources: 'objects' },
};
export const DRIFT: Shape = { called: 'a drift report', members: { state: 'string', resources: 'objects' } };
export const HEALTH: Shape = {
  called: 'a health report',
  members: { state: 'string', resources: 'objects' },
};

/** Returns the answer, or throws a Problem that names what it lacks. */
export function shaped<T>(data: T, { called, members }: Shape): T {
  const found: Record<string, unknown> = Object(data);
  const lacking = Object.entries(members).find(([name, kind]) => !isA(kind, found[name]));
  if (!lacking) return data;
  const detail = `the answer is not ${called} of Gatehouse: \`${lacking[0]}\` is missing or has another type`;
  throw new Problem(502, { code: 'NotGatehouse', detail, retryable: false });
}

function isA(kind: Kind, value: unknown): boolean {
  if (kind === 'texts') return Array.isArray(value) && value.every(each => typeof each === 'string');
  if (kind === 'objects') return Array.isArray(value) && value.every(each => isA('object', each));
  if (kind === 'object') return typeof value === 'object' && value !== null;
  return typeof value === kind;
}
