// The example answers in the OpenAPI document, all about the first example request. The compiler and a test hold them against
// the schemas of the answers.
import type { DriftView, JobSummary, JobView, PlanView } from '@gatehouse/core/api/answers';
import type { HealthView } from '@gatehouse/core/api/health-answers';
import type { StepView } from '@gatehouse/core/api/step-answers';
import type { JobEvent } from '@gatehouse/core/record/events';
import type { ResourceOutputs } from '@gatehouse/core/record/outputs';
import type * as z from 'zod';
import type { entryPointSchema, entryPointSummarySchema } from './answer-schemas.ts';
import { REQUEST_EXAMPLES } from './request-examples.ts';

const JOB_ID = 'job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a';
const JOB_PATH = `/v1/jobs/${JOB_ID}`;
const ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const LISTENER = `${ACCELERATOR}/listener/0a1b2c3d`;
const GROUP = `${LISTENER}/endpoint-group/4d5e6f708192`;

const job = {
  id: JOB_ID,
  operation: 'provision',
  entryPoint: 'shop-edge',
  cloud: 'aws',
  requester: '123456789012/role/deployer',
  createdAt: '2026-03-01T12:00:00.000Z',
  deadlineSeconds: 3600,
  links: { self: JOB_PATH },
};

const QUEUED: JobEvent = { sequence: 1, at: '2026-03-01T12:00:00.000Z', status: 'QUEUED', attempt: 0 };
const RUNNING: JobEvent = { sequence: 2, at: '2026-03-01T12:00:01.200Z', status: 'RUNNING', attempt: 1 };
const SUCCEEDED: JobEvent = { sequence: 3, at: '2026-03-01T12:01:40.500Z', status: 'SUCCEEDED', attempt: 1 };

const steps: Pick<StepView, 'id' | 'title' | 'kind' | 'act'>[] = [
  { id: 'listener', title: 'listener TCP 443', kind: 'listener', act: 'create' },
  { id: 'endpoint-group-us-east-1', title: 'endpoint group us-east-1', kind: 'endpointGroup', act: 'create' },
  { id: 'accelerator', title: 'accelerator deployed', kind: 'accelerator', act: 'wait' },
];
const IDS: Record<string, string> = {
  accelerator: ACCELERATOR,
  listener: LISTENER,
  'endpoint-group-us-east-1': GROUP,
};

const OUTPUTS: ResourceOutputs[] = [
  {
    step: 'accelerator',
    kind: 'accelerator',
    id: ACCELERATOR,
    dnsName: 'a1234567890abcdef.awsglobalaccelerator.com',
    hostedZoneId: 'Z2BJ6XQ5FK7U4H',
    staticAddresses: ['198.51.100.10', '203.0.113.20'],
  },
  { step: 'listener', kind: 'listener', id: LISTENER },
  { step: 'endpoint-group-us-east-1', kind: 'endpointGroup', id: GROUP },
];

export const QUEUED_JOB: JobView = {
  ...job,
  status: 'QUEUED',
  attempt: 0,
  summary: 'Planning; no changes yet.',
  queueUntil: '2026-03-02T12:00:00.000Z',
  allowedActions: ['cancel'],
  steps: steps.map(step => ({ ...step, state: 'waiting', calls: 0 })),
  events: [QUEUED],
};

export const SUCCEEDED_JOB: JobView = {
  ...job,
  status: 'SUCCEEDED',
  attempt: 1,
  startedAt: '2026-03-01T12:00:01.200Z',
  endedAt: '2026-03-01T12:01:40.500Z',
  summary: 'The entry point is provisioned as requested.',
  allowedActions: [],
  steps: steps.map(step => ({
    ...step,
    state: 'done',
    calls: 2,
    ...(IDS[step.id] ? { cloudId: IDS[step.id] } : {}),
    since: '2026-03-01T12:00:02.000Z',
  })),
  outputs: OUTPUTS,
  events: [QUEUED, RUNNING, SUCCEEDED],
};

