// A request in the clouds' own words, written independently of the code that sends it: the expected snapshot of the
// clouds after success, and the new resources in it.
import assert from 'node:assert/strict';
import { type AwsRequest, awsRequestSchema, type Request } from '@gatehouse/core/request/request';
import { addedAlicloudIds, assertAlicloudAsAsked } from './alicloud-as-asked.ts';

type Thing = Record<string, unknown>;
const REGION = 'eu-west-1';

export interface Asked {
  request: Request;
  /** Who may have made it. */
  jobIds: string[];
}

interface AskedOfAws {
  request: AwsRequest;
  jobIds: string[];
}

/** The clouds are as before, plus exactly what was asked for. `jobIds`: who may have made it. */
export function assertAsAsked(now: string, before: string, request: Request, ...jobIds: string[]): void {
  assertAllAsAsked(now, before, [{ request, jobIds }]);
}

/** The same of several entry points at once. */
export function assertAllAsAsked(now: string, before: string, all: Asked[]): void {
  const [after, then] = [JSON.parse(now), JSON.parse(before)];
  assertAlicloudAsAsked(
    after.ga,
    then.ga,
    all.map(({ request }) => request),
  );
  const aws = all.map(({ request, jobIds }) => ({ request: onAws(request), jobIds }));
  const gone = withoutStanding(acceleratorThings(then), acceleratorThings(after));
  assert.deepEqual(gone, [], 'nothing on the accelerators that stood before is gone or changed');
  const added = withoutStanding(acceleratorThings(after), acceleratorThings(then)).map(withoutIds);
  assert.deepEqual(
    added.toSorted(byText),
    aws.flatMap(({ request }) => acceleratorAsked(request)).toSorted(byText),
    'Global Accelerator is as asked',
  );
  assert.deepEqual(
    withoutStanding(then['vpc-lattice'], after['vpc-lattice']),
    [],
    'no target group that stood before is gone or changed',
  );
  assertTargetGroups(withoutStanding(after['vpc-lattice'], then['vpc-lattice']), aws);
  assert.deepEqual(
    sorted(after.elasticloadbalancing),
    sorted(
      aws.reduce((standing, { request }) => loadBalancersAsked(standing, request), then.elasticloadbalancing),
    ),
    'the load balancers are as asked, and everything else on them as before',
  );
}

/** What a request asks of AWS: of another cloud's, nothing. */
export function onAws(request: Request): AwsRequest {
  if (request.cloud === 'aws') return request;
  const { operation, entryPoint, options } = request;
  return awsRequestSchema.parse({ operation, entryPoint, options, cloud: 'aws' });
}

/** Cloud ids of all that the clouds have beyond what they had, in the words of the ledger. */
export function addedIds(now: string, before: string): string[] {
  const [after, then] = [JSON.parse(now), JSON.parse(before)];
  const accelerator = withoutStanding(acceleratorThings(after), acceleratorThings(then));
  const lattice = withoutStanding(after['vpc-lattice'], then['vpc-lattice']);
  return [
    ...accelerator.map(thing => String(thing['EndpointGroupArn'] ?? thing['ListenerArn'])),
    ...lattice.flatMap(group => [
      String(group['arn']),
      ...(listOf(group['targets']).length > 0 ? [`${group['arn']}/targets`] : []),
    ]),
    ...loadBalancerIds(after).filter(id => !loadBalancerIds(then).includes(id)),
    ...addedAlicloudIds(after.ga, then.ga),
  ];
}

function acceleratorThings({
  globalaccelerator,
}: {
  globalaccelerator: { Listeners: Thing[]; EndpointGroups: Thing[] };
}) {
  return [...globalaccelerator.Listeners, ...globalaccelerator.EndpointGroups];
}

function withoutStanding(now: Thing[], then: Thing[]): Thing[] {
  const stood = new Set(then.map(thing => JSON.stringify(thing)));
  return now.filter(thing => !stood.has(JSON.stringify(thing)));
}

function withoutIds({ EndpointGroupArn: _, ListenerArn: __, ...members }: Thing): Thing {
  return withoutIdlePath(members);
}

/** A TCP check has no path, whatever stands there. */
function withoutIdlePath({ HealthCheckPath, ...members }: Thing): Thing {
  const isIdle = HealthCheckPath === undefined || members['HealthCheckProtocol'] === 'TCP';
  return isIdle ? members : { ...members, HealthCheckPath };
}

function acceleratorAsked({ listener, endpointGroups }: AwsRequest): Thing[] {
  if (!listener) return [];
  const asked = {
    ClientAffinity: listener.clientAffinity,
    PortRanges: listener.portRanges.map(range => ({ FromPort: range.fromPort, ToPort: range.toPort })),
    Protocol: listener.protocol,
  };
  const groups = endpointGroups.map(group => ({
    EndpointConfigurations: group.endpoints.map(endpoint => ({
      ...(endpoint.attachmentArn === undefined ? {} : { AttachmentArn: endpoint.attachmentArn }),
      ClientIPPreservationEnabled:
        endpoint.clientIPPreservationEnabled ?? /:loadbalancer\/app\/|^i-/.test(endpoint.endpointId),
      EndpointId: endpoint.endpointId,
      Weight: endpoint.weight,
    })),
    EndpointGroupRegion: group.region,
    HealthCheckIntervalSeconds: group.healthCheckIntervalSeconds,
    HealthCheckPath: group.healthCheckPath,
    HealthCheckPort: group.healthCheckPort ?? listener.portRanges[0]?.fromPort,
    HealthCheckProtocol: group.healthCheckProtocol,
    PortOverrides: group.portOverrides.map(({ listenerPort, endpointPort }) => ({
      EndpointPort: endpointPort,
      ListenerPort: listenerPort,
    })),
    ThresholdCount: group.thresholdCount,
    TrafficDialPercentage: group.trafficDialPercentage,
  }));
  return [asked, ...groups].map(withoutIdlePath).map(withSortedLists);
}

