// What would be deployed to a stage: every resource of the program with its inputs, as data to test.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Settings } from '../../stacks/settings.ts';
import { checkout, ROOT } from './platform.ts';

export interface Resource {
  type: string;
  name: string;
  inputs: Record<string, unknown>;
}

export interface Statement {
  Effect: string;
  Action: string[];
  Resource: string[];
  Condition?: Record<string, Record<string, string[]>>;
}

export interface DeployedFunction {
  /** `steps/listener`. */
  handler: string;
  arn: string;
  inputs: Record<string, unknown>;
  timeoutSeconds: number;
  environment: Record<string, string>;
  statements: Statement[];
}

export interface Deployment {
  stage: string;
  app: Record<string, unknown>;
  outputs: Record<string, unknown>;
  resources: Resource[];
  of(type: string): Resource[];
  functions: DeployedFunction[];
}

const made = new Map<string, Deployment>();

export interface Stage {
  /** Switched on, where the settings of production say how. */
  alicloud?: boolean;
  /** What a stage may decide otherwise. */
  settings?: Partial<Settings>;
}

export function deployment(stage: 'prod' | 'trial', decided: Stage = {}): Deployment {
  const name = JSON.stringify([stage, decided]);
  const known = made.get(name);
  if (known) return known;
  const { status, stdout, stderr } = program(stage, decided);
  assert.equal(status, 0, stderr);
  const { app, outputs, resources } = JSON.parse(stdout);
  // Pulumi registers what does not depend on each other in an order of chance.
  const inOrder: Resource[] = resources.toSorted((a: Resource, b: Resource) => (a.name < b.name ? -1 : 1));
  const of = (type: string) => inOrder.filter(each => each.type === type);
  const deployed = { stage, app, outputs, resources: inOrder, of, functions: functionsOf(of) };
  made.set(name, deployed);
  return deployed;
}

/** Runs the program of a stage, which can refuse its settings. */
export function program(stage: 'prod' | 'trial', { alicloud = false, settings = {} }: Stage = {}) {
  const name = [stage, ...(alicloud ? ['alicloud'] : []), ...Object.keys(settings)].join('-');
  const file = join(import.meta.dirname, 'program.mjs');
  return spawnSync(process.execPath, [file, checkout(name, { alicloud, settings }), stage], {
    encoding: 'utf8',
    maxBuffer: 1e9,
    cwd: ROOT,
  });
}

/** Resources are told apart by the names that the program gives them; a name that is computed names its physical self. */
export function arnOf(type: string, physicalName: unknown): string {
  return `arn:aws:${type}:eu-west-1:123456789012:${physicalName}`;
}

/** The statements of a role, of all its policies. */
export function statementsOf(role: Resource | undefined): Statement[] {
  const policies = (role?.inputs['inlinePolicies'] ?? []) as { policy: string }[];
  return policies.flatMap(({ policy }) => JSON.parse(policy).Statement as Statement[]);
}

function functionsOf(of: Deployment['of']): DeployedFunction[] {
  const roles = of('aws:iam/role:Role');
  return of('aws:lambda/function:Function').map(({ inputs }) => {
    const build = of('build').find(each => `Gatehouse: ${handlerOf(each)}` === inputs['description']);
    assert.ok(build, `${inputs['description']} is built of a handler`);
    const role = roles.find(each => each.inputs['name'] === String(inputs['role']).split('/').at(-1));
    return {
      handler: handlerOf(build),
      arn: arnOf('lambda', `function:${inputs['name']}`),
      inputs,
      timeoutSeconds: Number(inputs['timeout']),
      environment: Object(inputs['environment']).variables ?? {},
      statements: statementsOf(role),
    };
  });
}

/** `packages/functions/src/steps/listener.handler` is `steps/listener`. */
function handlerOf({ inputs }: Resource): string {
  return String(inputs['handler'])
    .replace(/^packages\/functions\/src\//, '')
    .replace(/\.handler$/, '');
}
