// What every error of Global Accelerator and of AWS at large means to a step: its class, code and outcome. Names of
// docs/clouds/global-accelerator.md and docs/clouds/aws-sdk.md, answered on the wire and read by the real SDK client.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { test } from 'node:test';
import { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import { globalAcceleratorClient } from '@gatehouse/clouds/global-accelerator';
import { acceleratorResource } from '@gatehouse/clouds/global-accelerator/accelerator';
import { endpointGroupResource } from '@gatehouse/clouds/global-accelerator/endpoint-group';
import { listenerResource } from '@gatehouse/clouds/global-accelerator/listener';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import type { Answer } from '@gatehouse/twins/http/wire';
import { desiredGroup, desiredListener, EDGE, FOREIGN_LISTENER } from './fixtures.ts';
import { assertMeans, GONE, thrownBy } from './meaning.ts';

const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
const GROUP = `${FOREIGN_LISTENER}/endpoint-group/6b5a49382716`;
const TOKEN = 'a'.repeat(64);

function clientOf(answer: () => Promise<Answer>): GlobalAcceleratorClient {
  return globalAcceleratorClient({ credentials, requestHandler: handlerFor(answer) });
}

function answering(code: string, status: number) {
  return async (): Promise<Answer> => ({
    status,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amzn-requestid': 'request-1' },
    body: JSON.stringify({ __type: code, Message: 'its own words' }),
  });
}

function resourcesOf(client: GlobalAcceleratorClient) {
  return {
    accelerator: acceleratorResource(client),
    listener: listenerResource(client),
    endpointGroup: endpointGroupResource(client),
  };
}

type Resources = ReturnType<typeof resourcesOf>;

/** One call of each operation, as the resources make it. */
const CALLS: Record<string, (of: Resources) => Promise<unknown> | undefined> = {
  DescribeAccelerator: of => of.accelerator.read({ acceleratorArn: EDGE }, undefined),
  CreateListener: of => of.listener.create?.(desiredListener(), TOKEN),
  UpdateListener: of => of.listener.update?.(desiredListener(), { ListenerArn: FOREIGN_LISTENER }),
  DescribeListener: of => of.listener.read(desiredListener(), FOREIGN_LISTENER),
  ListListeners: of => of.listener.read(desiredListener(), undefined),
  DeleteListener: of => of.listener.remove?.(FOREIGN_LISTENER, desiredListener(), null),
  CreateEndpointGroup: of => of.endpointGroup.create?.({ ...desiredGroup(), listenerArn: EDGE }, TOKEN),
  UpdateEndpointGroup: of => of.endpointGroup.update?.(desiredGroup(), { EndpointGroupArn: GROUP }),
  DescribeEndpointGroup: of => of.endpointGroup.read(desiredGroup(), GROUP),
  ListEndpointGroups: of =>
    of.endpointGroup.read({ ...desiredGroup(), listenerArn: FOREIGN_LISTENER }, undefined),
  DeleteEndpointGroup: of => of.endpointGroup.remove?.(GROUP, desiredGroup(), null),
  AddEndpoints: of => of.endpointGroup.update?.(desiredGroup(), sharedGroup('absent')),
  RemoveEndpoints: of => of.endpointGroup.update?.(withoutEndpoints(), sharedGroup('present')),
};

function withoutEndpoints() {
  const { endpoints, ...desired } = desiredGroup();
  return { ...desired, endpoints: [], dropped: endpoints.map(({ endpointId }) => endpointId) };
}

/** A group as the API shows it, with a stranger's endpoint beside ours, which are absent or present. */
function sharedGroup(ours: 'absent' | 'present') {
  const { endpoints, ...desired } = desiredGroup();
  return {
    EndpointGroupArn: GROUP,
    TrafficDialPercentage: desired.trafficDialPercentage,
    HealthCheckProtocol: desired.healthCheckProtocol,
    HealthCheckPath: desired.healthCheckPath,
    HealthCheckIntervalSeconds: desired.healthCheckIntervalSeconds,
    ThresholdCount: desired.thresholdCount,
    PortOverrides: desired.portOverrides.map(({ listenerPort, endpointPort }) => ({
      ListenerPort: listenerPort,
      EndpointPort: endpointPort,
    })),
    EndpointDescriptions: [
      { EndpointId: 'theirs', Weight: 1 },
      ...(ours === 'absent'
        ? []
        : endpoints.map(({ endpointId }) => ({ EndpointId: endpointId, Weight: 77 }))),
    ],
  };
}

/** docs/clouds/global-accelerator.md, errors: operation, and what each of its errors means to the step that gets it. */
const MATRIX: Record<string, Record<string, string>> = {
  DescribeAccelerator: {
    AcceleratorNotFound: GONE,
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
  },
  CreateListener: {
    AcceleratorNotFound: 'NotFound',
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    // Its natural key is taken: look whose it is.
    InvalidPortRange: 'AlreadyExists',
    LimitExceeded: 'ServiceLimitExceeded',
  },
  UpdateListener: {
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    InvalidPortRange: 'InvalidRequest',
    LimitExceeded: 'ServiceLimitExceeded',
    ListenerNotFound: 'NotFound',
  },
  DescribeListener: {
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    ListenerNotFound: GONE,
  },
  ListListeners: {
    // Listeners go before their accelerator: without it there is none.
    AcceleratorNotFound: GONE,
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    InvalidNextToken: 'Busy',
  },
  DeleteListener: {
    // No group is listed in this test either: see global-accelerator.test.ts for both halves.
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    ListenerNotFound: GONE,
  },
  CreateEndpointGroup: {
    AcceleratorNotFound: 'NotFound',
    AccessDenied: 'AccessDenied',
    EndpointGroupAlreadyExists: 'AlreadyExists',
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    LimitExceeded: 'ServiceLimitExceeded',
    ListenerNotFound: 'NotFound',
  },
  UpdateEndpointGroup: {
    AccessDenied: 'AccessDenied',
    EndpointGroupNotFound: 'NotFound',
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    LimitExceeded: 'ServiceLimitExceeded',
  },
  DescribeEndpointGroup: {
    EndpointGroupNotFound: GONE,
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
  },
  ListEndpointGroups: {
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    InvalidNextToken: 'Busy',
    ListenerNotFound: GONE,
  },
  DeleteEndpointGroup: {
    EndpointGroupNotFound: GONE,
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
  },
  AddEndpoints: {
    AccessDenied: 'AccessDenied',
    EndpointGroupNotFound: 'NotFound',
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    LimitExceeded: 'ServiceLimitExceeded',
    TransactionInProgress: 'Busy',
  },
  RemoveEndpoints: {
    AccessDenied: 'AccessDenied',
    EndpointGroupNotFound: 'NotFound',
    InternalServiceError: 'ServiceInternalError',
    InvalidArgument: 'InvalidRequest',
    TransactionInProgress: 'Busy',
  },
};

const STATUS: Record<string, number> = {
  AcceleratorNotFound: 404,
  ListenerNotFound: 404,
  EndpointGroupNotFound: 404,
  AccessDenied: 403,
  LimitExceeded: 403,
  TransactionInProgress: 409,
  InternalServiceError: 500,
};

for (const [operation, errors] of Object.entries(MATRIX)) {
  test(`every modelled error of ${operation} is mapped as documented, whatever its HTTP status`, async () => {
    const call = CALLS[operation];
    assert.ok(call);
    for (const [short, code] of Object.entries(errors)) {
      const name = `${short}Exception`;
      // The statuses are not confirmed against the live service: the name is what counts.
      for (const status of [STATUS[short] ?? 400, short === 'InternalServiceError' ? 500 : 400]) {
        const thrown = await thrownBy(() => call(resourcesOf(clientOf(answering(name, status)))));
        const why = `${operation} ${name} ${status}`;
        if (code === GONE) {
          assert.equal(thrown, undefined, why);
          continue;
        }
        assertMeans(thrown, code, why);
        assert.deepEqual(
          thrown.provider,
          { service: 'globalaccelerator', operation, errorCode: name, requestId: 'request-1' },
          why,
        );
        assert.match(thrown.message, /its own words/);
      }
    }
  });
}

test('the matrix names every operation that the resources call', () => {
  assert.deepEqual(Object.keys(MATRIX).toSorted(), Object.keys(CALLS).toSorted());
});

/** Name, HTTP status, meaning; docs/clouds/aws-sdk.md, retries, and what every AWS service answers. */
const COMMON: [name: string, status: number, code: string][] = [
  ['BandwidthLimitExceeded', 400, 'Throttled'],
  ['EC2ThrottledException', 400, 'Throttled'],
  ['ProvisionedThroughputExceededException', 400, 'Throttled'],
  ['RequestLimitExceeded', 400, 'Throttled'],
  ['RequestThrottled', 400, 'Throttled'],
  ['RequestThrottledException', 400, 'Throttled'],
  ['SlowDown', 503, 'Throttled'],
  ['ThrottledException', 400, 'Throttled'],
  ['Throttling', 400, 'Throttled'],
  ['ThrottlingException', 400, 'Throttled'],
  ['ThrottlingException', 429, 'Throttled'],
  ['TooManyRequestsException', 429, 'Throttled'],
  ['PriorRequestNotComplete', 400, 'Busy'],
  ['TransactionInProgressException', 409, 'Busy'],
  // The SDK takes it for a throttle; here it is a quota.
  ['LimitExceededException', 403, 'ServiceLimitExceeded'],
  ['LimitExceededException', 400, 'ServiceLimitExceeded'],
  ['RequestTimeout', 408, 'NetworkFailure'],
  ['RequestTimeoutException', 400, 'NetworkFailure'],
  ['InternalFailure', 500, 'ServiceInternalError'],
  ['ServiceUnavailable', 503, 'ServiceInternalError'],
  ['AccessDenied', 403, 'AccessDenied'],
  ['AccessDeniedException', 400, 'AccessDenied'],
  ['UnrecognizedClientException', 400, 'AccessDenied'],
  ['ExpiredTokenException', 400, 'AccessDenied'],
  ['InvalidSignatureException', 400, 'AccessDenied'],
  ['ValidationException', 400, 'InvalidRequest'],
  ['SerializationException', 400, 'InvalidRequest'],
  ['UnknownOperationException', 400, 'InvalidRequest'],
  // Nobody knows them: by their status, and else no retry heals them and nothing is proven.
  ['BrandNewException', 400, 'InternalFailure'],
  ['BrandNewException', 409, 'InternalFailure'],
  ['BrandNewException', 429, 'Throttled'],
  ['BrandNewException', 500, 'ServiceInternalError'],
  ['BrandNewException', 502, 'ServiceInternalError'],
  ['BrandNewException', 503, 'ServiceInternalError'],
  ['BrandNewException', 504, 'ServiceInternalError'],
];

test('the common errors of AWS services are recognized by name', async () => {
  for (const [name, status, code] of COMMON) {
    const client = clientOf(answering(name, status));
    const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
    assertMeans(thrown, code, `${name} ${status}`);
  }
});

test('a quota is never retried, neither by the SDK nor by the machine', async () => {
  let calls = 0;
  const answer = answering('LimitExceededException', 403);
  const client = clientOf(() => {
    calls++;
    return answer();
  });
  const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
  assert.equal(calls, 1);
  assertMeans(thrown, 'ServiceLimitExceeded', 'a quota');
});

test('a throttle is asked once: the retry is the machine’s', async () => {
  let calls = 0;
  const answer = answering('ThrottlingException', 400);
  const client = clientOf(() => {
    calls++;
    return answer();
  });
  assertMeans(
    await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client))),
    'Throttled',
    'a throttle',
  );
  assert.equal(calls, 1);
});

