// The inventory against the clouds on the local stack: drift, a loss in a cloud, and a loss in the table, as a restore leaves it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { DeleteItemCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { EntryPoint } from '@gatehouse/client';
import { entryPointKey } from '@gatehouse/core/record/records';
import { getJson, hasEnded, poll, start, submit, temporaryFolder } from '../end-to-end/gatehouse.ts';
import { operate } from './operator.ts';

const account = { region: 'eu-west-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const example = (name: string) => readFileSync(`examples/${name}.yaml`, 'utf8');

async function succeed(url: string, yaml: string, key: string): Promise<void> {
  const { id } = await submit(url, yaml, key);
  const job = await poll(url, id, hasEnded);
  assert.equal(job.status, 'SUCCEEDED', job.summary);
}

test('what differs is reported, and updated when that is asked for; what the table has lost is named', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '500');
  const reconcile = (...args: string[]) =>
    operate(url, 'reconcile', '--url', url, '--region', 'eu-west-1', ...args);
  const jobs = async () => (await getJson<{ items: { id: string }[] }>(`${url}/v1/jobs`)).items;
  await succeed(url, example('metrics-lambda'), 'key-1');
  await succeed(url, example('tls-passthrough'), 'key-2');
  const before = await reconcile();
  assert.equal(before.code, 0, before.stderr);
  assert.equal(before.stdout, '2 entry points in sync, 0 updates submitted, 0 findings for a person.\n');

  const { resources } = await getJson<EntryPoint>(`${url}/v1/entry-points/metrics-lambda`);
  const group = resources.find(({ kind }) => kind === 'targetGroup');
  const targets = [{ id: 'arn:aws:lambda:eu-west-1:123456789012:function:checkout' }];
  await new VPCLatticeClient({ endpoint: url, ...account }).send(
    new DeregisterTargetsCommand({ targetGroupIdentifier: group?.id, targets }),
  );
  const lost = await getJson<EntryPoint>(`${url}/v1/entry-points/tls-passthrough`);
  const { pk, sk } = entryPointKey('tls-passthrough');
  await new DynamoDBClient({ endpoint: url, ...account }).send(
    new DeleteItemCommand({ TableName: 'gatehouse', Key: { pk: { S: pk }, sk: { S: sk } } }),
  );

  const found = await reconcile();
  assert.equal(found.code, 1);
  assert.match(
    found.stdout,
    /^DRIFTED metrics-lambda\n( {4}.*\n)* {4}--apply submits an update of metrics-lambda/m,
  );
  const lostGroup = lost.resources.find(({ kind }) => kind === 'targetGroup');
  assert.ok(
    found.stdout.includes(`NOT IN THE INVENTORY ${lostGroup?.id}\n    made for tls-passthrough by job-`),
  );
  assert.match(found.stdout, /0 entry points in sync, 0 updates submitted, 2 findings/);
  assert.equal((await jobs()).length, 2, 'nothing was changed');

  const applied = await reconcile('--apply', '--run', 'after-restore');
  assert.match(
    applied.stdout,
    /job-\S+ updates it[\s\S]*0 entry points in sync, 1 updates submitted, 1 findings/,
  );
  const [update] = await jobs();
  assert.equal((await poll(url, update?.id ?? '', hasEnded)).status, 'SUCCEEDED');
  const adopting = `${example('tls-passthrough')}\noptions:\n  adopt: true\n`;
  await succeed(url, adopting, 'key-3');
  const after = await reconcile();
  assert.equal(after.stdout, '2 entry points in sync, 0 updates submitted, 0 findings for a person.\n');
  assert.equal(after.code, 0);
});

test('an entry point of which nothing is left is not created again', async t => {
  const { url } = await start(t, temporaryFolder(t), '--no-demo', '--time-scale', '500');
  await succeed(url, example('metrics-lambda'), 'key-1');
  const { resources } = await getJson<EntryPoint>(`${url}/v1/entry-points/metrics-lambda`);
  const targetGroupIdentifier = resources.find(({ kind }) => kind === 'targetGroup')?.id;
  const lattice = new VPCLatticeClient({ endpoint: url, ...account });
  const targets = [{ id: 'arn:aws:lambda:eu-west-1:123456789012:function:checkout' }];
  await lattice.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }));
  await deleted(lattice, targetGroupIdentifier);
  const { code, stdout } = await operate(url, 'reconcile', '--url', url, '--region', 'eu-west-1', '--apply');
  assert.equal(code, 1);
  assert.match(stdout, /nothing is left of it: remove metrics-lambda if that was intended/);
  assert.match(stdout, /0 updates submitted, 1 findings/);
});

/** It is refused as long as a target is leaving. */
async function deleted(lattice: VPCLatticeClient, targetGroupIdentifier: string | undefined): Promise<void> {
  for (;;) {
    try {
      await lattice.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
      return;
    } catch (thrown) {
      if (!(thrown instanceof Error) || thrown.name !== 'ConflictException') throw thrown;
    }
  }
}
