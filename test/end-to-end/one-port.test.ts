// One port serves every cloud: the call itself identifies its cloud.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { callWith, clientOn, RegionId, shop } from '../twins/alicloud-start.ts';
import { start, temporaryFolder } from './gatehouse.ts';

test('an RPC call of Alibaba Cloud finds its twin on the port of the local stack', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo');
  const client = clientOn(Number(new URL(url).port));
  const { State } = await callWith(client, 'DescribeAccelerator', { RegionId, AcceleratorId: shop });
  assert.equal(State, 'active');
  assert.equal((await fetch(`${url}/?Action=DescribeAccelerator&Version=2019-11-20`)).status, 400);
  assert.equal((await fetch(`${url}/v1/health`)).status, 200);
});
