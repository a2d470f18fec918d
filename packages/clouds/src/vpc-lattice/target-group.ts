// A VPC Lattice target group. Create and delete are asynchronous: CREATE_IN_PROGRESS for some seconds, then ACTIVE or
// CREATE_FAILED; DELETE_IN_PROGRESS, then a 404, the only proof of deletion. Natural key: its name in account and region.
// Ownership is provable, unlike elsewhere on AWS: the create call sets our tags.
//   Conflict on create   the name is taken, possibly by a group that is still being deleted
//   Conflict on delete   registered or draining targets, or a service uses it; draining takes minutes
//   Validation on update   a health check for a LAMBDA or ALB group, which have none
// All members except the health check and the tags are immutable.
import {
  CreateTargetGroupCommand,
  DeleteTargetGroupCommand,
  GetTargetGroupCommand,
  type GetTargetGroupCommandOutput,
  ListTagsForResourceCommand,
  TagResourceCommand,
  type TargetSummary,
  UntagResourceCommand,
  UpdateTargetGroupCommand,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { Readiness, Resource } from '@gatehouse/core/ports/resource';
import { JOB_TAG } from '@gatehouse/core/request/aws/own-tags';
import { HEALTH_CHECK, MAX_TAGS_OF_RESOURCE } from '@gatehouse/core/request/aws/target-group-members';
import { createInput } from '@gatehouse/core/request/member-values';
import { orAbsent, present, readAfterChange } from '../cloud-call.ts';
import { nextTagCall } from '../tags.ts';
import { allTargets, call, identifier, type LatticeClients, targetGroupNamed } from './client.ts';
import { compared, type DesiredGroup, MEMBERS, type ObservedGroup } from './target-group-image.ts';
import { deregister } from './targets.ts';

export function targetGroupResource(clients: LatticeClients): Resource<DesiredGroup, ObservedGroup> {
  return {
    kind: 'targetGroup',
    settles: { initialDelaySeconds: 4, maxDelaySeconds: 15, readyLimitSeconds: 1800, consecutiveReady: 2 },
    ...compared,

    async read({ region, name }, id) {
      const client = clients(region);
      const identifier = id ?? (await targetGroupNamed(client, name))?.arn;
      return identifier ? observe(client, identifier) : undefined;
    },

    idOf: group => group.arn,

    async create(desired, token) {
      const input = { ...createInput(MEMBERS, desired), clientToken: token };
      const client = clients(desired.region);
      const made = await call('CreateTargetGroup', () => client.send(new CreateTargetGroupCommand(input)), {
        ConflictException: 'AlreadyExists',
      });
      return { ...observed(made), serviceArns: [], tags: desired.tags };
    },

    async update(desired, group) {
      const client = clients(desired.region);
      const differs = compared.drift(desired, group);
      const createOnly = differs.find(member => compared.createOnly.includes(member));
      if (createOnly)
        throw new TerminalError('ResourceConflict', `${group.arn}: ${createOnly} cannot change in place`);
      const next = nextTagCall(desired, group.tags, MAX_TAGS_OF_RESOURCE);
      if (differs.includes('config.healthCheck')) await updateHealthCheck(client, desired, group);
      else if (next && 'tag' in next) await tag(client, group, next.tag);
      else if (next) await untag(client, group, next.untag);
      return present(await readAfterChange(observe(client, group.arn)), 'the target group');
    },

    async remove(id, { region }) {
      const client = clients(region);
      const command = new DeleteTargetGroupCommand({ targetGroupIdentifier: identifier(id) });
      await orAbsent(call('DeleteTargetGroup', () => client.send(command)));
    },

    ready,

    owns: (desired, group) => group.tags[JOB_TAG] === desired.tags[JOB_TAG],

    /** Our own targets are deregistered before the group is deleted, so all remaining targets are foreign. */
    async foreignDependents({ region }, group) {
      const targets = await registeredIn(clients(region), group.arn);
      return [...group.serviceArns, ...targets.map(nameOf)];
    },

    foreignUsers: group => group.serviceArns,

    /** Deregisters targets. Fails if a service uses the group, as its rule would be broken. */
    async deleteForeign({ region }, group, names) {
      if (group.serviceArns.length > 0) {
        const reason = `is used by ${group.serviceArns.join(', ')}; remove it from the rules of that service first`;
        throw new TerminalError('ResourceConflict', `${group.arn} ${reason}`);
      }
      const client = clients(region);
      const targets = (await registeredIn(client, group.arn)).filter(each => names.includes(nameOf(each)));
      if (targets.length > 0) await deregister(client, group.arn, targets);
    },
  };
}

/** Explicit lists: an unknown status counts as pending and is reported unchanged. */
function ready({ status, failure }: ObservedGroup): Readiness {
  if (status === 'ACTIVE') return { ready: true };
  const reason = `the target group is ${status ?? 'of unknown status'}${failure ? `: ${failure}` : ''}`;
  const failed = status === 'CREATE_FAILED' || status === 'DELETE_FAILED';
  const leaving = status === 'DELETE_IN_PROGRESS';
  return { ready: false, reason, ...(failed ? { failed } : {}), ...(leaving ? { leaving } : {}) };
}

async function observe(client: VPCLatticeClient, id: string): Promise<ObservedGroup | undefined> {
  const command = new GetTargetGroupCommand({ targetGroupIdentifier: identifier(id) });
  const group = await orAbsent(call('GetTargetGroup', () => client.send(command)));
  if (!group) return undefined;
  const listTags = new ListTagsForResourceCommand({ resourceArn: identifier(group.arn ?? '') });
  const tags = await orAbsent(call('ListTagsForResource', () => client.send(listTags)));
  return tags && { ...observed(group), tags: tags.tags ?? {} };
}

function observed(
  group: Pick<GetTargetGroupCommandOutput, 'arn' | 'name' | 'type' | 'config' | 'status'> &
    Partial<Pick<GetTargetGroupCommandOutput, 'failureCode' | 'failureMessage' | 'serviceArns'>>,
) {
  return {
    arn: present(group.arn, 'arn'),
    name: group.name,
    type: group.type,
    config: group.config ?? {},
    status: group.status,
    failure: group.failureMessage ?? group.failureCode,
    serviceArns: group.serviceArns ?? [],
  };
}

async function registeredIn(client: VPCLatticeClient, arn: string): Promise<TargetSummary[]> {
  const listed = (await orAbsent(allTargets(client, arn))) ?? [];
  return listed.filter(target => target.status !== 'DRAINING');
}

function nameOf({ id, port }: TargetSummary): string {
  return `target ${id}${port ? `:${port}` : ''}`;
}

/** Sends the complete health check: the effect of an omitted member is not documented. */
async function updateHealthCheck(
  client: VPCLatticeClient,
  desired: DesiredGroup,
  group: ObservedGroup,
): Promise<void> {
  const { config = {} } = desired;
  const wanted = 'healthCheck' in config && config.healthCheck ? config.healthCheck : {};
  const healthCheck = { ...group.config.healthCheck, ...createInput(HEALTH_CHECK, wanted) };
  const input = { targetGroupIdentifier: identifier(group.arn), healthCheck };
  await call('UpdateTargetGroup', () => client.send(new UpdateTargetGroupCommand(input)));
}

async function tag(
  client: VPCLatticeClient,
  { arn }: ObservedGroup,
  tags: Record<string, string>,
): Promise<void> {
  const command = new TagResourceCommand({ resourceArn: identifier(arn), tags });
  await call('TagResource', () => client.send(command));
}

async function untag(client: VPCLatticeClient, { arn }: ObservedGroup, tagKeys: string[]): Promise<void> {
  const command = new UntagResourceCommand({ resourceArn: identifier(arn), tagKeys });
  await call('UntagResource', () => client.send(command));
}
