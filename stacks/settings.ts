// Everything that a deployment decides, in one typed place: the defaults, and what a stage has otherwise. A stage that
// is not named here is a trial: it can be removed with all that is in it.
import type { Access, AlicloudProfile } from '@gatehouse/functions/permissions';

/** The one version of SST that this is written for and tested with. */
export const SST_VERSION = '4.17.1';

export interface Settings {
  region: string;
  /** `sst remove` is refused. */
  protect: boolean;
  /** The table stays when the rest is removed, and DynamoDB refuses to delete it. */
  keepTable: boolean;
  logRetentionDays: 7 | 14 | 30 | 90 | 180 | 365 | 400;
  /** Requests per second over all callers, and how many may come at once. */
  throttle: { perSecond: number; burst: number };
  /** Pages of these origins may call the API, with tokens; none, and CORS is off. */
  corsOrigins: string[];
  /** Who may do what: docs/permissions.md. Lambda's environment has 4 KB for all that it is told. */
  access: Access;
  /** How many callers may wait for news at once; each holds one of the account's Lambdas meanwhile. */
  maxWaiters: number;
  /**
   * Instead of SigV4, for callers outside AWS: tokens of this issuer, a URL, for these audiences. A route of API Gateway
   * takes the one or the other.
   */
  jwt?: { issuer: string; audiences: string[] };
  /**
   * The most instances at once of a function that works on an API with a small request budget per account. It is taken
   * out of the account's concurrency, of which Lambda leaves 100 to everybody else: a new account may have none to give.
   */
  concurrency: Partial<
    Record<'listener' | 'endpoint-group' | 'stickiness-policy' | 'policy-attachment', number>
  >;
  /** Whose events may ask for an entry point: a source, the first part of one with a `*`, or `*` for all. */
  eventSources: string[];
  /**
   * Alibaba Cloud, with the limits that requests are held to. Its access key is two secrets of the stage, which
   * docs/deploy.md says how to set. Without it, nothing of Alibaba Cloud is deployed, and requests for it are refused.
   */
  alicloud?: { limits: AlicloudProfile };
  /** Who is told of alarms: addresses that confirm a subscription by mail. */
  alarmEmails: string[];
}

const DEFAULTS: Settings = {
  region: 'eu-west-1',
  protect: false,
  keepTable: false,
  logRetentionDays: 14,
  throttle: { perSecond: 50, burst: 100 },
  concurrency: {},
  corsOrigins: [],
  access: { administrators: [], callers: {} },
  maxWaiters: 50,
  eventSources: [],
  alarmEmails: [],
};

const STAGES: Record<string, Partial<Settings>> = {
  prod: {
    protect: true,
    keepTable: true,
    logRetentionDays: 400,
    throttle: { perSecond: 200, burst: 400 },
    // Off until the account has a key of Alibaba Cloud: set its secrets first, then take the slashes off.
    // alicloud: { limits: 'guide' },
    concurrency: { listener: 5, 'endpoint-group': 10, 'stickiness-policy': 5, 'policy-attachment': 5 },
  },
};

export function settingsOf(stage: string): Settings {
  return { ...DEFAULTS, ...STAGES[stage] };
}