test('a response that is not JSON is a server error of unknown outcome', async () => {
  const answers: [string, number, string][] = [
    ['<html>Service Unavailable</html>', 503, 'a proxy speaks for the service'],
    ['<html>Bad Gateway</html>', 502, 'the same, one hop earlier'],
    ['', 500, 'no body at all'],
    ['{"Listener": {', 200, 'a body that was cut off'],
  ];
  for (const [body, status, why] of answers) {
    const client = clientOf(async () => ({ status, headers: { 'content-type': 'text/html' }, body }));
    const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
    assertMeans(thrown, 'ServiceInternalError', why);
  }
});

test('an answer without the object that it must carry proves nothing about the create', async () => {
  const client = clientOf(async () => ({ status: 200, headers: {}, body: '{}' }));
  const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
  assertMeans(thrown, 'InternalFailure', 'an empty answer');
});

test('a connection that broke, and a name that did not resolve, are network failures of unknown outcome', async () => {
  const codes = [
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ENOTFOUND',
    'EAI_AGAIN',
  ];
  for (const code of codes) {
    const requestHandler = {
      handle: async () => {
        throw Object.assign(new Error(`connect ${code}`), { code });
      },
      updateHttpClientConfig() {},
      httpHandlerConfigs: () => ({}),
    };
    const client = globalAcceleratorClient({ credentials, requestHandler });
    const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
    assertMeans(thrown, 'NetworkFailure', code);
    assert.equal(thrown.provider?.operation, 'CreateListener');
  }
});

