// A VPC Lattice target group. Create and delete are asynchronous: CREATE_IN_PROGRESS for some seconds, then ACTIVE or
// CREATE_FAILED; DELETE_IN_PROGRESS, then a 404, which alone is the end. Natural key: its name in account and region.
// Ownership is provable, unlike elsewhere on AWS: our tags are set by the create itself.
//   Conflict on create   the name is taken, also by a group that is still being deleted
//   Conflict on delete   registered or draining targets, a service that uses it; draining takes minutes and heals
// Everything but the health check and the tags is immutable.
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  GetTargetGroupCommand,
  type GetTargetGroupCommandOutput,
  ListTagsForResourceCommand,
  TagResourceCommand,
  type TargetGroupConfig,
  UpdateTargetGroupCommand,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/errors';
import type { Readiness, Resource } from '@gatehouse/core/resource';
import type { TargetGroupSpec } from '@gatehouse/core/vpc-lattice';
import { orAbsent, present } from '../aws-call.ts';
import { allTargets, call, identifier, type LatticeClients, targetGroupNamed } from './client.ts';

type Config = TargetGroupConfig;
type HealthCheck = NonNullable<Config['healthCheck']>;

/** A group of a request, in its region, with the caller's tags and ours. */
export type DesiredGroup = Omit<TargetGroupSpec, 'targets' | 'region'> & {
  region: string;
  tags: Record<string, string>;
  /** Keys of tags that were ours and are not asked for any more. */
  droppedTags?: string[];
};

export interface ObservedGroup {
  arn: string;
  type: string | undefined;
  config: Config;
  status: string | undefined;
  failure: string | undefined;
  serviceArns: string[];
  tags: Record<string, string>;
}

const OUR_TAG = 'gatehouse:job';

export function targetGroupResource(clients: LatticeClients): Resource<DesiredGroup, ObservedGroup> {
  return {
    kind: 'targetGroup',
    settles: { firstSeconds: 4, mostSeconds: 15, limitSeconds: 1800, readings: 2 },

    async read({ region, name }, id) {
      const client = clients(region);
      const identifier = id ?? (await targetGroupNamed(client, name))?.arn;
      return identifier ? observe(client, identifier) : undefined;
    },

    idOf: group => group.arn,

    async create(desired, token) {
      const { region, name, type, tags } = desired;
      const input = { name, type, config: wireConfig(desired), tags, clientToken: token };
      const client = clients(region);
      const made = await call('CreateTargetGroup', () => client.send(new CreateTargetGroupCommand(input)), {
        ConflictException: 'AlreadyExists',
      });
      return { ...observed(made), serviceArns: [], tags };
    },

    drift(desired, group) {
      const wanted = wireConfig(desired) ?? {};
      const { healthCheck, ...immutable } = wanted;
      const config = Object.entries(immutable).some(
        ([member, value]) => group.config[member as keyof Config] !== value,
      );
      const differs: [string, boolean][] = [
        ['type', desired.type !== group.type],
        ['config', config],
        ['config.healthCheck', healthCheck !== undefined && !covers(group.config.healthCheck, healthCheck)],
        ['tags', !Object.entries(desired.tags).every(([key, value]) => group.tags[key] === value)],
      ];
      return differs.filter(([, differ]) => differ).map(([member]) => member);
    },

    async update(desired, group) {
      const client = clients(desired.region);
      const differs = this.drift(desired, group);
      const fixed = differs.find(member => member === 'type' || member === 'config');
      if (fixed) throw new TerminalError('ResourceConflict', `${group.arn}: ${fixed} cannot change in place`);
      if (differs.includes('config.healthCheck')) await updateHealthCheck(client, desired, group);
      else {
        const command = new TagResourceCommand({ resourceArn: group.arn, tags: desired.tags });
        await call('TagResource', () => client.send(command));
      }
      return present(await observe(client, group.arn), 'the target group');
    },

    async remove(id, { region }) {
      const client = clients(region);
      const command = new DeleteTargetGroupCommand({ targetGroupIdentifier: identifier(id) });
      await orAbsent(call('DeleteTargetGroup', () => client.send(command)));
    },

    ready,

    owns: (desired, group) => group.tags[OUR_TAG] === desired.tags[OUR_TAG],

    /** Our own targets are gone before the group goes, so whoever registered those that are left, they hold it. */
    async strangers({ region }, group) {
      const listed = (await orAbsent(allTargets(clients(region), group.arn))) ?? [];
      const registered = listed.filter(target => target.status !== 'DRAINING');
      return [
        ...group.serviceArns,
        ...registered.map(({ id, port }) => `target ${id}${port ? `:${port}` : ''}`),
      ];
    },
  };
}

/** Explicit lists: what is not known here stays pending and is shown as it is. */
function ready({ status, failure }: ObservedGroup): Readiness {
  if (status === 'ACTIVE') return { ready: true };
  const because = `the target group is ${status ?? 'of unknown status'}${failure ? `: ${failure}` : ''}`;
  const failed = status === 'CREATE_FAILED' || status === 'DELETE_FAILED';
  const leaving = status === 'DELETE_IN_PROGRESS';
  return { ready: false, because, ...(failed ? { failed } : {}), ...(leaving ? { leaving } : {}) };
}

async function observe(client: VPCLatticeClient, id: string): Promise<ObservedGroup | undefined> {
  const command = new GetTargetGroupCommand({ targetGroupIdentifier: identifier(id) });
  const group = await orAbsent(call('GetTargetGroup', () => client.send(command)));
  if (!group) return undefined;
  const ask = new ListTagsForResourceCommand({ resourceArn: identifier(group.arn ?? '') });
  const tags = await orAbsent(call('ListTagsForResource', () => client.send(ask)));
  return tags && { ...observed(group), tags: tags.tags ?? {} };
}

function observed(
  group: Pick<GetTargetGroupCommandOutput, 'arn' | 'type' | 'config' | 'status'> &
    Partial<Pick<GetTargetGroupCommandOutput, 'failureCode' | 'failureMessage' | 'serviceArns'>>,
) {
  return {
    arn: present(group.arn, 'arn'),
    type: group.type,
    config: group.config ?? {},
    status: group.status,
    failure: group.failureMessage ?? group.failureCode,
    serviceArns: group.serviceArns ?? [],
  };
}

function wireConfig({ type, config }: DesiredGroup): Config | undefined {
  if (type === 'LAMBDA' && config === undefined) return undefined;
  return { ...config };
}

/** The whole block: whether a member left out keeps its value or is reset is not documented. */
async function updateHealthCheck(
  client: VPCLatticeClient,
  desired: DesiredGroup,
  group: ObservedGroup,
): Promise<void> {
  const healthCheck = { ...group.config.healthCheck, ...wireConfig(desired)?.healthCheck };
  const input = { targetGroupIdentifier: identifier(group.arn), healthCheck };
  await call('UpdateTargetGroup', () => client.send(new UpdateTargetGroupCommand(input)));
}

/** Every member that the request names, as it is; what it leaves to the API is no difference. */
function covers(standing: HealthCheck | undefined, wanted: HealthCheck): boolean {
  return Object.entries(wanted).every(([member, value]) => {
    const there = standing?.[member as keyof HealthCheck];
    return value === undefined || JSON.stringify(there) === JSON.stringify(value);
  });
}