/** After an action. */
export const ROLLING_BACK_JOB: JobView = {
  ...job,
  status: 'ROLLING_BACK',
  attempt: 1,
  startedAt: '2026-03-01T12:00:01.200Z',
  summary: 'Rolling back: cancelled by 123456789012/role/deployer',
  allowedActions: [],
  steps: steps.map(step => ({ ...step, state: step.id === 'listener' ? 'undoing' : 'notRun', calls: 1 })),
  events: [
    QUEUED,
    RUNNING,
    {
      sequence: 3,
      at: '2026-03-01T12:00:20.000Z',
      status: 'RUNNING',
      attempt: 1,
      action: 'cancel',
      by: '123456789012/role/deployer',
      reason: 'wrong accelerator',
    },
    { sequence: 4, at: '2026-03-01T12:00:21.000Z', status: 'ROLLING_BACK', attempt: 1 },
  ],
};

const listed: JobSummary = {
  ...job,
  status: 'SUCCEEDED',
  attempt: 1,
  startedAt: '2026-03-01T12:00:01.200Z',
  endedAt: '2026-03-01T12:01:40.500Z',
  allowedActions: [],
};

export const JOB_PAGE = { items: [listed] };
export const EVENT_PAGE = { items: [QUEUED, RUNNING, SUCCEEDED], next: 3 };

const PLANNED_MEMBERS: Record<string, PlanView['changes']> = {
  listener: [
    { member: 'acceleratorArn', to: ACCELERATOR },
    { member: 'protocol', to: 'TCP' },
    { member: 'portRanges', to: [{ fromPort: 443, toPort: 443 }] },
    { member: 'clientAffinity', to: 'SOURCE_IP' },
  ],
  'endpoint-group-us-east-1': [
    { member: 'region', to: 'us-east-1' },
    { member: 'trafficDialPercentage', to: 50 },
    { member: 'thresholdCount', to: 3, isDefault: true },
    { member: 'listenerArn', idOf: 'listener' },
  ],
};

export const PLAN: PlanView = {
  entryPoint: 'shop-edge',
  cloud: 'aws',
  operation: 'provision',
  planHash: '5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592',
  summary: { create: 2, update: 0, replace: 0, adopt: 0, delete: 0, unchanged: 0 },
  changes: [{ member: 'protected', from: false, to: true }],
  steps: steps.map(step => ({
    ...step,
    changes: PLANNED_MEMBERS[step.id] ?? [],
    calls: step.act === 'create' ? 1 : 0,
  })),
  interruptions: [],
  usualSeconds: 130,
  deadlineSeconds: 3600,
  warnings: [],
};

const links = { self: '/v1/entry-points/shop-edge', job: JOB_PATH, jobs: '/v1/jobs?entryPoint=shop-edge' };
const entryPoint: z.output<typeof entryPointSummarySchema> = {
  name: 'shop-edge',
  cloud: 'aws',
  owner: '123456789012/role/deployer',
  since: '2026-03-01T12:01:40.500Z',
  links,
};

export const ENTRY_POINT_PAGE = { items: [entryPoint] };

export const ENTRY_POINT: z.output<typeof entryPointSchema> = {
  ...entryPoint,
  lastJob: JOB_ID,
  spec: REQUEST_EXAMPLES.listener,
  resources: [
    {
      step: 'listener',
      kind: 'listener',
      title: 'listener TCP 443',
      id: LISTENER,
      desired: REQUEST_EXAMPLES.listener.listener,
      needs: {},
    },
  ],
  outputs: OUTPUTS,
};

export const DRIFT: DriftView = {
  entryPoint: 'shop-edge',
  state: 'DRIFTED',
  resources: [
    {
      step: 'listener',
      kind: 'listener',
      title: 'listener TCP 443',
      id: LISTENER,
      state: 'DRIFTED',
      differences: [{ member: 'clientAffinity', expected: 'SOURCE_IP', found: 'NONE' }],
    },
  ],
};

export const ENTRY_POINT_HEALTH: HealthView = {
  entryPoint: 'shop-edge',
  state: 'UNHEALTHY',
  resources: [
    {
      step: 'endpoint-group-us-east-1',
      kind: 'endpointGroup',
      title: 'endpoint group us-east-1',
      id: GROUP,
      state: 'UNHEALTHY',
      endpoints: [
        {
          id: 'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/shop-nlb/50dc6c495c0c918b',
          state: 'UNHEALTHY',
        },
      ],
    },
  ],
};

export const HEALTH = { status: 'ok' };
