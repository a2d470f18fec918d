// Twins for a test of VPC Lattice: virtual time, no socket, the real SDK client in front.
import {
  CreateTargetGroupCommand,
  type CreateTargetGroupCommandInput,
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  GetTargetGroupCommand,
  ListTargetsCommand,
  RegisterTargetsCommand,
  type Target,
  UpdateTargetGroupCommand,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { configOf, startTwins } from './start.ts';

export const vpc = 'vpc-0a1b2c3d4e5f60718';
export const usVpc = 'vpc-0f1e2d3c4b5a69788';
export const instance = 'i-50dc6c495c0c918d0';
export const billing = 'tg-0b1c2d3e4f5a60718';
export const billingArn = `arn:aws:vpc-lattice:eu-west-1:123456789012:targetgroup/${billing}`;
export const billingService = 'arn:aws:vpc-lattice:eu-west-1:123456789012:service/svc-0c9b8a7f6e5d40312';
export const absent = 'tg-00000000000000000';
const loadBalancers = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app';
export const internalAlb = `${loadBalancers}/backoffice-alb/50dc6c495c0c9189`;
export const publicAlb = `${loadBalancers}/checkout-alb/50dc6c495c0c9188`;
export const checkoutFunction = 'arn:aws:lambda:eu-west-1:123456789012:function:checkout';
export const invoicesFunction = 'arn:aws:lambda:eu-west-1:123456789012:function:invoices';

/** Longer than any creation or deletion takes, and than any drain. */
export const settledMs = 15_000;
export const drainedMs = 300_000;

/** Every one a different address of the VPC. */
export function addresses(count: number): Target[] {
  return Array.from({ length: count }, (_, index) => ({ id: `10.0.${1 + (index >> 8)}.${index & 255}` }));
}

const service = 'vpc-lattice';

export function startLattice(options: Parameters<typeof startTwins>[0] = {}) {
  const { twins, clock, control, calls, picture } = startTwins(options);
  const clientIn = (region: string) => new VPCLatticeClient(configOf(region, twins.request));
  const client = clientIn('eu-west-1');

  const create = (name: string, more: Partial<CreateTargetGroupCommandInput> = {}) =>
    client.send(
      new CreateTargetGroupCommand({
        name,
        type: 'IP',
        config: { protocol: 'HTTP', vpcIdentifier: vpc },
        ...more,
      }),
    );
  const settle = () => {
    clock.now += settledMs;
  };
  return {
    twins,
    clock,
    client,
    clientIn,
    control,
    calls,
    picture,
    settle,
    create,
    /** Of a group that is ACTIVE, its id. */
    createActive: async (name: string, more: Partial<CreateTargetGroupCommandInput> = {}) => {
      const { id } = await create(name, more);
      settle();
      return String(id);
    },
    get: (targetGroupIdentifier: string) => client.send(new GetTargetGroupCommand({ targetGroupIdentifier })),
    update: (targetGroupIdentifier: string, healthCheck: object) =>
      client.send(new UpdateTargetGroupCommand({ targetGroupIdentifier, healthCheck })),
    remove: (targetGroupIdentifier: string) =>
      client.send(new DeleteTargetGroupCommand({ targetGroupIdentifier })),
    register: (targetGroupIdentifier: string, ...targets: Target[]) =>
      client.send(new RegisterTargetsCommand({ targetGroupIdentifier, targets })),
    deregister: (targetGroupIdentifier: string, ...targets: Target[]) =>
      client.send(new DeregisterTargetsCommand({ targetGroupIdentifier, targets })),
    statuses: async (targetGroupIdentifier: string) => {
      const { items = [] } = await client.send(new ListTargetsCommand({ targetGroupIdentifier }));
      return items.map(({ status }) => status);
    },
    set: (switches: Record<string, string | number>) => control('PUT', 'switches', { [service]: switches }),
    faults: (...faults: object[]) =>
      control(
        'PUT',
        'faults',
        faults.map(fault => ({ service, times: 1, ...fault })),
      ),
  };
}

export const lambda = { type: 'LAMBDA', config: {} } as const;
export const alb = { type: 'ALB', config: { protocol: 'HTTP', vpcIdentifier: vpc } } as const;
export const instances = { type: 'INSTANCE', config: { protocol: 'HTTP', vpcIdentifier: vpc } } as const;

/** For assert.rejects. */
export const refused = (name: string, more: object = {}) => ({ name, ...more });
export const invalid = (field: string) => (error: unknown) =>
  error instanceof Error &&
  error.name === 'ValidationException' &&
  'fieldList' in error &&
  JSON.stringify(error.fieldList).includes(`"name":"${field}"`);
