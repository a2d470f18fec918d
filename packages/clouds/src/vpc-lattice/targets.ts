// The targets of a target group, 100 per call. INITIAL during their first health checks, then settled: UNUSED if no service
// uses the group, UNAVAILABLE if health checks are off, so waiting for HEALTHY might never end. Deregistered targets drain
// for minutes and are listed as DRAINING until then.
//   200 with `unsuccessful`   the step fails if a read does not find the listed targets; undo deregisters the others
// Foreign targets are neither counted nor changed. The group is ours, so all desired targets on it are ours, too.
import {
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  type Target,
  type TargetFailure,
  type TargetSummary,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { EndpointHealth } from '@gatehouse/core/ports/health';
import type { Resource } from '@gatehouse/core/ports/resource';
import { TARGET, TARGETS_PER_CALL } from '@gatehouse/core/request/aws/target-group-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput } from '@gatehouse/core/request/member-values';
import type { DesiredByKind } from '@gatehouse/core/request/request';
import { orAbsent, readAfterChange } from '../cloud-call.ts';
import { type HealthTable, healthOf, missing } from '../health.ts';
import { allTargets, call, identifier, type LatticeClients } from './client.ts';

const MEMBERS = TARGET satisfies TableOn<Target>;

/** With its group, known once that is created. */
export type DesiredTargets = DesiredByKind['targets'] & { targetGroupArn?: string };

export interface ObservedTargets {
  targetGroupArn: string;
  /** Our listed targets, draining ones included. */
  ours: TargetSummary[];
}

const SETTLED = ['UNUSED', 'UNAVAILABLE', 'HEALTHY', 'UNHEALTHY'];

export function targetsResource(clients: LatticeClients): Resource<DesiredTargets, ObservedTargets> {
  return {
    kind: 'targets',
    settles: { initialDelaySeconds: 5, maxDelaySeconds: 20, readyLimitSeconds: 1800, consecutiveReady: 1 },

    async read(desired) {
      if (desired.targetGroupArn === undefined) return undefined;
      return observe(clients(desired.region), desired, desired.targetGroupArn);
    },

    idOf: ({ targetGroupArn }) => `${targetGroupArn}/targets`,

    create: desired => register(clients(desired.region), desired, desired.targets),

    drift: (desired, observed) => (absentFrom(observed, desired).length > 0 ? ['targets'] : []),

    update: (desired, observed) => register(clients(desired.region), desired, absentFrom(observed, desired)),

    async remove(_id, desired) {
      if (desired.targetGroupArn === undefined) return;
      const client = clients(desired.region);
      const observed = await observe(client, desired, desired.targetGroupArn);
      const registered = (observed?.ours ?? []).filter(target => target.status !== 'DRAINING');
      if (registered.length > 0) await deregister(client, desired.targetGroupArn, registered);
    },

    addressedByKey: true,
    nonAtomic: true,

    /** A draining target is no longer registered. */
    snapshot({ ours }) {
      const registered = ours.filter(target => target.status !== 'DRAINING').map(keyOf);
      return { targets: Object.fromEntries(registered.toSorted().map(key => [key, 'registered'])) };
    },

    ready({ ours }) {
      const pending = ours.find(target => !SETTLED.includes(target.status ?? ''));
      if (!pending) return { ready: true };
      const reason = `target ${pending.id} is ${pending.status ?? 'of unknown status'}`;
      const leaving = ours.every(target => target.status === 'DRAINING');
      return { ready: false, reason, ...(leaving ? { leaving } : {}) };
    },

    health: async ({ targets }, { ours }) => targets.map(target => healthIn(ours, target)),

    owns: () => true,
  };
}

/** A target is UNUSED if no service forwards to its group, and UNAVAILABLE if its group has no health checks. */
const HEALTH: HealthTable = {
  INITIAL: 'INITIAL',
  HEALTHY: 'HEALTHY',
  UNHEALTHY: 'UNHEALTHY',
  DRAINING: 'DRAINING',
  UNUSED: 'NOT_CHECKED',
  UNAVAILABLE: 'NOT_CHECKED',
};

function healthIn(ours: TargetSummary[], { id, port }: { id: string; port?: number }): EndpointHealth {
  const found = ours.find(target => keyOf(target) === keyOf({ id, port }));
  const name = port === undefined ? id : `${id}:${port}`;
  return found ? healthOf(name, HEALTH, { word: found.status, reason: found.reasonCode }) : missing(name);
}

async function observe(
  client: VPCLatticeClient,
  desired: DesiredTargets,
  arn: string,
): Promise<ObservedTargets | undefined> {
  const wanted = new Set(desired.targets.map(keyOf));
  const listed = await orAbsent(allTargets(client, arn));
  const ours = (listed ?? []).filter(target => wanted.has(keyOf(target)));
  return ours.length > 0 ? { targetGroupArn: arn, ours } : undefined;
}

async function register(
  client: VPCLatticeClient,
  desired: DesiredTargets,
  targets: DesiredTargets['targets'],
): Promise<ObservedTargets> {
  const arn = identifier(desired.targetGroupArn ?? '');
  const listed = targets.slice(0, TARGETS_PER_CALL).map(target => createInput(MEMBERS, target));
  const input = { targetGroupIdentifier: arn, targets: listed };
  const sent = call('RegisterTargets', () => client.send(new RegisterTargetsCommand(input)));
  const answer = await sent.catch(toRefusal);
  const seen = (await readAfterChange(observe(client, desired, arn))) ?? { targetGroupArn: arn, ours: [] };
  // A concurrent call may have registered the targets. Then this call is refused, partly or as a whole, but they exist.
  const absent = new Set(absentFrom(seen, desired).map(keyOf));
  if (answer instanceof TerminalError && input.targets.some(each => absent.has(keyOf(each)))) throw answer;
  const { unsuccessful = [] } = answer instanceof TerminalError ? {} : answer;
  const failures = unsuccessful.filter(each => absent.has(keyOf(each)));
  if (failures.length > 0) throw refused('RegisterTargets', failures);
  return seen;
}

/** A refusal whose effect depends on a read. */
function toRefusal(thrown: unknown): TerminalError {
  if (thrown instanceof TerminalError && thrown.code === 'InvalidRequest') return thrown;
  throw thrown;
}

/** Deregisters the first 100 targets. The next call continues. */
export async function deregister(
  client: VPCLatticeClient,
  arn: string,
  targets: TargetSummary[],
): Promise<void> {
  const listed = targets
    .slice(0, TARGETS_PER_CALL)
    .map(({ id, port }) => ({ id, ...(port ? { port } : {}) }));
  const input = { targetGroupIdentifier: identifier(arn), targets: listed };
  const answer = await orAbsent(
    call('DeregisterTargets', () => client.send(new DeregisterTargetsCommand(input))),
  );
  if (!answer?.unsuccessful?.length) return;
  // A concurrent call may have deregistered the targets. Then this call is refused, but they are draining.
  const remaining = (await readAfterChange(orAbsent(allTargets(client, arn)))) ?? [];
  const existing = new Set(remaining.filter(target => target.status !== 'DRAINING').map(keyOf));
  const failures = answer.unsuccessful.filter(each => existing.has(keyOf(each)));
  if (failures.length > 0) throw refused('DeregisterTargets', failures);
}

/** The outcome is unknown, as the other targets of the call were accepted. */
function refused(operation: string, failures: TargetFailure[]): TerminalError {
  const named = failures
    .map(
      ({ id, port, failureCode, failureMessage }) =>
        `${id}${port ? `:${port}` : ''} (${failureMessage ?? failureCode})`,
    )
    .join(', ');
  const errorCode = failures[0]?.failureCode ?? 'unsuccessful';
  return new TerminalError('InvalidRequest', `vpc-lattice ${operation} refused ${named}`, {
    outcome: 'unknown',
    provider: { service: 'vpc-lattice', operation, errorCode },
  });
}

function absentFrom({ ours }: ObservedTargets, { targets }: DesiredTargets): DesiredTargets['targets'] {
  const existing = new Set(ours.filter(target => target.status !== 'DRAINING').map(keyOf));
  return targets.filter(target => !existing.has(keyOf(target)));
}

/** A function has no port. Any other target can be registered once per port. */
function keyOf({ id, port }: { id?: string | undefined; port?: number | undefined }): string {
  return `${id}:${port ?? ''}`;
}
