// The simulated Alibaba Cloud has the limits that Gatehouse applies to requests, as long as no switch says otherwise.
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServices } from '@gatehouse/local/services';

function startServices(context: TestContext, limits: string | undefined) {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const before = process.env['GATEHOUSE_ALICLOUD_LIMITS'];
  const set = (value: string | undefined) => {
    if (value === undefined) delete process.env['GATEHOUSE_ALICLOUD_LIMITS'];
    else process.env['GATEHOUSE_ALICLOUD_LIMITS'] = value;
  };
  set(limits);
  const services = createServices({ dataDir, timeScale: 1, seed: 'limits' });
  set(before);
  context.after(async () => {
    await services.stop();
    rmSync(dataDir, { recursive: true });
  });
  const control = async (method: string, path: string, body = '') => {
    const answer = await services.request({ method, path: `/_twin/${path}`, headers: {}, body });
    assert.ok(answer !== 'dropped');
    return JSON.parse(answer.body);
  };
  return { control, profile: async () => (await control('GET', 'switches')).ga.profile };
}

for (const [limits, expected] of [
  [undefined, 'guide'],
  ['guide', 'guide'],
  ['current', 'current'],
] as const) {
  test(`with the limits ${limits ?? 'by default'}, the twin has those of ${expected}, also after a reset`, async context => {
    const { control, profile } = startServices(context, limits);
    assert.equal(await profile(), expected);
    const other = expected === 'guide' ? 'current' : 'guide';
    await control('PUT', 'switches', JSON.stringify({ ga: { profile: other } }));
    assert.equal(await profile(), other);
    await control('POST', 'reset');
    assert.equal(await profile(), expected);
  });
}
