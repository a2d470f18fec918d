// The control routes and the common parts of all twins: the snapshot, the log, the switches, the data on disk.
import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import {
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  DescribeAcceleratorCommand,
  ListAcceleratorsCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  attachment,
  internal,
  named,
  plainNlb,
  publicAlb,
  sharedAlb,
  startedAt,
  startTwins,
} from './start.ts';

function temporaryDir(context: TestContext): string {
  const dataDir = mkdtempSync(join(tmpdir(), 'twins-'));
  context.after(() => rmSync(dataDir, { recursive: true }));
  return dataDir;
}

test('the picture is equal, byte for byte, after a create and its delete', async () => {
  const { client, clock, createListener, createGroup, picture } = startTwins();
  const before = await picture();
  const ListenerArn = await createListener(443);
  const EndpointGroupArn = await createGroup(ListenerArn);
  assert.notEqual(await picture(), before);
  await client.send(new DeleteEndpointGroupCommand({ EndpointGroupArn }));
  await client.send(new DeleteListenerCommand({ ListenerArn }));
  assert.equal(await picture(), before);
  clock.now += 300_000;
  assert.equal(await picture(), before);
});

test('the picture does not depend on the order of lists', async () => {
  const pictures = [];
  for (const ids of [
    [publicAlb, plainNlb],
    [plainNlb, publicAlb],
  ]) {
    const { createListener, createGroup, picture } = startTwins();
    const EndpointConfigurations = ids.map(EndpointId => ({ EndpointId }));
    await createGroup(await createListener(443), { EndpointConfigurations });
    pictures.push((await picture()).replaceAll(/(listener|endpoint-group)\/[0-9a-f]+/g, '$1'));
  }
  assert.equal(pictures[0], pictures[1]);
});

test('the picture shows the attachment of an endpoint, which the API does not', async () => {
  const { createListener, createGroup, picture } = startTwins();
  const endpoint = { EndpointId: sharedAlb, AttachmentArn: attachment };
  await createGroup(await createListener(443), { EndpointConfigurations: [endpoint] });
  assert.ok((await picture()).includes(`"AttachmentArn": "${attachment}"`));
});

test('the log tells of each call in order: what was asked, what was answered, what changed', async () => {
  const { client, createListener, calls } = startTwins();
  await createListener(443, { IdempotencyToken: 'job-1' });
  await assert.rejects(createListener(443, { IdempotencyToken: 'job-2' }));
  await client.send(new ListAcceleratorsCommand({ MaxResults: 1 }));
  const row = { at: '2026-06-01T12:00:00.000Z', service: 'globalaccelerator', region: 'us-west-2' };
  const create = {
    AcceleratorArn: internal,
    PortRanges: [{ FromPort: 443, ToPort: 443 }],
    Protocol: 'TCP',
  };
  const expected = [
    {
      n: 1,
      ...row,
      operation: 'CreateListener',
      request: { ...create, IdempotencyToken: 'job-1' },
      status: 200,
      changed: true,
    },
    {
      n: 2,
      ...row,
      operation: 'CreateListener',
      request: { ...create, IdempotencyToken: 'job-2' },
      status: 400,
      error: 'InvalidPortRangeException',
      changed: false,
    },
    {
      n: 3,
      ...row,
      operation: 'ListAccelerators',
      request: { MaxResults: 1 },
      status: 200,
      changed: false,
    },
  ];
  assert.deepEqual(await calls(), expected);
  assert.deepEqual(await calls('?operation=ListAccelerators'), expected.slice(2));
  assert.deepEqual(await calls('?service=vpc-lattice'), []);
});

test('switches are set by name, and a name or value that is unknown sets none', async () => {
  const { control, set } = startTwins();
  const { json } = await set({ tokenMismatch: 'replay', staleDescribeReads: 3 });
  assert.equal(json.globalaccelerator.tokenMismatch, 'replay');
  assert.equal(json.globalaccelerator.fromAboveTo, 'InvalidPortRange');
  const wrong = [
    [{ globalaccelerator: { tokenMismatch: 'maybe' } }, 'globalaccelerator.tokenMismatch must be one of'],
    [{ globalaccelerator: { fromAboveTo: 'InvalidArgument', token: 1 } }, 'globalaccelerator must have no'],
    [{ globalaccelerator: { staleDescribeReads: -1 } }, 'globalaccelerator.staleDescribeReads must be from'],
    [{ s3: {} }, "The request must have no member 's3'"],
    ['{', 'The body must be JSON'],
  ] as const;
  for (const [body, message] of wrong) {
    const answer = await control('PUT', 'switches', body);
    assert.equal(answer.status, 400);
    assert.ok(answer.json.error.startsWith(message), answer.json.error);
  }
  assert.deepEqual((await control('GET', 'switches')).json, json);
});

test('a reset brings back the seeded account, without faults, calls or switches set', async () => {
  const { control, createListener, set, faults, picture, calls } = startTwins();
  const before = { picture: await picture(), switches: (await control('GET', 'switches')).text };
  const first = await createListener(443);
  await set({ tokenMismatch: 'replay' });
  await faults({ operation: '*', fault: 'dropRequest' });
  assert.deepEqual((await control('POST', 'reset')).json, {});
  assert.deepEqual(await calls(), []);
  assert.deepEqual((await control('GET', 'faults')).json, []);
  assert.deepEqual({ picture: await picture(), switches: (await control('GET', 'switches')).text }, before);
  assert.equal(await createListener(443), first);
});

