import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, functionArn } from './step-functions-bench.ts';

const task = { Type: 'Task', Resource: functionArn('f'), End: true };
const pass = (parameters: object) => ({ Type: 'Pass', Parameters: parameters, End: true });
const alone = (name: string, state: object) => ({ StartAt: name, States: { [name]: state } });

const refusals: [string, object, RegExp][] = [
  [
    'a Resource that is no function',
    alone('T', { ...task, Resource: 'arn:aws:states:::lambda:invoke' }),
    /^Error: Task "T": Resource must be arn:aws:lambda:us-east-1:000000000000:function:<name>, got arn:aws:states/,
  ],
  [
    'a function of another Region',
    alone('T', { ...task, Resource: functionArn('f').replace('us-east-1', 'us-west-2') }),
    /Task "T": Resource must be/,
  ],
  ['a function version', alone('T', { ...task, Resource: functionArn('f:1') }), /Task "T": Resource must be/],
  [
    'a state name used twice',
    alone('P', { Type: 'Parallel', Branches: [alone('T', task), alone('T', task)], End: true }),
    /State name "T" occurs twice/,
  ],
  [
    'heartbeats',
    alone('T', { ...task, HeartbeatSeconds: 5 }),
    /State "T": this host does not run HeartbeatSeconds/,
  ],
  [
    'a context path that is not provided',
    alone('A', pass({ 'x.$': '$$.State.EnteredTime' })),
    /State "A": this host has no \$\$\.State\.EnteredTime here/,
  ],
  [
    'the Map item inside the iteration',
    alone('M', { Type: 'Map', ItemProcessor: alone('A', pass({ 'x.$': '$$.Map.Item.Value' })), End: true }),
    /State "A": this host has no \$\$\.Map\.Item\.Value here/,
  ],
  [
    'invalid States Language',
    { StartAt: 'A', States: { A: { Type: 'Pass' } } },
    /State machine definition is invalid/,
  ],
  ['no object', [], /Error/],
];

for (const [what, definition, message] of refusals)
  test(`a definition with ${what} is refused at construction`, () => {
    assert.throws(() => bench({ definitions: { m: { ...definition } } }), message);
  });

test('an account that is no account and a timeScale of 0 are refused', () => {
  assert.throws(() => bench({ definitions: {}, timeScale: 0 }), /timeScale must be above 0/);
});
