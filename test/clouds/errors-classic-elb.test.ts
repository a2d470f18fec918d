// What every error of Classic ELB means to a step: wire codes of docs/clouds/classic-elb.md, answered on the wire and read by
// the real SDK client, which has names of its own for them.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { classicElbClients } from '@gatehouse/clouds/classic-elb';
import { policyAttachmentResource } from '@gatehouse/clouds/classic-elb/policy-attachment';
import { stickinessPolicyResource } from '@gatehouse/clouds/classic-elb/stickiness-policy';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { WireRequest, WireResponse } from '@gatehouse/twins/http/wire';
import { desiredAttachment, desiredPolicy, OUR_POLICY, WEB } from './elb-fixtures.ts';
import { assertMeans, GONE, thrownBy } from './meaning.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const POLICY = desiredPolicy();
const APP_POLICY = desiredPolicy({ cookieExpirationPeriod: undefined, cookieName: 'SESSION' });
const ATTACHMENT = desiredAttachment();
const SET = 'SetLoadBalancerPoliciesOfListener';

function resourcesOf(answer: (request: WireRequest) => WireResponse) {
  const clients = classicElbClients({ credentials, requestHandler: handlerFor(async wire => answer(wire)) });
  return { policies: stickinessPolicyResource(clients), attachments: policyAttachmentResource(clients) };
}

type Resources = ReturnType<typeof resourcesOf>;

/** One call of each operation, as the resources make it; Set also as undo makes it. */
const CALLS: Record<string, (of: Resources) => Promise<unknown> | undefined> = {
  CreateLBCookieStickinessPolicy: of => of.policies.create?.(POLICY, ''),
  CreateAppCookieStickinessPolicy: of => of.policies.create?.(APP_POLICY, ''),
  DescribeLoadBalancers: of => of.attachments.read(ATTACHMENT, undefined),
  DescribeLoadBalancerPolicies: of => of.policies.read(POLICY, undefined),
  [SET]: of => of.attachments.create?.(ATTACHMENT, ''),
  [`${SET}, undoing`]: of => of.attachments.remove?.('', ATTACHMENT, null),
  DeleteLoadBalancerPolicy: of => of.policies.remove?.('', POLICY, null),
};

/** Not modelled, and answered all the same. */
const EVERYWHERE = {
  Throttling: 'Throttled',
  ThrottlingException: 'Throttled',
  RequestLimitExceeded: 'Throttled',
  DependencyThrottle: 'Throttled',
  AccessDenied: 'AccessDenied',
  ValidationError: 'InvalidRequest',
  InternalFailure: 'ServiceInternalError',
  ServiceUnavailable: 'ServiceInternalError',
  BrandNew: 'InternalFailure',
};

const CREATE = {
  ...EVERYWHERE,
  LoadBalancerNotFound: 'NotFound',
  // Its name is taken: look whose it is.
  DuplicatePolicyName: 'AlreadyExists',
  InvalidConfigurationRequest: 'ResourceConflict',
  TooManyPolicies: 'ServiceLimitExceeded',
};

/** docs/clouds/classic-elb.md, errors: operation, and what each of its errors means to the step that gets it. */
const MATRIX: Record<string, Record<string, string>> = {
  CreateLBCookieStickinessPolicy: CREATE,
  CreateAppCookieStickinessPolicy: CREATE,
  DescribeLoadBalancers: { ...EVERYWHERE, LoadBalancerNotFound: GONE },
  DescribeLoadBalancerPolicies: { ...EVERYWHERE, LoadBalancerNotFound: GONE, PolicyNotFound: GONE },
  [SET]: {
    ...EVERYWHERE,
    LoadBalancerNotFound: 'NotFound',
    // A port that speaks no HTTP, or a second cookie policy on it.
    InvalidConfigurationRequest: 'ResourceConflict',
    ListenerNotFound: 'NotFound',
    PolicyNotFound: 'NotFound',
  },
  [`${SET}, undoing`]: {
    ...EVERYWHERE,
    LoadBalancerNotFound: GONE,
    InvalidConfigurationRequest: 'ResourceConflict',
    ListenerNotFound: GONE,
  },
  DeleteLoadBalancerPolicy: {
    ...EVERYWHERE,
    LoadBalancerNotFound: GONE,
    // It is enabled on no port any more.
    InvalidConfigurationRequest: 'Busy',
    PolicyNotFound: GONE,
  },
};

