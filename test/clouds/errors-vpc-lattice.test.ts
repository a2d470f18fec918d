// What every error of VPC Lattice means to a step: names of docs/clouds/vpc-lattice.md, answered on the wire and read by the
// real SDK client.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vpcLatticeClients } from '@gatehouse/clouds/vpc-lattice';
import { targetGroupResource } from '@gatehouse/clouds/vpc-lattice/target-group';
import { targetsResource } from '@gatehouse/clouds/vpc-lattice/targets';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { WireRequest, WireResponse } from '@gatehouse/twins/http/wire';
import { desiredTargetGroup, desiredTargets } from './lattice-fixtures.ts';
import { assertMeans, GONE, thrownBy } from './meaning.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const ARN = 'arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-0b1c2d3e4f5a60718';
const TARGET = { id: '10.0.1.5', port: 8080 };
const TOKEN = 'a'.repeat(64);
const GROUP = desiredTargetGroup();
const TARGETS = { ...desiredTargets([TARGET]), targetGroupArn: ARN };

const standing = {
  arn: ARN,
  name: GROUP.name,
  type: 'IP',
  config: GROUP.config ?? {},
  status: 'ACTIVE',
  failure: undefined,
  serviceArns: [],
  tags: GROUP.tags,
};

function resourcesOf(answer: (request: WireRequest) => WireResponse) {
  const clients = vpcLatticeClients({ credentials, requestHandler: handlerFor(async wire => answer(wire)) });
  return { groups: targetGroupResource(clients), targets: targetsResource(clients) };
}

type Resources = ReturnType<typeof resourcesOf>;

/** One call of each operation, as the resources make it. */
const CALLS: Record<string, (of: Resources) => Promise<unknown> | undefined> = {
  CreateTargetGroup: of => of.groups.create?.(GROUP, TOKEN),
  GetTargetGroup: of => of.groups.read(GROUP, ARN),
  ListTargetGroups: of => of.groups.read(GROUP, undefined),
  ListTagsForResource: of => of.groups.read(GROUP, ARN),
  UntagResource: of =>
    of.groups.update?.(
      { ...GROUP, droppedTags: ['gone'] },
      { ...standing, tags: { ...GROUP.tags, gone: '' } },
    ),
  UpdateTargetGroup: of =>
    of.groups.update?.(GROUP, { ...standing, config: { ...GROUP.config, healthCheck: {} } }),
  TagResource: of => of.groups.update?.(GROUP, { ...standing, tags: {} }),
  DeleteTargetGroup: of => of.groups.remove?.(ARN, GROUP, null),
  RegisterTargets: of => of.targets.create?.(TARGETS, TOKEN),
  ListTargets: of => of.targets.read(TARGETS, undefined),
  DeregisterTargets: of => of.targets.remove?.('', TARGETS, null),
};

/** The request line of each operation. */
const LINES: Record<string, RegExp> = {
  CreateTargetGroup: /^POST \/targetgroups$/,
  GetTargetGroup: /^GET \/targetgroups\/[^/?]+$/,
  ListTargetGroups: /^GET \/targetgroups\?/,
  ListTagsForResource: /^GET \/tags\//,
  UpdateTargetGroup: /^PATCH \/targetgroups\//,
  TagResource: /^POST \/tags\//,
  UntagResource: /^DELETE \/tags\//,
  DeleteTargetGroup: /^DELETE \/targetgroups\/[^/?]+$/,
  RegisterTargets: /\/registertargets$/,
  ListTargets: /\/listtargets(\?|$)/,
  DeregisterTargets: /\/deregistertargets$/,
};

const EVERYWHERE = {
  AccessDenied: 'AccessDenied',
  InternalServer: 'ServiceInternalError',
  Throttling: 'Throttled',
  Validation: 'InvalidRequest',
};

/** docs/clouds/vpc-lattice.md, errors: operation, and what each of its errors means to the step that gets it. */
const MATRIX: Record<string, Record<string, string>> = {
  CreateTargetGroup: {
    ...EVERYWHERE,
    // The name is taken: look whose it is.
    Conflict: 'AlreadyExists',
    ResourceNotFound: 'NotFound',
    ServiceQuotaExceeded: 'ServiceLimitExceeded',
  },
  UpdateTargetGroup: {
    ...EVERYWHERE,
    Conflict: 'Busy',
    ResourceNotFound: 'NotFound',
    ServiceQuotaExceeded: 'ServiceLimitExceeded',
  },
  RegisterTargets: {
    ...EVERYWHERE,
    Conflict: 'Busy',
    ResourceNotFound: 'NotFound',
    ServiceQuotaExceeded: 'ServiceLimitExceeded',
  },
  GetTargetGroup: { ...EVERYWHERE, ResourceNotFound: GONE },
  ListTargets: { ...EVERYWHERE, ResourceNotFound: GONE },
  TagResource: { ...EVERYWHERE, ResourceNotFound: 'NotFound' },
  UntagResource: { ...EVERYWHERE, ResourceNotFound: 'NotFound' },
  DeregisterTargets: { ...EVERYWHERE, Conflict: 'Busy', ResourceNotFound: GONE },
  DeleteTargetGroup: { ...EVERYWHERE, Conflict: 'Busy', ResourceNotFound: GONE },
  ListTargetGroups: EVERYWHERE,
  ListTagsForResource: { ...EVERYWHERE, ResourceNotFound: GONE },
};

