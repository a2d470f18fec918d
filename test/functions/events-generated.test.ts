// Generated events at the door of the bus, valid, nearly valid and hostile: each becomes one job, or one rejection after
// which nothing is written; never anything else, and never a throw, which would have Lambda ask again for nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { requestRejectedSchema } from '@gatehouse/core/record/bus-events';
import { jobKey } from '@gatehouse/core/record/records';
import { requestEntryPoint } from '@gatehouse/functions/events/request';
import fc from 'fast-check';
import { apiPorts } from './api-cases.ts';
import { body } from './generated.ts';

/** Fast-check has to be able to print what it has made: what is nested deeply has a test of its own. */
const data = body
  .filter(text => !text.startsWith('[[['))
  .map(text => {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  });
const key = fc.oneof(fc.uuid(), fc.constantFrom('one', '', ' ', 'x'.repeat(300)), fc.jsonValue());
const metadata = fc.oneof(
  { weight: 6, arbitrary: fc.record({ idempotencyKey: fc.uuid() }) },
  fc.record({ idempotencyKey: key, id: key, correlationId: key, more: key }, { requiredKeys: [] }),
  fc.jsonValue(),
);
const detail = fc.oneof(
  { weight: 8, arbitrary: fc.record({ metadata, data }) },
  fc.record({ metadata, data }, { requiredKeys: [] }),
  fc.jsonValue(),
);
const source = fc.oneof(
  { weight: 6, arbitrary: fc.constant('com.example.pipeline') },
  fc.constantFrom('org.stranger', 'aws.events', 'com.example', ''),
);

test('an event becomes one job or one rejection, twice the same, and nothing is written after a rejection', async () => {
  const outcomes = { jobs: 0, rejections: 0 };
  await fc.assert(
    fc.asyncProperty(source, detail, async (from, asked) => {
      const { ports, counted } = apiPorts();
      const event = eventOf(from, asked);
      const first = await requestEntryPoint(ports, event);
      const rejected = () => counted.told.filter(each => each.detailType === 'Entry Point Request Rejected');
      if ('jobId' in first) {
        outcomes.jobs++;
        assert.ok(await ports.store.get(jobKey(first.jobId)));
        assert.deepEqual(await requestEntryPoint(ports, event), first);
        assert.deepEqual(rejected(), []);
        return;
      }
      outcomes.rejections++;
      assert.equal(counted.writes, 0);
      const [told, ...more] = rejected();
      assert.deepEqual(more, []);
      requestRejectedSchema.parse(told?.detail);
      assert.deepEqual(await requestEntryPoint(ports, event), first);
      assert.equal(counted.writes, 0);
    }),
    { numRuns: 400, seed: 20260301 },
  );
  assert.ok(outcomes.jobs > 40 && outcomes.rejections > 100, JSON.stringify(outcomes));
});

for (const depth of [100, 5_000, 20_000]) {
  test(`an event that is nested ${depth} deep is rejected like any other`, async () => {
    const deep: unknown = JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`);
    for (const asked of [deep, { metadata: { id: 'm-1' }, data: deep }, { metadata: deep, data: {} }]) {
      const { ports, counted } = apiPorts();
      const answered = await requestEntryPoint(ports, eventOf('com.example.pipeline', asked));
      assert.ok('problem' in answered);
      assert.equal(answered.problem.code, 'InvalidRequest');
      assert.equal(counted.writes, 0);
      requestRejectedSchema.parse(counted.told[0]?.detail);
    }
  });
}

function eventOf(from: string, asked: unknown) {
  return { id: 'e-1', source: from, account: '111122223333', time: '2026-03-01T12:00:00Z', detail: asked };
}
