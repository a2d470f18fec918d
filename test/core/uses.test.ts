// What a request points at outside of its entry point, for both clouds: every member of a request is limited by a list of the
// access rules, or is in the table of those that point at nothing foreign.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { usesOf } from '@gatehouse/core/plan/plan-steps';
import { parseAccess } from '@gatehouse/core/request/access';
import { notAllowed } from '@gatehouse/core/request/permission';
import { alicloudRequestSchema, awsRequestSchema, parseRequest } from '@gatehouse/core/request/request';
import * as z from 'zod';
import {
  ALB,
  albGroup,
  FUNCTION,
  instanceGroup,
  ipGroup,
  lambdaGroup,
  NLB,
  policy,
  VPC,
} from './requests.ts';

const ATTACHMENT = 'arn:aws:globalaccelerator::210987654321:attachment/0a1b';
const ALIAS = `${FUNCTION}:live`;

const AWS = {
  operation: 'provision',
  entryPoint: 'checkout-edge',
  listener: {
    acceleratorArn:
      'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-12ab-34cd-56ef-1234567890ab',
    protocol: 'TCP',
    portRanges: [{ fromPort: 443, toPort: 443 }],
  },
  endpointGroups: [
    {
      region: 'eu-west-1',
      healthCheckPort: 8080,
      endpoints: [{ endpointId: NLB, attachmentArn: ATTACHMENT }],
      portOverrides: [{ listenerPort: 443, endpointPort: 22 }],
    },
  ],
  targetGroups: [
    ipGroup({ name: 'one', targets: [{ id: '10.0.1.5', port: 81 }] }, { healthCheck: { port: 82 } }),
    instanceGroup({ name: 'two' }),
    albGroup({ name: 'three' }),
    lambdaGroup({ name: 'four', targets: [{ id: ALIAS }] }),
  ],
  stickinessPolicies: [policy()],
};

const ALICLOUD = {
  operation: 'provision',
  entryPoint: 'checkout-edge',
  cloud: 'alicloud',
  listener: {
    acceleratorId: 'ga-bp1odcab8tmno0hdq4k7w',
    protocol: 'HTTPS',
    portRanges: [{ fromPort: 443, toPort: 443 }],
    certificates: [{ id: '1234567-cn-hangzhou' }],
    additionalCertificates: [{ domain: 'shop.example.com', id: '7654321-cn-hangzhou' }],
  },
  endpointGroups: [
    {
      region: 'cn-hangzhou',
      healthCheckEnabled: true,
      healthCheckPort: 8080,
      endpoints: [{ type: 'Domain', endpoint: 'Origin.example.com' }],
      portOverrides: [{ listenerPort: 443, endpointPort: 22 }],
    },
    {
      region: 'cn-shanghai',
      endpoints: [
        { type: 'ECS', endpoint: 'i-bp1example' },
        { type: 'IpTarget', endpoint: '10.0.0.7', vpcId: 'vpc-bp1example', vSwitchIds: ['vsw-bp1example'] },
      ],
    },
  ],
};

