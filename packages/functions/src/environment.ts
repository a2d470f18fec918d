// The one place that reads the environment: what a deployment decides, with its defaults.
import { type Access, OPEN_ACCESS, parseAccess } from '@gatehouse/core/access';

export interface Environment {
  tableName: string;
  stateMachineArn: string;
  /** How much faster than the real clouds everything settles; 1 in production. */
  timeScale: number;
  region: string;
  stepTimeoutSeconds: number;
  latenessSeconds: number;
  attemptGapSeconds: number;
  maxWaiters: number;
  access: Access;
}

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return {
    tableName: required(env, 'GATEHOUSE_TABLE'),
    stateMachineArn: required(env, 'GATEHOUSE_STATE_MACHINE_ARN'),
    region: required(env, 'AWS_REGION'),
    timeScale: positive(env, 'GATEHOUSE_TIME_SCALE', 1),
    stepTimeoutSeconds: positive(env, 'GATEHOUSE_STEP_TIMEOUT_SECONDS', 30),
    latenessSeconds: positive(env, 'GATEHOUSE_LATENESS_SECONDS', 60),
    attemptGapSeconds: positive(env, 'GATEHOUSE_ATTEMPT_GAP_SECONDS', 60, 0),
    maxWaiters: positive(env, 'GATEHOUSE_MAX_WAITERS', 50, 0),
    access: accessOf(env),
  };
}

/** GATEHOUSE_ACCESS: the rules of core/permission.ts as JSON. */
function accessOf({ GATEHOUSE_ACCESS: text }: NodeJS.ProcessEnv): Access {
  if (!text) return OPEN_ACCESS;
  try {
    return parseAccess(JSON.parse(text));
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`the environment variable GATEHOUSE_ACCESS is not valid: ${why}`, { cause });
  }
}

function required(env: NodeJS.ProcessEnv, name: string): string {
  const value = env[name];
  if (!value) throw new Error(`the environment variable ${name} is not set`);
  return value;
}

function positive(env: NodeJS.ProcessEnv, name: string, otherwise: number, least = Number.MIN_VALUE): number {
  const value = env[name] === undefined ? otherwise : Number(env[name]);
  if (!Number.isFinite(value) || value < least) throw new Error(`${name} is no number of at least ${least}`);
  return value;
}