/** Every member that a request says; what it leaves to the cloud is the cloud's. */
function assertTargetGroups(added: Thing[], all: AskedOfAws[]): void {
  assert.deepEqual(
    added.map(group => `${group['region']} ${group['name']}`).toSorted(),
    all
      .flatMap(({ request }) => request.targetGroups)
      .map(group => `${group.region ?? REGION} ${group.name}`)
      .toSorted(),
    'the target groups are those asked for',
  );
  for (const asked of all) assertTargetGroupsOf(added, asked);
}

function assertTargetGroupsOf(added: Thing[], { request, jobIds }: AskedOfAws): void {
  const { targetGroups, entryPoint } = request;
  for (const asked of targetGroups) {
    const group = added.find(each => each['name'] === asked.name) ?? {};
    assert.equal(group['type'], asked.type);
    assertCovers(group['config'], asked.config ?? {}, asked.name);
    const { 'gatehouse:job': maker, ...tags } = Object(group['tags']);
    assert.ok(jobIds.includes(maker), `${maker} has made it`);
    assert.deepEqual(tags, { ...asked.tags, 'gatehouse:entry-point': entryPoint });
    const port = asked.config && 'port' in asked.config ? { port: asked.config.port } : {};
    assert.deepEqual(
      listOf(group['targets']).toSorted(byText),
      asked.targets.map(({ id, ...said }) => ({ id, ...port, ...said })).toSorted(byText),
      `the targets of ${asked.name}`,
    );
  }
}

function assertCovers(standing: unknown, asked: unknown, where: string): void {
  if (typeof asked !== 'object' || asked === null) assert.deepEqual(standing, asked, where);
  else {
    for (const [member, value] of Object.entries(asked)) {
      assertCovers(Reflect.get(Object(standing), member), value, `${where}.${member}`);
    }
  }
}

interface Balancer {
  Region: string;
  LoadBalancerName: string;
  Listeners: { LoadBalancerPort: number; PolicyNames: string[] }[];
  Policies: { PolicyName: string; PolicyTypeName: string; PolicyAttributeDescriptions: unknown[] }[];
}

function loadBalancersAsked(before: { LoadBalancers: Balancer[] }, { stickinessPolicies }: AwsRequest) {
  const after = structuredClone(before);
  for (const policy of stickinessPolicies) {
    const region = policy.region ?? REGION;
    const balancer = after.LoadBalancers.find(
      each => each.Region === region && each.LoadBalancerName === policy.loadBalancerName,
    );
    assert.ok(balancer, `${policy.loadBalancerName} is there`);
    const cookies = balancer.Policies.filter(each => /Cookie/.test(each.PolicyTypeName)).map(
      each => each.PolicyName,
    );
    const [AttributeName, AttributeValue, PolicyTypeName] = policy.cookieName
      ? ['CookieName', policy.cookieName, 'AppCookieStickinessPolicyType']
      : [
          'CookieExpirationPeriod',
          String(policy.cookieExpirationPeriod ?? 0),
          'LBCookieStickinessPolicyType',
        ];
    balancer.Policies.push({
      PolicyAttributeDescriptions: [{ AttributeName, AttributeValue }],
      PolicyName: policy.policyName,
      PolicyTypeName,
    });
    for (const listener of balancer.Listeners.filter(each =>
      policy.loadBalancerPorts.includes(each.LoadBalancerPort),
    )) {
      const kept = listener.PolicyNames.filter(name => !cookies.includes(name));
      listener.PolicyNames = [...kept, policy.policyName];
    }
  }
  return after;
}

/** In one order, whatever the names on the wire were that the picture was sorted by. */
function sorted({ LoadBalancers }: { LoadBalancers: Balancer[] }): Balancer[] {
  return LoadBalancers.map(balancer => ({
    ...balancer,
    Listeners: balancer.Listeners.map(each => ({
      ...each,
      PolicyNames: each.PolicyNames.toSorted(),
    })).toSorted(byText),
    Policies: balancer.Policies.toSorted(byText),
  })).toSorted(byText);
}

function loadBalancerIds({
  elasticloadbalancing,
}: {
  elasticloadbalancing: { LoadBalancers: Balancer[] };
}): string[] {
  return elasticloadbalancing.LoadBalancers.flatMap(({ Region, LoadBalancerName, Policies, Listeners }) => [
    ...Policies.map(policy => `${Region}/${LoadBalancerName}/${policy.PolicyName}`),
    ...Listeners.flatMap(({ LoadBalancerPort, PolicyNames }) =>
      PolicyNames.map(name => `${Region}/${LoadBalancerName}:${LoadBalancerPort}/${name}`),
    ),
  ]);
}

/** The picture sorts lists by their text; so does this. */
function withSortedLists(thing: Thing): Thing {
  return Object.fromEntries(
    Object.entries(thing).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.toSorted(byText) : value,
    ]),
  );
}

function listOf(value: unknown): Thing[] {
  return Array.isArray(value) ? value : [];
}

function byText(a: unknown, b: unknown): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
