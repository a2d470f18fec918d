// Jobs that a person has to help on, over the API of the bundles: each verb does what it may, and leads where it should.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { poll } from '../end-to-end/gatehouse.ts';
import { errorsOf } from '../saga/sweep.ts';
import { type DeployedStack, NEVER_SETTLES, named, removal } from './deployed-stack.ts';

export function runsOfActions({
  run,
  submitted,
  ends,
  stoppedAt,
  switchRule,
  twin,
  url,
}: DeployedStack): void {
  /** The rollback is denied to delete its listener. */
  async function stuck(entryPoint: string): Promise<{ id: string; then: string }> {
    const denied = {
      service: 'globalaccelerator',
      fault: 'error',
      error: errorsOf('globalaccelerator').denied,
    };
    const { job, then } = await run(named('voice-udp', entryPoint), [
      { ...denied, operation: 'CreateEndpointGroup', times: 1 },
      { ...denied, operation: 'DeleteListener', times: 100 },
    ]);
    assert.deepEqual([job.status, job.leftovers?.map(({ step }) => step)], ['ROLLBACK_FAILED', ['listener']]);
    await twin('PUT', 'faults', []);
    return { id: job.id, then };
  }

  async function ask(id: string, verb: string, body: object = {}): Promise<void> {
    const headers = { 'content-type': 'application/json', prefer: 'wait=1' };
    const sent = { method: 'POST', headers, body: JSON.stringify(body) };
    const response = await fetch(`${url}/v1/jobs/${id}/${verb}`, sent);
    assert.equal(response.status, 202, `${verb}: ${await response.text()}`);
  }

  test('a retry undoes the leftovers of a rollback', async () => {
    const { id, then } = await stuck('retried');
    await ask(id, 'retry', { reason: 'the permission is back' });
    assert.deepEqual(await ends(id), ['ROLLED_BACK']);
    assert.equal(await twin('GET', 'resources'), then);
  });

  test('a removal whose execution is stopped names its leftovers, and continues when it is retried', async () => {
    const { job, then } = await run(named('voice-udp', 'half-removed'));
    assert.equal(job.status, 'SUCCEEDED');
    const error = errorsOf('globalaccelerator').broken;
    const busy = {
      service: 'globalaccelerator',
      operation: 'DeleteListener',
      fault: 'error',
      times: 1000,
      error,
    };
    const id = await stoppedAt(busy, removal('half-removed'));
    // Who is told of the stop looks at once; the schedule again, once no call can still be carried out.
    await switchRule('gatehouse-recover', 'on');
    assert.deepEqual(await ends(id), ['REMOVE_FAILED']);
    await switchRule('gatehouse-recover', 'off');
    await twin('PUT', 'faults', []);
    await ask(id, 'retry', { reason: 'nobody stops it now' });
    assert.deepEqual(await ends(id), ['SUCCEEDED']);
    assert.equal(await twin('GET', 'resources'), then);
  });

  test('a step that is skipped is left behind, and a retry ends without it', async () => {
    const { id, then } = await stuck('skipped');
    await ask(id, 'skip', { step: 'listener' });
    await ask(id, 'retry');
    assert.deepEqual(await ends(id), ['ROLLED_BACK']);
    assert.notEqual(await twin('GET', 'resources'), then);
  });

  test('a job that waits behind a stuck one begins once that is forgotten', async () => {
    const { id } = await stuck('forgotten');
    const [behind] = await submitted({ ...named('app-cookie', 'forgotten') });
    await ask(id, 'forget', { reason: 'the listener was given away' });
    assert.deepEqual(await ends(behind), ['SUCCEEDED']);
  });

  test('a job that runs is cancelled', async () => {
    await twin('POST', 'reset');
    const then = await twin('GET', 'resources');
    await twin('PUT', 'faults', [NEVER_SETTLES]);
    const [id = ''] = await submitted(named('voice-udp', 'cancelled'));
    await poll(url, id, ({ steps }) => steps.some(({ state }) => state === 'settling'));
    await ask(id, 'cancel', { reason: 'a mistake' });
    assert.deepEqual(await ends(id), ['ROLLED_BACK']);
    await twin('PUT', 'faults', []);
    assert.equal(await twin('GET', 'resources'), then);
  });
}
