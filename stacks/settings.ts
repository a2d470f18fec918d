// The settings of every deployment, with types: the defaults, and the settings of each stage. A stage without settings here
// is a trial, which can be removed with everything in it.
import type { Access, AlicloudProfile } from '@gatehouse/functions/permissions';

/** The only supported version of SST. */
export const SST_VERSION = '4.17.1';

export interface Settings {
  region: string;
  /** Makes `sst remove` refuse. */
  protect: boolean;
  /** Keeps the table when everything else is removed, and makes DynamoDB refuse to delete it. */
  keepTable: boolean;
  /**
   * The name of an existing table, such as one that was restored from a backup, instead of a table of its own. It must have the
   * keys and indexes of stacks/storage.ts. Its protection and backups are not changed.
   */
  table?: string;
  logRetentionDays: 7 | 14 | 30 | 90 | 180 | 365 | 400;
  /** The limit of requests per second over all callers, and of simultaneous requests. */
  throttle: { perSecond: number; burst: number };
  /** The origins whose pages can call the API, with tokens. If there are none, CORS is off. */
  corsOrigins: string[];
  /** Access rules: docs/permissions.md. The environment of a Lambda function is limited to 4 KB. */
  access: Access;
  /** The most callers that can wait for a change at once. Each of them occupies an instance of a function. */
  maxWaiters: number;
  /**
   * Tokens of this issuer (a URL) for these audiences, instead of SigV4, for callers outside AWS. A route of API Gateway
   * supports only one of the two. `scopes`: a token needs one of `read` or `change` for routes that change nothing, and one of
   * `change` for all others; without them, a token can use every route.
   */
  jwt?: { issuer: string; audiences: string[]; scopes?: { read: string[]; change: string[] } };
  /**
   * The most instances of a function that calls an API with a small request quota per account. They are reserved from the
   * concurrency limit of the account, of which Lambda keeps 100 unreserved. A new account may have none to reserve.
   */
  concurrency: Partial<
    Record<'listener' | 'endpoint-group' | 'stickiness-policy' | 'policy-attachment', number>
  >;
  /**
   * The event sources that can request entry points, each with its senders. A source: its name, a prefix with a `*`, or `*` for
   * all. A sender: an account, or the ARN of a role or user.
   */
  eventSources: Record<string, string[]>;
  /**
   * Enables Alibaba Cloud with these limits for requests. docs/deploy.md says how to set its access key, a secret of the
   * stage. Without this setting, nothing of Alibaba Cloud is deployed, and requests for it are refused.
   */
  alicloud?: { limits: AlicloudProfile };
  /** The mail addresses that get alarms, after they have confirmed a subscription. */
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
  eventSources: {},
  alarmEmails: [],
};

const STAGES: Record<string, Partial<Settings>> = {
  prod: {
    protect: true,
    keepTable: true,
    logRetentionDays: 400,
    throttle: { perSecond: 200, burst: 400 },
    // To enable Alibaba Cloud, uncomment this line, deploy, and set its access key.
    // alicloud: { limits: 'guide' },
    concurrency: { listener: 5, 'endpoint-group': 10, 'stickiness-policy': 5, 'policy-attachment': 5 },
  },
};

export function settingsOf(stage: string): Settings {
  return { ...DEFAULTS, ...STAGES[stage] };
}