test('a service that does not answer in time is a network failure', async () => {
  const server = createServer(() => {});
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  assert.ok(typeof address === 'object' && address);
  const client = new GlobalAcceleratorClient({
    region: 'us-west-2',
    endpoint: `http://127.0.0.1:${address.port}`,
    credentials,
    maxAttempts: 1,
    requestHandler: { requestTimeout: 30, throwOnRequestTimeout: true },
  });
  try {
    const thrown = await thrownBy(() => listenerResource(client).read(desiredListener(), FOREIGN_LISTENER));
    assertMeans(thrown, 'NetworkFailure', 'a request timeout');
  } finally {
    client.destroy();
    server.closeAllConnections();
    server.close();
  }
});

test('a thrown value that is not an error is an internal failure with an unknown outcome', async () => {
  const requestHandler = {
    handle: async () => {
      throw new TypeError('a bug');
    },
    updateHttpClientConfig() {},
    httpHandlerConfigs: () => ({}),
  };
  const client = globalAcceleratorClient({ credentials, requestHandler });
  const thrown = await thrownBy(() => CALLS['CreateListener']?.(resourcesOf(client)));
  assertMeans(thrown, 'InternalFailure', 'a bug');
});

test('every call goes to us-west-2, whatever region the environment names', async () => {
  const hosts = new Set<string>();
  const client = clientOf(async () => ({ status: 200, headers: {}, body: '{}' }));
  client.middlewareStack.add(
    next => async input => {
      hosts.add(String((input.request as { hostname?: string }).hostname));
      return next(input);
    },
    { step: 'finalizeRequest' },
  );
  await thrownBy(() => CALLS['DescribeListener']?.(resourcesOf(client)));
  assert.deepEqual([...hosts], ['globalaccelerator.us-west-2.amazonaws.com']);
});
