// A deployment meets jobs that older code has begun: what an older version of the plan left in the table is put there, with
// no execution behind it, and the bundles of today bring it to its end. From every moment of a job's life, and with what stood in
// the clouds then, test/saga/older-versions.test.ts does the same in memory.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { type Job, jobIndex } from '@gatehouse/core/record/job';
import { change } from '@gatehouse/core/record/records';
import { dynamoDbStore } from '@gatehouse/functions/dynamodb-store';
import type { Recorded } from '../fixtures/record.ts';
import { type DeployedStack, removal, TIME_SCALE } from './deployed-stack.ts';

const FIXTURES = join(import.meta.dirname, '..', 'fixtures');
/** Before the first change of a cloud, with a plan of that version. */
const MOMENTS = ['planned', 'first-intent'];

const versions = readdirSync(FIXTURES).filter(name => name.startsWith('plan-'));

export function runsOfOlderCode({ url, twin, serve, ends }: DeployedStack): void {
  for (const version of versions)
    for (const moment of MOMENTS)
      test(`a job that ${version} left ${moment} is made by today's functions, and removed by them`, async () => {
        await twin('POST', 'reset');
        const then = await twin('GET', 'resources');
        const name = `${version}-${moment}`;
        const { jobId, items } = renamed(version, moment, name);
        await put(items);
        assert.deepEqual(await ends(jobId), ['SUCCEEDED']);
        const removed = await serve(removal(name));
        assert.equal(removed.status, 'SUCCEEDED', JSON.stringify(removed.error));
        assert.equal(await twin('GET', 'resources'), then);
      });

  async function put(items: Recorded['items']): Promise<void> {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const client = new DynamoDBClient({ endpoint: url, region: 'eu-west-1', credentials });
    const store = dynamoDbStore(client, 'gatehouse');
    for (const { pk, sk, value } of items) {
      // A line and a claim are there from the run before, whose last hand may still be at them.
      const index = sk === 'JOB' ? (job: unknown) => jobIndex(job as Job) : undefined;
      await change(store, { pk, sk }, () => value, index);
    }
    client.destroy();
  }
}

/** A job and an entry point of their own, of who calls here, at the time of this stack. */
function renamed(version: string, moment: string, name: string): Recorded {
  const text = readFileSync(join(FIXTURES, version, `${moment}.json`), 'utf8');
  const recorded: Recorded = JSON.parse(text);
  const [now, then] = [Date.now(), Date.parse(recorded.at)];
  const today = (instant: string) => new Date(now + (Date.parse(instant) - then) / TIME_SCALE).toISOString();
  return JSON.parse(
    text
      .replaceAll(recorded.jobId, `job-${name}`)
      .replaceAll('checkout-edge', name)
      .replaceAll(/"caller": "[^"]*"/g, '"caller": "123456789012/user/local"')
      .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, today),
  );
}
