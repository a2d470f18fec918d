// VPC Lattice: what is wanted of it in these tests, and the fixtures of the contract.
import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  TagResourceCommand,
  UntagResourceCommand,
  UpdateTargetGroupCommand,
} from '@aws-sdk/client-vpc-lattice';
import type { DesiredGroup } from '@gatehouse/clouds/vpc-lattice/target-group-image';
import type { DesiredTargets } from '@gatehouse/clouds/vpc-lattice/targets';
import { planSteps } from '@gatehouse/core/plan/plan-steps';
import type { World } from '../world/world.ts';
import type { Subject } from './contract.ts';
import { requestOf } from './fixtures.ts';
import { foreignLattice } from './foreign-clients.ts';

export const JOB = 'job-1';
export const VPC = 'vpc-0a1b2c3d4e5f60718';
/** Right in form, and nothing stands there. */
export const GONE_GROUP = 'arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/tg-00000000000000000';
/** Longer than a group takes to be made or deleted, and a target to drain. */
export const LATTICE_SETTLES_SECONDS = 600;
const TOKEN = 'c'.repeat(64);

const CONFIG = {
  port: 8080,
  protocol: 'HTTP',
  vpcIdentifier: VPC,
  healthCheck: { path: '/health', healthCheckIntervalSeconds: 10, matcher: { httpCode: '200-299' } },
};

/** A group as the plan wants it, of one job or another. */
export function desiredTargetGroup(changes: object = {}, jobId = JOB): DesiredGroup {
  return planned(
    'targetGroup',
    { name: 'checkout', type: 'IP', config: CONFIG, ...changes },
    jobId,
  ) as DesiredGroup;
}

export function desiredTargets(targets: object[], changes: object = {}): DesiredTargets {
  const group = { name: 'checkout', type: 'IP', config: CONFIG, targets, ...changes };
  return planned('targets', group, JOB) as unknown as DesiredTargets;
}

function planned(kind: string, targetGroup: object, jobId: string): unknown {
  const request = requestOf({ listener: undefined, targetGroups: [targetGroup] });
  const step = planSteps(request, { jobId, region: 'eu-west-1' }).find(each => each.kind === kind);
  if (!step) throw new Error(`no ${kind} was asked for`);
  return step.desired;
}

/** So many addresses inside the VPC. */
export function addresses(count: number, members: object = {}) {
  return Array.from({ length: count }, (_, at) => ({
    id: `10.0.${Math.floor(at / 200)}.${(at % 200) + 1}`,
    ...members,
  }));
}

/** A group for targets to be registered in, ready. */
export async function standingGroup(world: World, changes: object = {}): Promise<string> {
  const groups = world.ports().resource('targetGroup');
  const made = await groups.create?.(desiredTargetGroup(changes), TOKEN);
  world.pass(LATTICE_SETTLES_SECONDS);
  return groups.idOf(made);
}

export const targetGroup: Subject = {
  name: 'target group',
  service: 'vpc-lattice',
  createOperation: 'CreateTargetGroup',
  traits: { settlesSeconds: LATTICE_SETTLES_SECONDS },
  async fixture(world) {
    const stranger = foreignLattice(world);
    const check = (healthCheck: object) => (targetGroupIdentifier: string) =>
      stranger.send(
        new UpdateTargetGroupCommand({
          targetGroupIdentifier,
          healthCheck: { ...CONFIG.healthCheck, ...healthCheck },
        }),
      );
    const tag = (tags: Record<string, string>) => (resourceArn: string) =>
      stranger.send(new TagResourceCommand({ resourceArn, tags }));
    const untag =
      (...tagKeys: string[]) =>
      (resourceArn: string) =>
        stranger.send(new UntagResourceCommand({ resourceArn, tagKeys }));
    return {
      resource: world.ports().resource('targetGroup'),
      desired: desiredTargetGroup({ tags: { team: 'checkout', note: '' } }),
      elsewhere: [
        { what: 'another name', desired: desiredTargetGroup({ name: 'checkout-2' }) },
        { what: 'a name that it begins with', desired: desiredTargetGroup({ name: 'check' }) },
        { what: 'another region', desired: desiredTargetGroup({ region: 'us-east-1' }) },
      ],
      elsewhereInPlace: [
        { what: 'name', desired: desiredTargetGroup({ name: 'checkout-2' }) },
        { what: 'region', desired: desiredTargetGroup({ region: 'us-east-1' }) },
        { what: 'type', desired: desiredTargetGroup({ type: 'INSTANCE' }) },
        {
          what: 'everything in the config but the health check',
          desired: desiredTargetGroup({
            config: {
              ...CONFIG,
              port: 8081,
              protocol: 'HTTPS',
              protocolVersion: 'HTTP2',
              ipAddressType: 'IPV6',
              vpcIdentifier: 'vpc-0f1e2d3c4b5a69788',
            },
          }),
        },
        { what: 'functions', desired: desiredTargetGroup({ type: 'LAMBDA', config: undefined }) },
      ],
      updates: [
        {
          what: 'the whole health check, a tag more, one changed, one less',
          desired: {
            ...desiredTargetGroup({
              config: {
                ...CONFIG,
                healthCheck: {
                  ...{
                    enabled: false,
                    path: '/ping',
                    port: 9000,
                    protocol: 'HTTPS',
                    protocolVersion: 'HTTP2',
                  },
                  ...{ healthCheckIntervalSeconds: 20, healthCheckTimeoutSeconds: 9 },
                  ...{ healthyThresholdCount: 3, unhealthyThresholdCount: 4, matcher: { httpCode: '204' } },
                },
              },
              tags: { team: 'billing', extra: 'x' },
            }),
            droppedTags: ['note'],
          },
        },
        {
          what: 'no more said of the health check',
          desired: desiredTargetGroup({ config: { ...CONFIG, healthCheck: {} }, tags: { team: 'checkout' } }),
        },
      ],
      meanwhile: [
        {
          what: 'the interval',
          by: check({ healthCheckIntervalSeconds: 77 }),
          member: ['config', 'healthCheck', 'healthCheckIntervalSeconds'],
        },
        { what: 'a tag that we set', by: tag({ team: 'theirs' }), member: ['tags', 'team'] },
        { what: 'a tag that we added', by: tag({ extra: 'theirs' }), member: ['tags', 'extra'] },
        { what: 'a tag of theirs', by: tag({ theirs: 'kept' }), member: ['tags', 'theirs'] },
      ],
      changes: [
        { what: 'path', by: check({ path: '/' }), drift: ['config.healthCheck'] },
        { what: 'interval', by: check({ healthCheckIntervalSeconds: 30 }), drift: ['config.healthCheck'] },
        { what: 'matcher', by: check({ matcher: { httpCode: '200' } }), drift: ['config.healthCheck'] },
        { what: 'a tag with another value', by: tag({ team: 'billing' }), drift: ['tags'] },
        { what: 'an empty tag filled', by: tag({ note: 'x' }), drift: ['tags'] },
        { what: 'a tag taken off', by: untag('team'), drift: ['tags'] },
        {
          what: 'our own tags taken off',
          by: untag('gatehouse:job', 'gatehouse:entry-point'),
          drift: ['tags'],
        },
        { what: 'a tag beside ours', by: tag({ theirs: 'kept' }), drift: [] },
        {
          what: 'path and tag',
          by: async arn => {
            await check({ path: '/ping' })(arn);
            await tag({ team: 'x' })(arn);
          },
          drift: ['config.healthCheck', 'tags'],
        },
      ],
      async hang(targetGroupIdentifier) {
        const targets = [{ id: '10.0.9.9', port: 9999 }];
        await stranger.send(new RegisterTargetsCommand({ targetGroupIdentifier, targets }));
        return 'target 10.0.9.9:9999';
      },
      async vanish(targetGroupIdentifier) {
        await stranger.send(new DeleteTargetGroupCommand({ targetGroupIdentifier }));
        world.pass(LATTICE_SETTLES_SECONDS);
      },
    };
  },
};

