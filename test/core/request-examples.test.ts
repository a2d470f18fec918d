// The examples that a reader copies: each is a request as it stands, and says what its first line promises.
import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { parseBody } from '@gatehouse/core/json/body';
import { parseRequest } from '@gatehouse/core/request/request';

const folder = new URL('../../examples/', import.meta.url);

async function parsed(name: string) {
  const body = await parseBody(await readFile(new URL(name, folder), 'utf8'), 'application/yaml');
  assert.ok(body.ok, name);
  const request = parseRequest(body.value);
  assert.ok(request.ok, JSON.stringify(request));
  return request.request;
}

for (const name of (await readdir(folder)).filter(each => each.endsWith('.yaml'))) {
  test(`${name} is a request, and its entry point is called like the file`, async () => {
    assert.equal(`${(await parsed(name)).entryPoint}.yaml`, name);
  });
}

test('tls-passthrough has 250 targets in the ranges of its VPC', async () => {
  const request = await parsed('tls-passthrough.yaml');
  assert.ok(request.cloud === 'aws');
  const [group, ...others] = request.targetGroups;
  assert.deepEqual(others, []);
  assert.ok(group?.type === 'IP');
  assert.equal(group.config.protocol, 'TCP');
  assert.equal(group.targets.length, 250);
  for (const { id } of group.targets) assert.match(id, /^10\.0\.\d+\.\d+$/);
});

/** A copy for each place in it, with the value there. */
function* replacing(value: unknown, node: unknown): Generator<unknown> {
  yield value;
  if (node === null || typeof node !== 'object') return;
  for (const [key, child] of Object.entries(node))
    for (const changed of replacing(value, child))
      yield Array.isArray(node) ? node.with(Number(key), changed) : { ...node, [key]: changed };
}

test('a value that cannot be shown as text is a mistake like any other, at any place', async () => {
  for (const name of await readdir(folder, { recursive: true })) {
    if (!name.endsWith('.yaml')) continue;
    const body = await parseBody(await readFile(new URL(name, folder), 'utf8'), 'application/yaml');
    assert.ok(body.ok, name);
    for (const request of replacing({ toString: false }, body.value))
      assert.equal(parseRequest(request).ok, false, `${name}: ${JSON.stringify(request)}`);
  }
});
