// The idempotency tokens on the wire. Whatever fault a create meets, each of its calls has the token of its job, step
// and generation: the same in every attempt, and another one for every resource that replaces a deleted one.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createWorld } from '../world/world.ts';
import { casesOf, FORWARD } from './fault-kinds.ts';
import { baselineOf, type Case, nameOf, type Ran, runCase, sweep } from './sweep.ts';

const HAS_TOKEN =
  /^(CreateListener|CreateEndpointGroup|CreateTargetGroup|CreateForwardingRules|AssociateAdditionalCertificates)/;

/** What makes it come again. */
const REPEATS = FORWARD.filter(({ name }) =>
  /^(its answer lost|its request dropped|carried out late|throttled three times|what it makes)/.test(name),
);

const examples = await Promise.all(['checkout-edge', 'shop-accelerator'].map(baselineOf));

const creates = examples.map(example => ({
  ...example,
  places: example.places.filter(({ operation }) => HAS_TOKEN.test(operation)),
}));

sweep(
  'a create that comes again has the token of its generation',
  creates.flatMap(example =>
    REPEATS.flatMap(kind => casesOf(example, kind, 'forward')).map(
      (each): Case => ({
        ...each,
        async also(ran) {
          await each.also?.(ran);
          await assertTokens(ran);
        },
      }),
    ),
  ),
  runCase,
);

sweep(
  'a create of the next attempt has the token of the one before',
  creates.flatMap(example =>
    example.places.map(place => ({ name: `${example.name}, ${nameOf(place)}`, example, place })),
  ),
  async ({ example, place }) => {
    const world = createWorld({ hold: { call: place.call, when: 'before' } }, example.name);
    const { id } = await world.submit(example.value);
    await world.held;
    await world.takeOver(id);
    const jobRecord = await world.finishBesideHeld(id);
    world.release();
    await world.idle();
    const sent = (await world.calls()).filter(({ operation }) => operation === place.operation);
    assert.ok(sent.length > 1, 'it was called again');
    await assertTokens({ world, jobRecord });
  },
);

async function assertTokens({ world, jobRecord }: Ran): Promise<void> {
  const { job, ledger } = jobRecord;
  const known = new Map(
    [...ledger.values()].flatMap(({ step, generation }) =>
      Array.from({ length: generation }, (_, at) => [tokenOf(job.id, step, at + 1), step] as const),
    ),
  );
  const creates = (await world.calls()).filter(({ operation }) => HAS_TOKEN.test(operation));
  const sent = new Set(creates.map(({ request }) => tokenIn(request)));
  for (const token of sent)
    assert.ok(known.has(String(token)), `a create has ${token}, which is no token of its steps`);
  for (const { step, generation } of ledger.values()) {
    const first = sent.has(tokenOf(job.id, step, 1));
    const last = sent.has(tokenOf(job.id, step, generation));
    assert.equal(last, first, `${step} has been made ${generation} times, each under a token of its own`);
  }
}

/** What the cloud may still know from an older version of this code. */
function tokenOf(jobId: string, step: string, generation: number): string {
  return createHash('sha256').update(`${jobId}|${step}|${generation}`).digest('hex');
}

function tokenIn({ IdempotencyToken, clientToken, ClientToken }: Record<string, unknown>): unknown {
  return IdempotencyToken ?? clientToken ?? ClientToken;
}
