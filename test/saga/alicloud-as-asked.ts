// A request for Alibaba Cloud in the API's own words, written out apart from the code that sends it: what a picture of the
// instances must show after success, and which of it is new.
import assert from 'node:assert/strict';
import type { AlicloudRequest, Request } from '@gatehouse/core/request';

type Thing = Record<string, unknown>;
type Picture = Record<
  'Listeners' | 'EndpointGroups' | 'ForwardingRules' | 'AdditionalCertificates',
  Thing[]
> & { Accelerators: Thing[] };

/** `request`: undefined where none is of Alibaba Cloud. */
export function assertAlicloudAsAsked(now: Picture, before: Picture, request: Request | undefined): void {
  assert.deepEqual(now.Accelerators, before.Accelerators, 'the instances themselves are as before');
  const added = addedThings(now, before);
  if (request?.cloud !== 'alicloud' || !request.listener) {
    assert.deepEqual(Object.values(added).flat(), [], 'nothing of Alibaba Cloud was asked for');
    return;
  }
  const [listener, ...others] = added.Listeners;
  assert.deepEqual(others, [], 'one listener is new');
  assert.partialDeepStrictEqual(listener, listenerAsked(request.listener));
  assertCertificates(added.AdditionalCertificates, request.listener, listener);
  assertGroups(added.EndpointGroups, request, listener);
  assertRules(added, request, listener);
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
