// Items of other versions of the code. Whole jobs of earlier versions are run to their end in test/saga/older-versions.test.ts.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RetryableError } from '@gatehouse/core/ports/errors';
import { current } from '@gatehouse/core/record/older';
import { PLAN_VERSION } from '@gatehouse/core/record/plan';

test('a plan of newer code is an error that the machine retries: a function of that code can walk it', () => {
  const newer = { version: PLAN_VERSION + 1, steps: [], lanes: { forward: [] } };
  assert.throws(() => current('PLAN', newer), RetryableError);
});

test('a plan of today is read as it is', () => {
  const plan = { version: PLAN_VERSION, steps: [], lanes: { forward: [[['listener']]] }, owns: [] };
  assert.equal(current('PLAN', plan), plan);
});

test('lanes, acts and members of a plan of version 2 are read in the words of today', () => {
  const step = { id: 'listener', kind: 'listener', title: 'listener', desired: {}, needs: {} };
  const plan = {
    version: 2,
    steps: [
      { ...step, act: 'leave', standing: 'arn', because: 'it is as asked' },
      { ...step, id: 'accelerator', kind: 'accelerator', act: 'settle', interrupts: 'traffic stops' },
      { ...step, id: 'remove-group', kind: 'endpointGroup', act: 'remove', root: 'listener' },
    ],
    lanes: {
      listeners: [{ listener: 'listener', endpointGroups: ['a', 'b'], accelerator: 'accelerator' }],
      targetGroups: [{ targetGroup: 'group', targets: 'targets' }],
      stickinessPolicies: [
        { policy: 'one', attachments: ['one-80'] },
        { policy: 'two', attachments: [] },
      ],
      alicloudListeners: [
        { listener: 'l', certificates: ['c'], endpointGroups: ['g'], forwardingRules: ['r'] },
      ],
    },
    last: { listeners: [{ endpointGroups: ['remove-group'], listener: 'remove-listener' }] },
    outcome: [{ step: 'listener', id: 'arn' }],
  };
  assert.deepEqual(current('PLAN', plan), {
    version: PLAN_VERSION,
    steps: [
      { ...step, act: 'unchanged', existingId: 'arn', reason: 'it is as asked' },
      { ...step, id: 'accelerator', kind: 'accelerator', act: 'wait', interruption: 'traffic stops' },
      { ...step, id: 'remove-group', kind: 'endpointGroup', act: 'delete' },
    ],
    lanes: {
      forward: [
        [['listener'], ['a', 'b'], ['accelerator']],
        [['group'], ['targets']],
        [['one'], ['one-80'], ['two']],
        [['l'], ['c'], ['g'], ['r']],
      ],
      cleanup: [[['remove-group'], ['remove-listener']]],
    },
    olderOutcome: [{ step: 'listener', id: 'arn' }],
  });
});

test('a job, a queue and a ledger entry of earlier versions are read in the words of today', () => {
  const job = {
    id: 'job-1',
    phase: 'retire',
    lines: ['entry-point/edge'],
    mark: { because: 'failed', at: 'now' },
    left: [{ step: 'listener' }],
    rejoins: true,
    resolution: { by: 'alice', reason: 'why', left: [] },
    events: [{ sequence: 1, status: 'RUNNING', verb: 'cancel', reason: 'why' }],
  };
  assert.deepEqual(current('JOB', job), {
    id: 'job-1',
    phase: 'cleanup',
    queues: ['entry-point/edge'],
    rollbackCause: { reason: 'failed', at: 'now' },
    leftovers: [{ step: 'listener' }],
    requeued: true,
    resolution: { by: 'alice', reason: 'why', leftovers: [] },
    events: [{ sequence: 1, status: 'RUNNING', action: 'cancel', reason: 'why' }],
  });
  assert.deepEqual(current('LINE', { target: 'accelerator/a', jobs: ['job-1'] }), {
    name: 'accelerator/a',
    jobs: ['job-1'],
  });
  const entry = {
    step: 'listener',
    act: 'remove',
    waiting: { because: 'it settles', askAgainAt: 'then', asked: 2 },
    undo: { asked: 1, askAgainAt: 'later' },
  };
  assert.deepEqual(current('LEDGER#listener', entry), {
    step: 'listener',
    act: 'delete',
    waiting: { reason: 'it settles', nextPollAt: 'then', polls: 2 },
    undo: { polls: 1, nextPollAt: 'later' },
  });
});

test('present records are read as they were written', () => {
  const job = { id: 'job-1', phase: 'committing', queues: [], events: [{ sequence: 1, action: 'retry' }] };
  assert.deepEqual(current('JOB', job), job);
  const entry = { step: 'listener', act: 'delete', waiting: { reason: 'it settles', polls: 1 } };
  assert.deepEqual(current('LEDGER#listener', entry), entry);
});
