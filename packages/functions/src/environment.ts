// The only file that reads the environment: the settings of a deployment, with their defaults.
import { ATTEMPT_GAP_SECONDS, LATENESS_SECONDS, STEP_SECONDS } from '@gatehouse/core/machine/time-limits';
import type { Settings } from '@gatehouse/core/ports/ports';
import { HISTORY_EVENTS } from '@gatehouse/core/record/history';
import { type Access, OPEN_ACCESS, parseAccess } from '@gatehouse/core/request/access';
import { ALICLOUD_PROFILES, type AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { CLOUDS, type Cloud } from '@gatehouse/core/request/clouds';
import type { RequestSettings } from '@gatehouse/core/request/request-ports';

export interface Environment extends Settings {
  tableName: string;
  stateMachineArn: string;
  eventBusName: string;
  /** How many times faster than the real clouds everything settles; 1 in production. */
  timeScale: number;
}

/** The limits and rules that requests must keep to. */
export type RequestRules = Required<Omit<RequestSettings, keyof Settings>>;

export function readEnvironment(env: NodeJS.ProcessEnv = process.env): Environment {
  return {
    tableName: required(env, 'GATEHOUSE_TABLE'),
    stateMachineArn: required(env, 'GATEHOUSE_STATE_MACHINE_ARN'),
    eventBusName: required(env, 'GATEHOUSE_EVENT_BUS'),
    region: required(env, 'AWS_REGION'),
    timeScale: positive(env, 'GATEHOUSE_TIME_SCALE', 1),
    stepTimeoutSeconds: STEP_SECONDS,
    latenessSeconds: LATENESS_SECONDS,
    historyEvents: HISTORY_EVENTS,
    attemptGapSeconds: positive(env, 'GATEHOUSE_ATTEMPT_GAP_SECONDS', ATTEMPT_GAP_SECONDS, 0),
    maxWaiters: positive(env, 'GATEHOUSE_MAX_WAITERS', 50, 0),
  };
}

/** For functions that accept requests. Other functions do not load the code that reads these settings. */
export function readRequestRules(env: NodeJS.ProcessEnv = process.env): RequestRules {
  return {
    eventSources: listed(env, 'GATEHOUSE_EVENT_SOURCES'),
    access: accessOf(env),
    clouds: cloudsOf(env),
    alicloudLimits: profileOf(env),
  };
}

/**
 * For functions that call Alibaba Cloud. GATEHOUSE_ALICLOUD_SECRET: the secret that has the access key. GATEHOUSE_ALICLOUD_ENDPOINT
 * replaces the vendor's endpoint, and includes the scheme.
 */
export function readAlicloud(env: NodeJS.ProcessEnv = process.env): { secret?: string; endpoint?: string } {
  const { GATEHOUSE_ALICLOUD_SECRET: secret, GATEHOUSE_ALICLOUD_ENDPOINT: endpoint } = env;
  return { ...(secret ? { secret } : {}), ...(endpoint ? { endpoint } : {}) };
}

/** GATEHOUSE_CLOUDS: the enabled clouds, `aws` or `aws,alicloud`; all clouds if it is not set. */
function cloudsOf(env: NodeJS.ProcessEnv): Cloud[] {
  const said = env['GATEHOUSE_CLOUDS'];
  if (said === undefined) return [...CLOUDS];
  const names = listed(env, 'GATEHOUSE_CLOUDS');
  const clouds = CLOUDS.filter(each => names.includes(each));
  if (!clouds.includes('aws') || clouds.length < names.length)
    throw new Error(`GATEHOUSE_CLOUDS is ${JSON.stringify(said)}, and must be aws or aws,alicloud`);
  return clouds;
}

/** GATEHOUSE_ALICLOUD_LIMITS: the limits of Alibaba Cloud that apply to a request; by default those of the vendor's guide. */
function profileOf({ GATEHOUSE_ALICLOUD_LIMITS: said = 'guide' }: NodeJS.ProcessEnv): AlicloudProfile {
  const known = ALICLOUD_PROFILES.find(profile => profile === said);
  if (!known)
    throw new Error(`GATEHOUSE_ALICLOUD_LIMITS is ${said}, and must be ${ALICLOUD_PROFILES.join(' or ')}`);
  return known;
}

/**
 * GATEHOUSE_ACCESS: the access rules of core/request/access.ts as JSON. GATEHOUSE_TOKEN_ISSUER: set if callers have tokens of this
 * issuer instead of IAM identities.
 */
function accessOf(env: NodeJS.ProcessEnv): Access {
  const { GATEHOUSE_ACCESS: text, GATEHOUSE_TOKEN_ISSUER: issuer } = env;
  if (!text) return OPEN_ACCESS;
  try {
    return parseAccess(JSON.parse(text), {
      tokenIssuer: issuer || undefined,
      eventSources: listed(env, 'GATEHOUSE_EVENT_SOURCES'),
    });
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

/** Empty if the variable is not set. */
function listed(env: NodeJS.ProcessEnv, name: string): string[] {
  return (env[name] ?? '').split(/[\s,]+/).filter(each => each !== '');
}

function positive(env: NodeJS.ProcessEnv, name: string, otherwise: number, least = Number.MIN_VALUE): number {
  const value = env[name] === undefined ? otherwise : Number(env[name]);
  if (!Number.isFinite(value) || value < least)
    throw new Error(`${name} must be a number of at least ${least}`);
  return value;
}