/** The model's statuses; whether the live service sends them is not confirmed. */
const STATUS: Record<string, number> = {
  AccessDenied: 403,
  Conflict: 409,
  InternalServer: 500,
  ResourceNotFound: 404,
  ServiceQuotaExceeded: 402,
  Throttling: 429,
};

const json = { 'content-type': 'application/json', 'x-amzn-requestid': 'request-1' };

/** Every other operation succeeds, so that the one in question is reached. */
function answering(operation: string, code: string, status: number) {
  return ({ method, path }: WireRequest): WireResponse => {
    if (!LINES[operation]?.test(`${method} ${path}`)) return succeeding(path, operation);
    return {
      status,
      headers: { ...json, 'x-amzn-errortype': code },
      body: JSON.stringify({ message: 'its own words' }),
    };
  };
}

function succeeding(path: string, operation: string): WireResponse {
  const group = { arn: ARN, name: 'checkout', type: 'IP', config: GROUP.config, status: 'ACTIVE' };
  const body = path.includes('listtargets')
    ? // What is registered already may be refused, and stands all the same.
      { items: operation === 'RegisterTargets' ? [] : [{ ...TARGET, status: 'UNUSED' }] }
    : path.startsWith('/tags')
      ? { tags: GROUP.tags }
      : { ...group, successful: [], unsuccessful: [] };
  return { status: 200, headers: json, body: JSON.stringify(body) };
}

for (const [operation, errors] of Object.entries(MATRIX)) {
  test(`every modelled error of ${operation} is mapped as documented, whatever its HTTP status`, async () => {
    const call = CALLS[operation];
    assert.ok(call);
    for (const [short, code] of Object.entries(errors)) {
      const name = `${short}Exception`;
      for (const status of [STATUS[short] ?? 400, short === 'InternalServer' ? 500 : 400]) {
        const why = `${operation} ${name} ${status}`;
        const thrown = await thrownBy(() => call(resourcesOf(answering(operation, name, status))));
        if (code === GONE) {
          assert.equal(thrown, undefined, why);
          continue;
        }
        assertMeans(thrown, code, why);
        const provider = { service: 'vpc-lattice', operation, errorCode: name, requestId: 'request-1' };
        assert.deepEqual(thrown.provider, provider, why);
        assert.match(thrown.message, /its own words/);
      }
    }
  });
}

test('the matrix names every operation that the resources call', () => {
  assert.deepEqual(Object.keys(MATRIX).toSorted(), Object.keys(CALLS).toSorted());
});

test('a quota error, status 402, is never retried: one call', async () => {
  let calls = 0;
  const answer = answering('CreateTargetGroup', 'ServiceQuotaExceededException', 402);
  const counted = resourcesOf(request => {
    calls++;
    return answer(request);
  });
  assertMeans(await thrownBy(() => CALLS['CreateTargetGroup']?.(counted)), 'ServiceLimitExceeded', 'a quota');
  assert.equal(calls, 1);
});

test('a throttle and a server error are asked once: the retry is the machine’s', async () => {
  for (const [name, status] of [
    ['ThrottlingException', 429],
    ['InternalServerException', 500],
  ] as const) {
    let calls = 0;
    const answer = answering('RegisterTargets', name, status);
    const counted = resourcesOf(request => {
      calls++;
      return answer(request);
    });
    await thrownBy(() => CALLS['RegisterTargets']?.(counted));
    assert.equal(calls, 1, name);
  }
});

test('an error that the model does not know is classified by its status, and proves nothing else', async () => {
  for (const [status, code] of [
    [400, 'InternalFailure'],
    [409, 'InternalFailure'],
    [429, 'Throttled'],
    [500, 'ServiceInternalError'],
    [503, 'ServiceInternalError'],
  ] as const) {
    const of = resourcesOf(answering('CreateTargetGroup', 'BrandNewException', status));
    assertMeans(await thrownBy(() => CALLS['CreateTargetGroup']?.(of)), code, `${status}`);
  }
});