test('an unknown control path is not found, a wrong method not allowed', async () => {
  const { control } = startTwins();
  const unknown = await control('GET', 'nothing');
  const there = '/_twin/resources, /_twin/reset, /_twin/faults, /_twin/calls, /_twin/switches';
  const error = `There is no /_twin/nothing; the paths are ${there}`;
  assert.deepEqual([unknown.status, unknown.json], [404, { error }]);
  const wrong = await control('PATCH', 'switches');
  assert.deepEqual([wrong.status, wrong.json], [405, { error: '/_twin/switches takes GET, PUT only' }]);
});

test('state, faults, switches, late creates and the log are there after a kill', async context => {
  const dataDir = temporaryDir(context);
  const first = startTwins({ dataDir });
  const listener = await first.createListener(443, { IdempotencyToken: 'job-1' });
  await first.set({ tokenMismatch: 'replay' });
  await first.faults(
    { operation: 'CreateListener', fault: 'lateCreate', delayMs: 5000 },
    { operation: 'ListAccelerators', fault: 'stuck' },
  );
  await assert.rejects(first.createListener(80), named('ECONNRESET'));
  // No goodbye: the next twins start from what is on the disk.
  const second = startTwins({ dataDir });
  assert.equal(await second.picture(), await first.picture());
  for (const path of ['faults', 'switches', 'calls']) {
    assert.equal((await second.control('GET', path)).text, (await first.control('GET', path)).text);
  }
  assert.equal(await second.createListener(80, { IdempotencyToken: 'job-1' }), listener);
  const { Accelerator } = await second.client.send(
    new DescribeAcceleratorCommand({ AcceleratorArn: internal }),
  );
  assert.equal(Accelerator?.Status, 'IN_PROGRESS');
  second.clock.now += 5000;
  assert.equal((await second.calls()).at(-1).late, true);
});

test('a reset holds after a kill', async context => {
  const dataDir = temporaryDir(context);
  const first = startTwins({ dataDir });
  await first.client.send(new ListAcceleratorsCommand());
  await first.control('POST', 'reset');
  assert.deepEqual(await startTwins({ dataDir }).calls(), []);
});

test('a temporary file or log line that a kill cut short is ignored', async context => {
  const dataDir = temporaryDir(context);
  const first = startTwins({ dataDir });
  await first.createListener(443);
  writeFileSync(join(dataDir, 'twins.json.tmp'), '{"format":1,"dra');
  appendFileSync(join(dataDir, 'twin-calls.jsonl'), '{"n":2,"at":"2026');
  const second = startTwins({ dataDir });
  assert.equal(await second.picture(), await first.picture());
  await second.createListener(80);
  const numbers = (await startTwins({ dataDir }).calls()).map((row: { n: number }) => row.n);
  assert.deepEqual(numbers, [1, 2]);
});

test('a change whose log line was lost in a kill is logged after the restart', async context => {
  const dataDir = temporaryDir(context);
  const first = startTwins({ dataDir });
  await first.createListener(443);
  const log = await first.calls();
  writeFileSync(join(dataDir, 'twin-calls.jsonl'), '');
  assert.deepEqual(await startTwins({ dataDir }).calls(), log);
});

test('a data file that cannot be read is named', async context => {
  const dataDir = temporaryDir(context);
  const state = join(dataDir, 'twins.json');
  const log = join(dataDir, 'twin-calls.jsonl');
  for (const content of ['{', '{"format":2}']) {
    writeFileSync(state, content);
    assert.throws(() => startTwins({ dataDir }), new RegExp(state));
  }
  rmSync(state);
  await startTwins({ dataDir }).createListener(443);
  const foreign = { ...JSON.parse(readFileSync(state, 'utf8')), clouds: { globalaccelerator: {} } };
  writeFileSync(state, JSON.stringify(foreign));
  assert.throws(() => startTwins({ dataDir }), new RegExp(state));
  rmSync(state);
  writeFileSync(log, 'nonsense\n');
  assert.throws(() => startTwins({ dataDir }), new RegExp(`${log} cannot be read at line 1`));
});

test('the log keeps the newest 20,000 calls', async context => {
  const dataDir = temporaryDir(context);
  const row = { at: new Date(startedAt).toISOString(), service: 'globalaccelerator', changed: false };
  const lines = Array.from({ length: 24_999 }, (_, index) => JSON.stringify({ n: index + 1, ...row }));
  const file = join(dataDir, 'twin-calls.jsonl');
  writeFileSync(file, `${lines.join('\n')}\n`);
  const twins = startTwins({ dataDir });
  await twins.client.send(new ListAcceleratorsCommand());
  const numbers: number[] = (await twins.calls()).map((each: { n: number }) => each.n);
  assert.deepEqual([numbers.length, numbers[0], numbers.at(-1)], [20_000, 5_001, 25_000]);
  assert.equal(readFileSync(file, 'utf8').split('\n').length, 20_001);
});
