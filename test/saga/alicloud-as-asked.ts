// A request for Alibaba Cloud in the API's own words, written independently of the code that sends it: the expected
// snapshot of the instances after success, and the new resources in it.
import assert from 'node:assert/strict';
import type { AlicloudRequest, Request } from '@gatehouse/core/request/request';

type Thing = Record<string, unknown>;
type Picture = Record<
  'Listeners' | 'EndpointGroups' | 'ForwardingRules' | 'AdditionalCertificates',
  Thing[]
> & { Accelerators: Thing[] };

/** `requests`: those of other clouds ask for nothing here. Two of them have listeners of different names. */
export function assertAlicloudAsAsked(now: Picture, before: Picture, requests: Request[]): void {
  assert.deepEqual(now.Accelerators, before.Accelerators, 'the instances themselves are as before');
  const added = addedThings(now, before);
  const asked = requests.filter(request => request.cloud === 'alicloud');
  const named = asked.flatMap(request =>
    request.listener ? [{ ...request, listener: request.listener }] : [],
  );
  assert.equal(added.Listeners.length, named.length, 'the listeners are those asked for');
  const ofAll = named.map(request => assertOneAsAsked(added, request));
  const others = (['EndpointGroups', 'ForwardingRules', 'AdditionalCertificates'] as const).flatMap(kind =>
    added[kind].filter(thing => !ofAll.includes(thing['ListenerId'])),
  );
  assert.deepEqual(others, [], 'nothing else of Alibaba Cloud was asked for');
}

/** Gives the id of its listener. */
function assertOneAsAsked(
  all: Picture,
  request: AlicloudRequest & { listener: NonNullable<AlicloudRequest['listener']> },
): unknown {
  const { name = '', acceleratorId } = request.listener;
  const listener = all.Listeners.find(
    each => each['Name'] === name && each['AcceleratorId'] === acceleratorId,
  );
  assert.partialDeepStrictEqual(listener, listenerAsked(request.listener));
  const id = listener?.['ListenerId'];
  const of = (things: Thing[]) => things.filter(each => each['ListenerId'] === id);
  const added = { ...all, ForwardingRules: of(all.ForwardingRules), EndpointGroups: of(all.EndpointGroups) };
  assertCertificates(of(all.AdditionalCertificates), request.listener, listener);
  assertGroups(added.EndpointGroups, request, listener);
  assertRules(added, request, listener);
  return id;
}

/** In the words of the ledger. */
export function addedAlicloudIds(now: Picture, before: Picture): string[] {
  const added = addedThings(now, before);
  return [
    ...added.Listeners.map(each => String(each['ListenerId'])),
    ...added.AdditionalCertificates.map(each => `${each['ListenerId']}/certificates/${each['Domain']}`),
    ...added.EndpointGroups.map(each => String(each['EndpointGroupId'])),
    ...added.ForwardingRules.map(each => String(each['ForwardingRuleId'])),
  ];
}

function addedThings(now: Picture, before: Picture): Picture {
  const kinds = ['Listeners', 'EndpointGroups', 'ForwardingRules', 'AdditionalCertificates'] as const;
  const added = kinds.map(kind => {
    const stood = new Set(before[kind].map(thing => JSON.stringify(thing)));
    return [kind, now[kind].filter(thing => !stood.has(JSON.stringify(thing)))];
  });
  return { Accelerators: [], ...Object.fromEntries(added) };
}

function listenerAsked(listener: NonNullable<AlicloudRequest['listener']>): Thing {
  return {
    AcceleratorId: listener.acceleratorId,
    Name: listener.name ?? '',
    Protocol: listener.protocol,
    PortRanges: listener.portRanges.map(({ fromPort, toPort }) => ({ FromPort: fromPort, ToPort: toPort })),
    ClientAffinity: listener.clientAffinity,
    Certificates: listener.certificates.map(({ id }) => id),
  };
}

function assertCertificates(
  added: Thing[],
  { additionalCertificates }: NonNullable<AlicloudRequest['listener']>,
  listener: Thing | undefined,
): void {
  assert.deepEqual(
    added.map(each => [each['ListenerId'], each['Domain'], each['CertificateId']]).toSorted(),
    additionalCertificates.map(({ domain, id }) => [listener?.['ListenerId'], domain, id]).toSorted(),
    'the additional certificates are those asked for',
  );
}

function assertGroups(added: Thing[], { endpointGroups }: AlicloudRequest, listener: Thing | undefined) {
  assert.equal(added.length, endpointGroups.length, 'the endpoint groups are those asked for');
  for (const asked of endpointGroups) {
    const group = added.find(
      each => each['EndpointGroupType'] === asked.type && each['Name'] === (asked.name ?? ''),
    );
    assert.partialDeepStrictEqual(group, {
      ListenerId: listener?.['ListenerId'],
      EndpointGroupRegion: asked.region,
      EndpointConfigurations: asked.endpoints.map(({ type, endpoint, weight }) => ({
        Type: type,
        Endpoint: endpoint,
        Weight: weight,
      })),
      TrafficPercentage: asked.trafficPercentage,
      Tags: Object.entries(asked.tags).map(([Key, Value]) => ({ Key, Value })),
      HealthCheckEnabled: asked.healthCheckEnabled,
      ...(asked.healthCheckEnabled
        ? {
            HealthCheckProtocol: asked.healthCheckProtocol,
            HealthCheckPort: asked.healthCheckPort,
            HealthCheckIntervalSeconds: asked.healthCheckIntervalSeconds,
            ThresholdCount: asked.thresholdCount,
          }
        : {}),
      ...(asked.endpointRequestProtocol ? { EndpointRequestProtocol: asked.endpointRequestProtocol } : {}),
      PortOverrides: asked.portOverrides.map(({ listenerPort, endpointPort }) => ({
        ListenerPort: listenerPort,
        EndpointPort: endpointPort,
      })),
    });
  }
}

/** Of the rules that the examples have: a domain, paths, and a group that gets what fits. */
function assertRules(
  { ForwardingRules, EndpointGroups }: Picture,
  request: AlicloudRequest,
  listener: Thing | undefined,
) {
  assert.equal(ForwardingRules.length, request.forwardingRules.length, 'the rules are those asked for');
  for (const asked of request.forwardingRules) {
    const rule = ForwardingRules.find(each => each['ForwardingRuleName'] === asked.name);
    assert.partialDeepStrictEqual(rule, {
      ListenerId: listener?.['ListenerId'],
      Priority: asked.priority,
      RuleConditions: asked.ruleConditions.map(({ type, values }) => ({
        RuleConditionType: type,
        RuleConditionValue: JSON.stringify(values),
      })),
    });
    for (const [index, action] of asked.ruleActions.entries()) {
      assert.ok(action.type === 'ForwardGroup');
      const group = EndpointGroups.find(each => each['Name'] === action.endpointGroup);
      const [said] = [[rule?.['RuleActions']].flat()[index] as Thing];
      assert.deepEqual(JSON.parse(String(said?.['RuleActionValue'])), [
        { type: 'endpointgroup', value: group?.['EndpointGroupId'] },
      ]);
    }
  }
}
