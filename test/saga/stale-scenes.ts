// The jobs of Lambdas that resume late: every kind of cloud change of a step, forward and in a rollback.
import assert from 'node:assert/strict';
import { CreateEndpointGroupCommand } from '@aws-sdk/client-global-accelerator';
import type { JobRecord } from '@gatehouse/core/record/records';
import type { Fault, World } from '../world/world.ts';
import { assertChanged, CHANGES, standsOf } from './changes.ts';
import { assertInvariants, pictureBefore } from './invariants.ts';
import { baselineOf, errorsOf, exampleNamed } from './sweep.ts';

export interface Scene {
  name: string;
  /** How many calls others make before its job begins: nothing holds those, and nothing counts them to be held. */
  callsOfOthers?: number;
  /** Up to where its job is accepted. */
  begin(world: World): Promise<{ id: string; assertHolds(jobRecord: JobRecord): Promise<void> }>;
}

export const SCENES: Scene[] = [
  provision('checkout-edge'),
  provision('tls-passthrough'),
  provision('shop-accelerator'),
  provision('metrics-lambda', {
    name: 'metrics-lambda, whose target group comes out failed once',
    faults: [{ service: 'vpc-lattice', operation: 'CreateTargetGroup', fault: 'failed', times: 1 }],
  }),
  await rollback('checkout-edge'),
  await rollback('shop-accelerator'),
  change('every lane at once'),
  change('every lane at once', {
    name: 'every lane at once, turned back',
    faults: [denied('vpc-lattice', 'RegisterTargets')],
  }),
  change('a target group that has to go first'),
  change('a target group that has to go first', {
    name: 'a target group that has to go first, made again',
    faults: [denied('vpc-lattice', 'CreateTargetGroup')],
  }),
  change('the removal of checkout-edge'),
  { name: 'the forced removal of voice-udp', callsOfOthers: 1, begin: forcedRemoval },
];

function denied(service: string, operation: string): Fault {
  return { service, operation, fault: 'error', times: 1, error: errorsOf(service).denied };
}

interface Otherwise {
  name: string;
  faults: Fault[];
}

function provision(example: string, { name, faults }: Otherwise = { name: example, faults: [] }): Scene {
  return {
    name,
    async begin(world) {
      const before = await pictureBefore(world);
      await world.faults(faults);
      const { id } = await world.submit(exampleNamed(example));
      return { id, assertHolds: jobRecord => assertInvariants(world, before, jobRecord) };
    },
  };
}

async function rollback(example: string): Promise<Scene> {
  const { turnBack } = await baselineOf(example);
  return provision(example, { name: `${example}, turned back`, faults: turnBack });
}

function change(of: string, { name, faults }: Otherwise = { name: of, faults: [] }): Scene {
  return {
    name,
    async begin(world) {
      const stands = await standsOf(world, changeNamed(of));
      await world.faults(faults);
      const { id } = await world.submit(changeNamed(of).to, 'second');
      return { id, assertHolds: jobRecord => assertChanged(world, { ...stands, jobRecord }) };
    },
  };
}

function changeNamed(name: string) {
  const found = CHANGES.find(each => each.name === name);
  assert.ok(found, name);
  return found;
}

/** With a group on our listener that is somebody else's, and goes first. */
async function forcedRemoval(world: World) {
  const { initial } = await standsOf(world, changeNamed('the removal of voice-udp'));
  const { Listeners } = JSON.parse(await world.picture()).globalaccelerator;
  const { ListenerArn } = Listeners.at(-1);
  const EndpointGroupRegion = 'sa-east-1';
  await world.stranger().send(new CreateEndpointGroupCommand({ ListenerArn, EndpointGroupRegion }));
  world.pass(600);
  const request = { operation: 'remove', entryPoint: 'voice-udp', options: { force: true } };
  const { id } = await world.submit(request, 'second');
  return {
    id,
    async assertHolds({ job }: JobRecord): Promise<void> {
      if (job.status === 'SUCCEEDED') assert.equal(await world.picture(), initial);
      else assert.equal(job.status, 'REMOVE_FAILED', JSON.stringify(job.problem));
    },
  };
}
