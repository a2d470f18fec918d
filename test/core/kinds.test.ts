// The table of kinds: each is complete and agrees with the machine, the clouds and the steps of the examples; and no other
// source of core knows one kind from another.
import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { KINDS } from '@gatehouse/core/kinds/kinds';
import type { KindTraits } from '@gatehouse/core/kinds/traits';
import { FUNCTIONS, functionOf } from '@gatehouse/core/machine/task';
import { claimOf } from '@gatehouse/core/plan/owned';
import { planSteps, queuesOf } from '@gatehouse/core/plan/plan-steps';
import type { Kind } from '@gatehouse/core/ports/kind';
import type { Resource } from '@gatehouse/core/ports/resource';
import type { Step } from '@gatehouse/core/record/plan';
import { alicloudRequestSchema, awsRequestSchema, parseRequest } from '@gatehouse/core/request/request';
import { everyCloud } from '@gatehouse/functions/every-cloud';
import { NEEDS } from '@gatehouse/functions/permissions';
import type * as z from 'zod';
import { EXAMPLES, exampleNamed } from '../saga/sweep.ts';
import { inlined } from './inlined.ts';

const TABLE = Object.entries(KINDS) as [Kind, KindTraits][];

/** Functions of the machine that walk no step. */
const JOB_FUNCTIONS = ['begin', 'record-failure', 'evaluate', 'finish'];

/** What an installation is made with; nothing of it is called. */
const NOWHERE = {
  endpoint: 'http://192.0.2.1',
  credentials: { accessKeyId: 'none', accessKeySecret: 'none' },
};
const { resource } = everyCloud('eu-west-1', { config: NOWHERE, profile: 'current' });