function usesIn(request: object) {
  const parsed = parseRequest(request, 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return usesOf(parsed.request);
}

/** A path without its positions, as in the schema. */
const placeOf = (path: readonly PropertyKey[]) => path.filter(part => typeof part === 'string').join('.');

const BOB = '123456789012/role/bob';
/** Refused without a rule for it: the list, the pointer, and a pattern that allows it. */
const LIMITED: [list: string, request: object, pointer: string, allowed: unknown][] = [
  ['accelerators', AWS, '/listener/acceleratorArn', 'arn:aws:globalaccelerator::123456789012:accelerator/*'],
  ['ports', AWS, '/listener/portRanges/0', { fromPort: 443, toPort: 443 }],
  ['regions', AWS, '/endpointGroups/0/region', 'eu-west-1'],
  ['endpoints', AWS, '/endpointGroups/0/endpoints/0/endpointId', NLB],
  [
    'endpoints',
    AWS,
    '/endpointGroups/0/endpoints/0/attachmentArn',
    'arn:aws:globalaccelerator::210987654321:*',
  ],
  ['endpointPorts', AWS, '/endpointGroups/0/portOverrides/0/endpointPort', { fromPort: 22, toPort: 22 }],
  ['endpointPorts', AWS, '/endpointGroups/0/healthCheckPort', { fromPort: 8080, toPort: 8080 }],
  ['regions', AWS, '/targetGroups/0/region', 'eu-west-1'],
  ['networks', AWS, '/targetGroups/0/config/vpcIdentifier', VPC],
  ['endpointPorts', AWS, '/targetGroups/0/config/port', { fromPort: 80, toPort: 80 }],
  ['endpointPorts', AWS, '/targetGroups/0/config/healthCheck/port', { fromPort: 82, toPort: 82 }],
  ['targets', AWS, '/targetGroups/0/targets/0/id', '10.0.1.*'],
  ['endpointPorts', AWS, '/targetGroups/0/targets/0/port', { fromPort: 81, toPort: 81 }],
  ['targets', AWS, '/targetGroups/1/targets/0/id', 'i-0a1b2c3d4e5f60718'],
  ['targets', AWS, '/targetGroups/2/targets/0/id', ALB],
  ['functions', AWS, '/targetGroups/3/targets/0/id', FUNCTION],
  ['functions', AWS, '/targetGroups/3/targets/0/id', ALIAS],
  ['regions', AWS, '/stickinessPolicies/0/region', 'eu-west-1'],
  ['loadBalancers', AWS, '/stickinessPolicies/0/loadBalancerName', 'checkout-*'],
  ['ports', AWS, '/stickinessPolicies/0/loadBalancerPorts/0', { fromPort: 443, toPort: 443 }],
  ['accelerators', ALICLOUD, '/listener/acceleratorId', 'ga-bp1*'],
  ['ports', ALICLOUD, '/listener/portRanges/0', { fromPort: 443, toPort: 443 }],
  ['certificates', ALICLOUD, '/listener/certificates/0/id', '1234567-*'],
  ['certificates', ALICLOUD, '/listener/additionalCertificates/0/id', '7654321-*'],
  ['regions', ALICLOUD, '/endpointGroups/0/region', 'cn-hangzhou'],
  ['endpoints', ALICLOUD, '/endpointGroups/0/endpoints/0/endpoint', '*.example.com'],
  ['endpoints', ALICLOUD, '/endpointGroups/0/endpoints/0/endpoint', 'origin.example.com'],
  ['endpoints', ALICLOUD, '/endpointGroups/1/endpoints/0/endpoint', 'i-bp1example'],
  ['endpoints', ALICLOUD, '/endpointGroups/1/endpoints/1/endpoint', '10.0.0.*'],
  ['networks', ALICLOUD, '/endpointGroups/1/endpoints/1/vpcId', 'vpc-bp1example'],
  ['networks', ALICLOUD, '/endpointGroups/1/endpoints/1/vSwitchIds/0', 'vsw-*'],
  ['endpointPorts', ALICLOUD, '/endpointGroups/0/portOverrides/0/endpointPort', { fromPort: 22, toPort: 22 }],
  ['endpointPorts', ALICLOUD, '/endpointGroups/0/healthCheckPort', { fromPort: 8080, toPort: 8080 }],
];

for (const [list, request, pointer, allowed] of LIMITED)
  test(`${list} limit ${pointer}${request === AWS ? '' : ' on Alibaba Cloud'}: ${JSON.stringify(allowed)}`, () => {
    const refused = (items: unknown[]) =>
      notAllowed(parseAccess({ callers: { '*': { [list]: items } } }), BOB, usesIn(request))?.errors?.map(
        error => error.pointer,
      ) ?? [];
    assert.ok(refused([]).includes(pointer));
    assert.ok(!refused([allowed]).includes(pointer));
  });

test('an id does not allow an ARN, which can be that of another account', () => {
  const id = 'eipalloc-0a1b2c3d4e5f60718';
  const rules = parseAccess({ callers: { '*': { endpoints: [id] } } });
  const refusal = (endpointId: string) =>
    notAllowed(
      rules,
      BOB,
      usesIn({ ...AWS, endpointGroups: [{ region: 'eu-west-1', endpoints: [{ endpointId }] }] }),
    );
  assert.equal(refusal(id), undefined);
  assert.equal(refusal(`arn:aws:ec2:eu-west-1:210987654321:elastic-ip/${id}`)?.code, 'NotAllowed');
});

/** Members that point at nothing outside of the entry point. */
const FREE: Record<'aws' | 'alicloud', Record<string, string>> = {
  aws: {
    listener: 'protocol clientAffinity',
    endpointGroups:
      'trafficDialPercentage healthCheckProtocol healthCheckPath healthCheckIntervalSeconds thresholdCount',
    'endpointGroups.endpoints': 'weight clientIPPreservationEnabled',
    'endpointGroups.portOverrides': 'listenerPort',
    targetGroups: 'name type tags',
    'targetGroups.config': 'protocol protocolVersion ipAddressType lambdaEventStructureVersion',
    'targetGroups.config.healthCheck':
      'enabled protocol protocolVersion path healthCheckIntervalSeconds healthCheckTimeoutSeconds healthyThresholdCount unhealthyThresholdCount matcher.httpCode',
    stickinessPolicies: 'policyName cookieExpirationPeriod cookieName replace',
  },
  alicloud: {
    listener:
      'name description protocol clientAffinity httpVersion idleTimeout requestTimeout securityPolicyId additionalCertificates.domain',
    'listener.xForwardedForConfig':
      'xForwardedForGaApEnabled xForwardedForGaIdEnabled xForwardedForPortEnabled xForwardedForProtoEnabled xRealIpEnabled',
    endpointGroups:
      'name description type tags trafficPercentage endpointIpVersion endpointProtocolVersion endpointRequestProtocol healthCheckEnabled healthCheckHost healthCheckIntervalSeconds healthCheckPath healthCheckProtocol thresholdCount',
    // The address is one of the network interface, which is limited.
    'endpointGroups.endpoints': 'type weight enableClientIPPreservation enableProxyProtocol subAddress',
    'endpointGroups.portOverrides': 'listenerPort',
    forwardingRules: 'name priority',
    // A redirect sends clients away; nothing of the domain is used or changed.
    'forwardingRules.ruleActions':
      'type endpointGroup code content contentType protocol domain port path query headers headers.name headers.type headers.value',
    'forwardingRules.ruleConditions': 'type values values.key values.values',
  },
};

const freeOf = (cloud: 'aws' | 'alicloud') =>
  Object.entries(FREE[cloud]).flatMap(([part, names]) => names.split(' ').map(name => `${part}.${name}`));

for (const [cloud, schema, request] of [
  ['aws', awsRequestSchema, AWS],
  ['alicloud', alicloudRequestSchema, ALICLOUD],
] as const)
  test(`every member of a request for ${cloud} is limited, or known to point at nothing foreign`, () => {
    const places = leavesOf(
      z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as JsonSchema,
    ).filter(place => !['operation', 'entryPoint', 'cloud'].includes(place) && !place.startsWith('options.'));
    const uses = usesIn(request);
    const limited = uses.flatMap(({ path }) => {
      const place = placeOf(path);
      // The pointer of a range is that of its two members.
      return place.endsWith('portRanges') ? [`${place}.fromPort`, `${place}.toPort`] : [place];
    });
    const open = places.filter(place => !limited.includes(place));
    assert.deepEqual([...new Set(open)].toSorted(), freeOf(cloud).toSorted());
  });

interface JsonSchema {
  properties?: Record<string, JsonSchema>;
  items?: JsonSchema;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
  $ref?: string;
  $defs?: Record<string, JsonSchema>;
}

/** The places of all members that contain no others. */
function leavesOf(root: JsonSchema): string[] {
  const visit = (schema: JsonSchema, path: string[]): string[] => {
    const target = schema.$ref === undefined ? schema : root.$defs?.[schema.$ref.replace('#/$defs/', '')];
    assert.ok(target, schema.$ref);
    const { properties, items, anyOf = [], oneOf = [] } = target;
    const variants = [...anyOf, ...oneOf];
    if (items) return visit(items, path);
    if (properties)
      return Object.entries(properties).flatMap(([name, child]) => visit(child, [...path, name]));
    const nested = variants.filter(
      each => each.properties || each.$ref || each.items || each.oneOf || each.anyOf,
    );
    return nested.length > 0 ? nested.flatMap(each => visit(each, path)) : [path.join('.')];
  };
  return visit(root, []);
}