/** The SDK's names of the wire's codes, where they differ. */
const SDK_NAME: Record<string, string> = {
  LoadBalancerNotFound: 'AccessPointNotFoundException',
  DuplicatePolicyName: 'DuplicatePolicyNameException',
  TooManyPolicies: 'TooManyPoliciesException',
  PolicyNotFound: 'PolicyNotFoundException',
  ListenerNotFound: 'ListenerNotFoundException',
  InvalidConfigurationRequest: 'InvalidConfigurationRequestException',
  DependencyThrottle: 'DependencyThrottleException',
};

const STATUS: Record<string, number> = {
  InvalidConfigurationRequest: 409,
  AccessDenied: 403,
  InternalFailure: 500,
  ServiceUnavailable: 503,
};

const xml = { 'content-type': 'text/xml', 'x-amzn-requestid': 'request-1' };

/** Every other operation succeeds, so that the one in question is reached. */
function answering(operation: string, code: string, status: number) {
  const enabled = operation.includes('undoing');
  return ({ body }: WireRequest): WireResponse => {
    const asked = new URLSearchParams(body).get('Action') ?? '';
    if (asked !== operation.split(',')[0]) return succeeding(asked, enabled);
    const error = `<Error><Type>Sender</Type><Code>${code}</Code><Message>its own words</Message></Error>`;
    const text = `<ErrorResponse>${error}<RequestId>request-1</RequestId></ErrorResponse>`;
    return { status, headers: xml, body: text };
  };
}

function succeeding(operation: string, enabled: boolean): WireResponse {
  const listener = '<Listener><Protocol>HTTPS</Protocol><LoadBalancerPort>443</LoadBalancerPort></Listener>';
  const names = `<PolicyNames>${enabled ? `<member>${OUR_POLICY}</member>` : ''}</PolicyNames>`;
  const listeners = `<ListenerDescriptions><member>${listener}${names}</member></ListenerDescriptions>`;
  const balancer = `<member><LoadBalancerName>${WEB}</LoadBalancerName>${listeners}</member>`;
  const described = `<LoadBalancerDescriptions>${balancer}</LoadBalancerDescriptions>`;
  const result = `<${operation}Result>${operation === 'DescribeLoadBalancers' ? described : ''}</${operation}Result>`;
  return { status: 200, headers: xml, body: `<${operation}Response>${result}</${operation}Response>` };
}

for (const [operation, errors] of Object.entries(MATRIX)) {
  test(`every error of ${operation} is mapped as documented`, async () => {
    const call = CALLS[operation];
    assert.ok(call);
    for (const [wireCode, code] of Object.entries(errors)) {
      const why = `${operation} ${wireCode}`;
      const of = resourcesOf(answering(operation, wireCode, STATUS[wireCode] ?? 400));
      const thrown = await thrownBy(() => call(of));
      if (code === GONE) {
        assert.equal(thrown, undefined, why);
        continue;
      }
      assertMeans(thrown, code, why);
      assert.equal(thrown.provider?.operation, operation.split(',')[0], why);
      assert.equal(thrown.provider?.service, 'elasticloadbalancing');
      assert.equal(thrown.provider?.errorCode, SDK_NAME[wireCode] ?? wireCode, why);
      assert.equal(thrown.provider?.requestId, 'request-1', why);
      assert.match(thrown.message, /its own words/);
    }
  });
}

test('the matrix names every operation that the resources call', () => {
  assert.deepEqual(Object.keys(MATRIX).toSorted(), Object.keys(CALLS).toSorted());
});

test('a throttle of either name is asked once: the retry is the machine’s', async () => {
  for (const code of ['Throttling', 'DependencyThrottle']) {
    let calls = 0;
    const answer = answering('DescribeLoadBalancers', code, 400);
    const counted = resourcesOf(request => {
      calls++;
      return answer(request);
    });
    assertMeans(await thrownBy(() => CALLS['DescribeLoadBalancers']?.(counted)), 'Throttled', code);
    assert.equal(calls, 1, code);
  }
});