for (const [kind, traits] of TABLE) {
  test(`${kind}: its traits are in the file of its name`, async () => {
    const file = kind.replaceAll(/[A-Z]/g, letter => `-${letter.toLowerCase()}`);
    const module: Record<string, unknown> = await import(`@gatehouse/core/kinds/${file}`);
    assert.equal(module[kind], traits);
  });

  test(`${kind}: its function is one of the machine and walks no other kind`, () => {
    assert.ok(functionOf(kind) in FUNCTIONS, functionOf(kind));
    const needs = new Map(Object.entries(NEEDS)).get(`steps/${functionOf(kind)}`);
    assert.equal(needs?.kind, kind);
  });

  test(`${kind}: its function has the file of its name, and calls of this kind alone`, async () => {
    const file = `packages/functions/src/steps/${functionOf(kind)}.ts`;
    assert.ok(existsSync(file), file);
    const walked = [...readFileSync(file, 'utf8').matchAll(/\b(\w+): \w+Resource\(/g)].map(
      ([, name]) => name,
    );
    assert.deepEqual(walked, [kind], file);
    const { handler } = await import(`@gatehouse/functions/steps/${functionOf(kind)}`);
    assert.equal(typeof handler, 'function', file);
  });

  test(`${kind}: its needs are in the same cloud, and only children take the lane of a parent`, () => {
    for (const needed of Object.values({ ...traits.parents, ...traits.references })) {
      const parent: KindTraits = KINDS[needed];
      assert.equal(parent.cloud, traits.cloud);
      assert.equal(parent.oneAtATime, traits.oneAtATime, 'one lane has one bound');
    }
    if (!traits.parents) assert.ok(traits.lane, 'a kind without a parent has a lane of its own');
  });

  test(`${kind}: foreign dependents, replacement, outputs and health are as its calls have them`, () => {
    const { foreignDependents, createOnly = [], outputs, health }: Resource = resource(kind);
    assert.equal(traits.outputs !== undefined, outputs !== undefined);
    assert.equal(traits.health === true, health !== undefined);
    assert.equal(traits.foreignDependents === true, foreignDependents !== undefined);
    assert.equal(traits.replacement === 'in place', createOnly.length === 0, `fixed members: ${createOnly}`);
  });
}

interface JsonSchema {
  maxItems?: number;
  maxProperties?: number;
  items?: JsonSchema;
  properties?: Record<string, JsonSchema>;
  anyOf?: JsonSchema[];
  oneOf?: JsonSchema[];
}

/** The bounds of all lists and maps in the resources of a part of a request, by member. */
function boundsOfPart({ cloud, part }: KindTraits): Map<string, number> {
  const request: z.ZodType = cloud === 'aws' ? awsRequestSchema : alicloudRequestSchema;
  const { properties = {} } = inlined(request) as JsonSchema;
  const schema = properties[part] ?? assert.fail(`no request for ${cloud} has ${part}`);
  const bounds = new Map<string, number>();
  for (const shape of shapesOf(schema.items ?? schema))
    for (const [name, member] of Object.entries(shape.properties ?? {})) {
      const most = Math.max(...shapesOf(member).map(one => one.maxItems ?? one.maxProperties ?? 0));
      if (most > 0) bounds.set(name, Math.max(most, bounds.get(name) ?? 0));
    }
  return bounds;
}

function shapesOf(schema: JsonSchema): JsonSchema[] {
  const options = schema.anyOf ?? schema.oneOf;
  return options ? options.flatMap(shapesOf) : [schema];
}

for (const [kind, { part, cloud, bounds = {} }] of TABLE) {
  test(`${kind}: its bounds are those of the request's schema`, () => {
    const found = boundsOfPart(KINDS[kind]);
    const expected = Object.keys(bounds).map(name => [name, found.get(name)]);
    assert.deepEqual(Object.entries(bounds), expected);
    const siblings = TABLE.filter(([, each]) => each.part === part && each.cloud === cloud);
    const covered = siblings.flatMap(([, each]) => Object.keys(each.bounds ?? {}));
    assert.deepEqual(
      covered.toSorted(),
      [...found.keys()].toSorted(),
      `each list of ${part} has a bound of one kind`,
    );
  });
}

test('every function of the machine that walks steps walks those of one kind', () => {
  const walking = Object.keys(FUNCTIONS).filter(name => !JOB_FUNCTIONS.includes(name));
  assert.deepEqual(walking.toSorted(), TABLE.map(([kind]) => functionOf(kind)).toSorted());
});

const SHARED = 'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
const SHOP = 'ga-bp1shopw7k2m9q4x1z8t';
const ARCADE = 'ga-bp1arcade5n8r2v6y3j0';
const NONE = undefined;

type Row = [step: string, claim?: string | undefined, queue?: string | undefined, lane?: string];

/** Of each step of each example: its claim, its queue and its own lane. */
const STEPS: Record<string, Row[]> = {
  'checkout-edge': [
    ['listener', `listener/${SHARED}/TCP/80-80,443-443`, `accelerator/${SHARED}`, `accelerator/${SHARED}`],
    ['endpoint-group-eu-west-1'],
    ['endpoint-group-us-east-1'],
    ['accelerator', NONE, NONE, `accelerator/${SHARED}`],
    [
      'target-group-eu-west-1-checkout',
      'targetGroup/eu-west-1/checkout',
      NONE,
      'target-group/eu-west-1/checkout',
    ],
    ['targets-eu-west-1-checkout'],
    [
      'policy-eu-west-1-checkout-classic-checkout-sticky',
      'stickinessPolicy/eu-west-1/checkout-classic/checkout-sticky',
      'load-balancer/eu-west-1/checkout-classic',
      'load-balancer/eu-west-1/checkout-classic',
    ],
    [
      'attachment-eu-west-1-checkout-classic-checkout-sticky-443',
      'policyAttachment/eu-west-1/checkout-classic/443',
      NONE,
      'load-balancer/eu-west-1/checkout-classic',
    ],
  ],
  'voice-udp': [
    [
      'listener',
      `listener/${SHARED}/UDP/3478-3478,16384-16484`,
      `accelerator/${SHARED}`,
      `accelerator/${SHARED}`,
    ],
    ['endpoint-group-ap-southeast-2'],
    ['accelerator', NONE, NONE, `accelerator/${SHARED}`],
  ],
  'metrics-lambda': [
    [
      'target-group-eu-west-1-metrics-lambda',
      'targetGroup/eu-west-1/metrics-lambda',
      NONE,
      'target-group/eu-west-1/metrics-lambda',
    ],
    ['targets-eu-west-1-metrics-lambda'],
  ],
  'tls-passthrough': [
    [
      'target-group-eu-west-1-tls-passthrough',
      'targetGroup/eu-west-1/tls-passthrough',
      NONE,
      'target-group/eu-west-1/tls-passthrough',
    ],
    ['targets-eu-west-1-tls-passthrough'],
  ],
  'backoffice-alb': [
    [
      'target-group-eu-west-1-backoffice-alb',
      'targetGroup/eu-west-1/backoffice-alb',
      NONE,
      'target-group/eu-west-1/backoffice-alb',
    ],
    ['targets-eu-west-1-backoffice-alb'],
  ],
  'app-cookie': [
    [
      'policy-us-east-1-shop-classic-shop-session',
      'stickinessPolicy/us-east-1/shop-classic/shop-session',
      'load-balancer/us-east-1/shop-classic',
      'load-balancer/us-east-1/shop-classic',
    ],
    [
      'attachment-us-east-1-shop-classic-shop-session-443',
      'policyAttachment/us-east-1/shop-classic/443',
      NONE,
      'load-balancer/us-east-1/shop-classic',
    ],
  ],
  'shop-accelerator': [
    ['listener', `alicloudListener/${SHOP}/HTTPS/443-443`, `instance/${SHOP}`, `instance/${SHOP}`],
    ['certificate-images.example.com', NONE, NONE, `instance/${SHOP}`],
    ['endpoint-group-cn-hangzhou', NONE, NONE, `instance/${SHOP}`],
    ['virtual-group-images', NONE, NONE, `instance/${SHOP}`],
    ['forwarding-rule-images-domain', NONE, NONE, `instance/${SHOP}`],
    ['forwarding-rule-images-path', NONE, NONE, `instance/${SHOP}`],
  ],
  'game-udp': [
    [
      'listener',
      `alicloudListener/${ARCADE}/UDP/7000-7009,7100-7109,7777-7777`,
      `instance/${ARCADE}`,
      `instance/${ARCADE}`,
    ],
    ['endpoint-group-ap-southeast-1', NONE, NONE, `instance/${ARCADE}`],
  ],
};

function stepsOf(example: string): Step[] {
  const parsed = parseRequest(exampleNamed(example), 'eu-west-1');
  assert.ok(parsed.ok, JSON.stringify(parsed));
  return planSteps(parsed.request, { jobId: 'job-1', region: 'eu-west-1' });
}

for (const example of EXAMPLES) {
  test(`${example}: claims, queues and lanes of its steps`, () => {
    const steps = stepsOf(example);
    const traitsOf = ({ kind }: Step): KindTraits => KINDS[kind];
    const found = steps.map(step => [
      step.id,
      claimOf(step)[0],
      queuesOf([step])[0],
      traitsOf(step).lane?.(step.desired),
    ]);
    const expected = STEPS[example]?.map(([step, claim, queue, lane]) => [step, claim, queue, lane]);
    assert.deepEqual(found, expected);
  });

  test(`${example}: its steps serve the part of the request, and need the kinds, that their traits name`, () => {
    const steps = stepsOf(example);
    for (const { id, kind, part, needs } of steps) {
      const traits: KindTraits = KINDS[kind];
      if (part !== undefined) assert.equal(part.split('/')[1], traits.part, id);
      const needed = Object.entries(needs).map(([member, step]) => [
        member,
        steps.find(each => each.id === step)?.kind,
      ]);
      const known = Object.entries({ ...traits.parents, ...traits.references });
      for (const need of needed)
        assert.deepEqual(
          known.find(([member]) => member === need[0]),
          need,
          id,
        );
      for (const parent of Object.keys(traits.parents ?? {})) assert.ok(parent in needs, `${id}: ${parent}`);
    }
  });
}

test('the examples have a step of every kind', () => {
  const kinds = new Set(EXAMPLES.flatMap(stepsOf).map(({ kind }) => kind));
  assert.deepEqual([...kinds].toSorted(), Object.keys(KINDS).toSorted());
});

const NAMES = `'(?:${Object.keys(KINDS).join('|')})'`;

/** Ways to know one kind from another. */
const DISTINGUISHES = [
  new RegExp(`\\bkind\\)?\\s*[!=]==?\\s*${NAMES}`),
  new RegExp(`${NAMES}\\s*[!=]==?\\s*[\\w.?]*\\bkind\\b`),
  new RegExp(`${NAMES}\\s*\\]\\s*\\.(?:includes|indexOf)\\(\\s*[\\w.]*\\bkind\\b`),
  new RegExp(`\\bcase\\s+${NAMES}\\s*:`),
  /\bstartsWith\(\s*['"`]alicloud/,
];

function sources(folder: string): { file: string; text: string }[] {
  const files = globSync(`${folder}/**/*.ts`);
  assert.ok(files.length > 0, folder);
  return files.map(file => ({ file, text: readFileSync(file, 'utf8') }));
}

test('the ways to know one kind from another are found', () => {
  const texts = [
    `if (step.kind === 'listener')`,
    `each => each.kind !== 'targets'`,
    `(({ kind }) => kind == 'forwardingRule')`,
    `if ('targetGroup' === step.kind)`,
    `['listener', 'targets'].includes(step.kind)`,
    `switch (kind) { case 'endpointGroup': `,
    `kind.startsWith('alicloud')`,
  ];
  for (const text of texts)
    assert.ok(
      DISTINGUISHES.some(pattern => pattern.test(text)),
      text,
    );
});

test('no source of core or of the functions beside the kinds knows one kind from another', () => {
  const others = [...sources('packages/core/src'), ...sources('packages/functions/src')].filter(
    ({ file }) => !/^packages\/(core\/src\/(kinds|record\/older-)|functions\/src\/steps)/.test(file),
  );
  for (const { file, text } of others)
    for (const pattern of DISTINGUISHES) assert.doesNotMatch(text, pattern, file);
});

test('the code of plans, queues, steps and jobs names no kind', () => {
  const name = new RegExp(NAMES);
  const naming = ['plan', 'step', 'queue', 'saga', 'api']
    .flatMap(folder => sources(`packages/core/src/${folder}`))
    .filter(({ text }) => name.test(text))
    .map(({ file }) => file.replace('packages/core/src/', ''));
  assert.deepEqual(naming, []);
});
