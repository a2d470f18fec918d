// The names of the local installation, and the environment of its functions: the same variables that a deployment sets,
// with the endpoints of this one port. No call can leave this machine, whatever the shell has set.
export const LOCAL = {
  region: 'eu-west-1',
  account: '123456789012',
  table: 'gatehouse',
  machine: 'gatehouse',
  eventBus: 'gatehouse',
  alicloudSecret: 'gatehouse-alicloud',
} as const;

export const stateMachineArn = `arn:aws:states:${LOCAL.region}:${LOCAL.account}:stateMachine:${LOCAL.machine}`;

/** The SDK's endpoint variables of the services that this stack serves. */
const ENDPOINTS = [
  'DYNAMODB',
  'SFN',
  'EVENTBRIDGE',
  'SQS',
  'LAMBDA',
  'GLOBAL_ACCELERATOR',
  'VPC_LATTICE',
  'ELASTIC_LOAD_BALANCING',
  'SECRETS_MANAGER',
];

export function localEnvironment(url: string, timeScale: number): Record<string, string> {
  return {
    GATEHOUSE_TABLE: LOCAL.table,
    GATEHOUSE_STATE_MACHINE_ARN: stateMachineArn,
    GATEHOUSE_EVENT_BUS: LOCAL.eventBus,
    GATEHOUSE_EVENT_SOURCES: '*',
    GATEHOUSE_TIME_SCALE: String(timeScale),
    // The Lambdas of a process end with it.
    GATEHOUSE_ATTEMPT_GAP_SECONDS: '0',
    // The functions' logger writes to the console of this process, not to its standard output.
    POWERTOOLS_DEV: 'true',
    AWS_REGION: LOCAL.region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: '',
    AWS_PROFILE: '',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_ENDPOINT_URL: url,
    GATEHOUSE_ALICLOUD_SECRET: secretArn(LOCAL.alicloudSecret),
    GATEHOUSE_ALICLOUD_ENDPOINT: url,
    ...Object.fromEntries(ENDPOINTS.map(service => [`AWS_ENDPOINT_URL_${service}`, url])),
  };
}

export function functionArn(name: string): string {
  return `arn:aws:lambda:${LOCAL.region}:${LOCAL.account}:function:${name}`;
}

export function queueArn(name: string): string {
  return `arn:aws:sqs:${LOCAL.region}:${LOCAL.account}:${name}`;
}

/** On AWS, the name has six more characters. */
export function secretArn(name: string): string {
  return `arn:aws:secretsmanager:${LOCAL.region}:${LOCAL.account}:secret:${name}`;
}

/** A key of the simulated account, which is valid nowhere else. */
export const ALICLOUD_KEY = { accessKeyId: 'twin', accessKeySecret: 'twin-secret' } as const;
