// Foreign changes in the clouds, by clients of their own: foreign resources, and changes to resources of Gatehouse. The
// affected entry points are recorded with the instant: once a job that began later succeeds, their resources are as
// requested again.
import assert from 'node:assert/strict';
import {
  DescribeLoadBalancersCommand,
  ElasticLoadBalancingClient,
  SetLoadBalancerPoliciesOfListenerCommand,
} from '@aws-sdk/client-elastic-load-balancing';
import {
  CreateListenerCommand,
  type CreateListenerCommandInput,
  DeleteEndpointGroupCommand,
  DeleteListenerCommand,
  UpdateEndpointGroupCommand,
  UpdateListenerCommand,
} from '@aws-sdk/client-global-accelerator';
import {
  DeregisterTargetsCommand,
  ListTargetsCommand,
  TagResourceCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { Owned } from '@gatehouse/core/record/owned';
import { readEntryPoint } from '@gatehouse/core/record/records';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { ownedOf } from '../saga/queues-and-claims.ts';
import type { World } from '../world/world.ts';
import type { History } from './holds.ts';
import type { Ask, Tampering } from './life.ts';
import { EDGE, ENTRY_POINTS } from './specs.ts';

interface Living {
  world: World;
  history: History;
}

export async function tamper({ world, history }: Living, { name, act }: Tampering): Promise<void> {
  if (act === 'listener beside it') {
    const port = 1000 * (1 + ENTRY_POINTS.indexOf(name));
    // Wider than any of ours, so that it is never taken for one.
    const PortRanges = [{ FromPort: port, ToPort: port + 8 }];
    await makeListener({ world, history }, { AcceleratorArn: EDGE, Protocol: 'TCP', PortRanges });
    return;
  }
  const [kind, change] = CHANGES[act];
  const standing = await readEntryPoint(world.store, name);
  const touched = ownedOf(standing).find(each => each.kind === kind);
  if (!touched) return;
  if (await change(world, touched).then(done, mayBeDone))
    history.tampered.set(name, world.now().toISOString());
}

const done = () => true;

/** The cloud may refuse them, too: nothing has changed then. Their answers may be lost like ours. */
function mayBeDone(thrown: unknown): boolean {
  const { httpStatusCode: status = 0 } = Object(Object(thrown).$metadata);
  return status < 400 || status >= 500;
}

type Change = (world: World, touched: Owned) => Promise<unknown>;

const CHANGES: Record<Exclude<Tampering['act'], 'listener beside it'>, [Owned['kind'], Change]> = {
  'listener changed': [
    'listener',
    (world, { id, desired }) => {
      const isNone = 'clientAffinity' in desired && desired.clientAffinity === 'NONE';
      const ClientAffinity = isNone ? 'SOURCE_IP' : 'NONE';
      return world.stranger().send(new UpdateListenerCommand({ ListenerArn: id, ClientAffinity }));
    },
  ],
  'group changed': [
    'endpointGroup',
    (world, { id: EndpointGroupArn }) =>
      world.stranger().send(new UpdateEndpointGroupCommand({ EndpointGroupArn, TrafficDialPercentage: 42 })),
  ],
  'group gone': [
    'endpointGroup',
    (world, { id: EndpointGroupArn }) =>
      world.stranger().send(new DeleteEndpointGroupCommand({ EndpointGroupArn })),
  ],
  'target gone': ['targetGroup', (world, { id }) => deregister(world, id, 1)],
  'targets gone': ['targetGroup', (world, { id }) => deregister(world, id, 100)],
  'tag changed': [
    'targetGroup',
    (world, { id: resourceArn, desired }) => {
      // A tag of their own would stay theirs.
      const ours = Object.keys('tags' in desired ? desired.tags : {}).find(
        key => !key.startsWith('gatehouse:'),
      );
      const tags = { [ours ?? '']: 'theirs' };
      return lattice(world).send(new TagResourceCommand({ resourceArn, tags }));
    },
  ],
  'policy off': ['policyAttachment', takeOff],
};

const credentials = { accessKeyId: 'theirs', secretAccessKey: 'theirs' };

function lattice({ wire }: World): VPCLatticeClient {
  return new VPCLatticeClient({ region: 'eu-west-1', credentials, requestHandler: handlerFor(wire) });
}

async function deregister(world: World, targetGroupIdentifier: string, most: number): Promise<void> {
  const client = lattice(world);
  const { items = [] } = await client.send(new ListTargetsCommand({ targetGroupIdentifier }));
  const targets = items.slice(0, most).map(({ id, port }) => ({ id, ...(port ? { port } : {}) }));
  await client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets }));
}

async function takeOff({ wire }: World, { kind, desired }: Owned): Promise<void> {
  assert.ok(kind === 'policyAttachment');
  const {
    region,
    loadBalancerName: LoadBalancerName,
    loadBalancerPort: LoadBalancerPort,
    policyName,
  } = desired;
  const client = new ElasticLoadBalancingClient({
    region,
    credentials,
    requestHandler: handlerFor(wire),
  });
  const { LoadBalancerDescriptions = [] } = await client.send(
    new DescribeLoadBalancersCommand({ LoadBalancerNames: [LoadBalancerName] }),
  );
  const ports = LoadBalancerDescriptions.flatMap(({ ListenerDescriptions = [] }) => ListenerDescriptions);
  const port = ports.find(({ Listener }) => Listener?.LoadBalancerPort === LoadBalancerPort);
  const PolicyNames = (port?.PolicyNames ?? []).filter(each => !each.startsWith(policyName));
  await client.send(
    new SetLoadBalancerPoliciesOfListenerCommand({ LoadBalancerName, LoadBalancerPort, PolicyNames }),
  );
}

/** Just what a job is about to ask for. */
export async function makeWhatIsAdopted(living: Living, { spec = {} }: Ask): Promise<void> {
  const { acceleratorArn, protocol, portRanges, clientAffinity } = spec['listener'] as {
    acceleratorArn: string;
    protocol: 'TCP' | 'UDP';
    portRanges: { fromPort: number; toPort: number }[];
    clientAffinity: 'NONE' | 'SOURCE_IP';
  };
  await makeListener(living, {
    AcceleratorArn: acceleratorArn,
    Protocol: protocol,
    PortRanges: portRanges.map(({ fromPort, toPort }) => ({ FromPort: fromPort, ToPort: toPort })),
    ClientAffinity: clientAffinity,
  });
}

async function makeListener(
  { world, history }: Living,
  input: Omit<CreateListenerCommandInput, 'IdempotencyToken'>,
): Promise<void> {
  const IdempotencyToken = `theirs-${(await world.calls()).length}`;
  const command = new CreateListenerCommand({ ...input, IdempotencyToken });
  const made = await world
    .stranger()
    .send(command)
    .catch(() => undefined);
  const arn = made?.Listener?.ListenerArn;
  if (arn === undefined) return;
  const { Listeners } = JSON.parse(await world.picture()).globalaccelerator;
  history.foreignObjects.set(
    arn,
    Listeners.find((each: { ListenerArn: string }) => each.ListenerArn === arn),
  );
}

/** What they have made beside ours goes, so that there is room again. */
export async function takeAway({ world, history }: Living, kept: ReadonlySet<string>): Promise<void> {
  for (const arn of history.foreignObjects.keys()) {
    if (kept.has(arn)) continue;
    await world.stranger().send(new DeleteListenerCommand({ ListenerArn: arn }));
    history.foreignObjects.delete(arn);
  }
}