export const targets: Subject = {
  name: 'set of targets',
  service: 'vpc-lattice',
  createOperation: 'RegisterTargets',
  traits: {
    createdAgain: 'accepted',
    keyIsId: true,
    bare: true,
    madeInParts: true,
    shared: true,
    settlesSeconds: LATTICE_SETTLES_SECONDS,
  },
  async fixture(world) {
    const stranger = foreignLattice(world);
    const targetGroupArn = await standingGroup(world);
    const wanted = [{ id: '10.0.1.5', port: 8080 }, { id: '10.0.1.5', port: 8081 }, { id: '10.0.2.5' }];
    const desired = { ...desiredTargets(wanted), targetGroupArn };
    const take = async (settles: boolean, ...targets: { id: string; port?: number }[]) => {
      await stranger.send(new DeregisterTargetsCommand({ targetGroupIdentifier: targetGroupArn, targets }));
      if (settles) world.pass(LATTICE_SETTLES_SECONDS);
    };
    const foreign = [
      { id: '10.0.1.5', port: 9999 },
      { id: '10.0.2.5', port: 9999 },
      { id: '10.0.9.9', port: 8080 },
    ];
    return {
      resource: world.ports().resource('targets'),
      desired,
      elsewhere: [
        { what: 'other targets', desired: { ...desiredTargets([{ id: '10.0.1.6' }]), targetGroupArn } },
        {
          what: 'the same address on another port',
          desired: { ...desiredTargets([{ id: '10.0.1.5', port: 80 }]), targetGroupArn },
        },
        { what: 'a group that is not known yet', desired: desiredTargets(wanted) },
        { what: 'a group that is gone', desired: { ...desired, targetGroupArn: GONE_GROUP } },
      ],
      changes: [
        { what: 'one gone', by: () => take(true, { id: '10.0.1.5', port: 8081 }), drift: ['targets'] },
        {
          what: 'the one without a port gone',
          by: () => take(true, { id: '10.0.2.5', port: 8080 }),
          drift: ['targets'],
        },
        {
          what: 'one on its way out',
          by: () => take(false, { id: '10.0.1.5', port: 8080 }),
          drift: ['targets'],
        },
      ],
      beside: {
        put: () =>
          stranger.send(
            new RegisterTargetsCommand({ targetGroupIdentifier: targetGroupArn, targets: foreign }),
          ),
        async standing() {
          const { items = [] } = await stranger.send(
            new ListTargetsCommand({ targetGroupIdentifier: targetGroupArn, maxResults: 100 }),
          );
          const ours = ['10.0.1.5:8080', '10.0.1.5:8081', '10.0.2.5:8080'];
          const named = items
            .filter(({ status }) => status !== 'DRAINING')
            .map(({ id, port }) => `${id}:${port}`);
          return named.filter(name => !ours.includes(name)).toSorted();
        },
      },
      vanish: () => take(true, ...wanted),
    };
  },
};
