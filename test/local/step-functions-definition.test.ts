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
    'a Map of the mode DISTRIBUTED',
    alone('M', {
      Type: 'Map',
      ItemProcessor: {
        ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
        ...alone('T', task),
      },
      End: true,
    }),
    /State "M": this host does not run a Map of the mode DISTRIBUTED/,
  ],
  ...['MaxConcurrencyPath', 'ToleratedFailureCountPath', 'ToleratedFailurePercentagePath'].map(
    (field): [string, object, RegExp] => [
      field,
      alone('M', { Type: 'Map', ItemProcessor: alone('T', task), [field]: '$.n', End: true }),
      new RegExp(`State "M": this host does not run ${field}`),
    ],
  ),
  [
    'a Result that counts as none',
    alone('A', { Type: 'Pass', Result: false, End: true }),
    /State "A": this host does not run the Result false/,
  ],
  [
    'JSONata',
    { ...alone('A', pass({})), QueryLanguage: 'JSONata' },
    /QueryLanguage JSONata: this host runs JSONPath only/,
  ],
  ...['StringSplit', 'MathAdd', 'StringToJson', 'JsonMerge'].map((name): [string, object, RegExp] => [
    `the function ${name}`,
    alone('A', pass({ 'x.$': `States.Array(States.${name}($.a, $.b))` })),
    new RegExp(`State "A": this host does not run States\\.${name}`),
  ]),
  ...['$.items[*]', '$..n', '$.items[0:2]', '$.items[0,1]', '$.items[?(@.n > 1)]', '$.*'].map(
    (path): [string, object, RegExp] => [
      `the path ${path}`,
      alone('A', { ...pass({}), InputPath: path }),
      /State "A": this host does not run \$.*: a path leads to one node/,
    ],
  ),
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

test('a definition that says JSONPath and inline, and has a star in a constant, is taken', () => {
  const map = {
    Type: 'Map',
    ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' }, ...alone('A', pass({ text: '$5 * 2' })) },
    End: true,
  };
  bench({ definitions: { m: { ...alone('M', map), QueryLanguage: 'JSONPath' } } });
});
