// The access rules of the local stack, from their file: what is refused at the start, and what is only warned of.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { readAccess } from '@gatehouse/local/access-file';

test('the file of the access rules', async t => {
  const folder = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'access.yaml');
  const read = (text: string) => {
    writeFileSync(file, text);
    return readAccess(file);
  };

  await t.test('the example of the documentation gives no warning', async () => {
    assert.deepEqual((await readAccess('docs/access-example.yaml')).warnings, []);
  });

  await t.test('rules for some callers only give a warning', async () => {
    const { text, warnings } = await read('callers: { 123456789012/role/checkout: { ports: [] } }');
    assert.deepEqual(JSON.parse(text).callers, { '123456789012/role/checkout': { ports: [] } });
    assert.match(String(warnings[0]), /every other caller can use everything/);
  });

  await t.test('a rule that matches nobody is refused, with the file and the nearest caller', async () => {
    const rule = 'administrators: [arn:aws:iam::123456789012:role/team/network]';
    await assert.rejects(read(rule), /access\.yaml are not valid.*`123456789012\/role\/network`/);
  });
});
