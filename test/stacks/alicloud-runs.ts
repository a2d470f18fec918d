// Runs on Alibaba Cloud that call what the examples do not: an update of every kind of resource, and a removal that takes
// along what others have hung on ours.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alicloudClient, fixedKey } from '@gatehouse/clouds/alicloud-global-accelerator';
import type { JobView } from '@gatehouse/core/api/answers';
import * as z from 'zod';
import { at } from '../core/requests.ts';
import { type DeployedStack, named, removal } from './deployed-stack.ts';

const INSTANCE = 'ga-bp1shopw7k2m9q4x1z8t';
const THEIR_ENDPOINTS = [{ Type: 'PublicIp', Endpoint: '203.0.113.99', Weight: 9 }];

export function runsOnAlicloud({ run, serve, twin, url }: DeployedStack): void {
  test('on Alibaba Cloud an update changes every kind of resource in place, and force deletes foreign dependents', async () => {
    const shop = named('shop-accelerator', 'shop-updated');
    const tagged = at(shop, '/endpointGroups/0/tags', { team: 'shop' }) as typeof shop;
    const { job, then } = await run(tagged);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
    const updated = await serve(Object(changed(shop)));
    assert.equal(updated.status, 'SUCCEEDED', JSON.stringify(updated.error));
    await foreignObjects(job);
    const removed = await serve({ ...removal('shop-updated'), options: { force: true } });
    assert.equal(removed.status, 'SUCCEEDED', JSON.stringify(removed.error));
    assert.equal(await twin('GET', 'resources'), then);
  });

  test('on Alibaba Cloud force deletes all foreign dependents of a listener with it', async () => {
    const {
      endpointGroups: _,
      forwardingRules: __,
      ...bare
    } = Object(named('shop-accelerator', 'shop-bare'));
    const { job, then } = await run(bare);
    assert.equal(job.status, 'SUCCEEDED', JSON.stringify(job.error));
    const on = { AcceleratorId: INSTANCE, ListenerId: idOf(job, 'listener') };
    await settled('CreateEndpointGroup', {
      ...on,
      EndpointGroupRegion: 'cn-hangzhou',
      EndpointConfigurations: THEIR_ENDPOINTS,
    });
    const group = await theirGroup(on);
    await settled('CreateForwardingRules', { ...on, ForwardingRules: [ruleTo(group, 900)] });
    const removed = await serve({ ...removal('shop-bare'), options: { force: true } });
    assert.equal(removed.status, 'SUCCEEDED', JSON.stringify(removed.error));
    assert.equal(await twin('GET', 'resources'), then);
  });

  function changed(shop: unknown): unknown {
    const changes: [string, unknown][] = [
      ['/operation', 'update'],
      ['/listener/clientAffinity', 'NONE'],
      ['/listener/additionalCertificates/0/id', '4490003-cn-hangzhou'],
      ['/endpointGroups/0/trafficPercentage', 0],
      ['/endpointGroups/0/tags', { tier: 'front' }],
      ['/forwardingRules/0/priority', 50],
    ];
    return changes.reduce<unknown>((value, [pointer, member]) => at(value, pointer, member), shop);
  }

  /** Others hang a certificate, a virtual group and a rule on our listener, and one that forwards to a group of ours. */
  async function foreignObjects(job: JobView): Promise<void> {
    const on = { AcceleratorId: INSTANCE, ListenerId: idOf(job, 'listener') };
    await settled('AssociateAdditionalCertificatesWithListener', {
      ...on,
      Certificates: [{ Id: '4490002-cn-hangzhou', Domain: 'theirs.example.com' }],
    });
    const group = await theirGroup(on);
    await settled('CreateForwardingRules', {
      ...on,
      ForwardingRules: [ruleTo(group, 900), ruleTo(idOf(job, 'virtual-group-images'), 901)],
    });
  }

  async function theirGroup(on: object): Promise<string> {
    const { EndpointGroupId } = await settled('CreateEndpointGroup', {
      ...on,
      EndpointGroupType: 'virtual',
      EndpointGroupRegion: 'cn-hangzhou',
      Name: 'theirs',
      EndpointConfigurations: THEIR_ENDPOINTS,
    });
    return String(EndpointGroupId);
  }

  /** A colleague's call, once the instance takes one. */
  async function settled(operation: string, parameters: Record<string, unknown>) {
    const credentials = { accessKeyId: 'colleague', accessKeySecret: 'colleague-secret' };
    const client = alicloudClient({ endpoint: url, keys: fixedKey(credentials) });
    for (;;) {
      const { State } = (await client.accelerator(INSTANCE)) ?? {};
      if (State === 'active') return client.call(operation, parameters, z.looseObject({}));
    }
  }
}

function idOf({ steps }: JobView, step: string): string {
  return steps.find(({ id }) => id === step)?.cloudId ?? '';
}

function ruleTo(group: string, priority: number) {
  return {
    ForwardingRuleName: `theirs-${priority}`,
    Priority: priority,
    RuleConditions: [
      { RuleConditionType: 'Host', RuleConditionValue: JSON.stringify([`${priority}.example.com`]) },
    ],
    RuleActions: [
      {
        Order: 1,
        RuleActionType: 'ForwardGroup',
        RuleActionValue: JSON.stringify([{ type: 'endpointgroup', value: group }]),
      },
    ],
  };
}
