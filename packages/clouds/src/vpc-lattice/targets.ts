// The targets of a target group, a hundred per call. INITIAL while their first health checks run; then settled, for a
// group that no service uses yet as UNUSED, and as UNAVAILABLE with health checks off: waiting for HEALTHY would never
// end. Deregistered ones drain for minutes and stay listed as DRAINING until they are gone.
//   200 with `unsuccessful`   those that a look then does not find as asked were refused: the step has failed, and
//                             undo takes the others out again
// Targets that others registered are neither counted nor touched. The group is ours, so what is asked for on it is.
import {
  DeregisterTargetsCommand,
  RegisterTargetsCommand,
  type Target,
  type TargetFailure,
  type TargetSummary,
  type VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/ports/errors';
import type { Resource } from '@gatehouse/core/ports/resource';
import { TARGET } from '@gatehouse/core/request/aws/target-group-members';
import type { TableOn } from '@gatehouse/core/request/member-table';
import { createInput } from '@gatehouse/core/request/member-values';
import { lookAfterChange, orAbsent } from '../cloud-call.ts';
import { allTargets, call, identifier, type LatticeClients } from './client.ts';

const MEMBERS = TARGET satisfies TableOn<Target>;

/** Of one Register or Deregister call; cannot be raised. */
const TARGETS_PER_CALL = 100;

export interface DesiredTargets {
  region: string;
  targets: { id: string; port?: number }[];
  /** Known once the group is made. */
  targetGroupArn?: string;
}

export interface ObservedTargets {
  targetGroupArn: string;
  /** Those of ours that are listed, draining ones too. */
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

    /** What drains is on its way out, and registered no more. */
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

    owns: () => true,
  };
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
  const seen = (await lookAfterChange(observe(client, desired, arn))) ?? { targetGroupArn: arn, ours: [] };
  // What a call at the same time has registered may be refused to this one, one by one or as a whole, and stands as asked.
  const absent = new Set(absentFrom(seen, desired).map(keyOf));
  if (answer instanceof TerminalError && input.targets.some(each => absent.has(keyOf(each)))) throw answer;
  const { unsuccessful = [] } = answer instanceof TerminalError ? {} : answer;
  const failures = unsuccessful.filter(each => absent.has(keyOf(each)));
  if (failures.length > 0) throw refused('RegisterTargets', failures);
  return seen;
}

/** What a look has to tell more about. */
function toRefusal(thrown: unknown): TerminalError {
  if (thrown instanceof TerminalError && thrown.code === 'InvalidRequest') return thrown;
  throw thrown;
}

/** The first hundred of them; asked again, the next. */
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
  // What a call at the same time has deregistered may be refused to this one, and is on its way out.
  const left = (await lookAfterChange(orAbsent(allTargets(client, arn)))) ?? [];
  const standing = new Set(left.filter(target => target.status !== 'DRAINING').map(keyOf));
  const failures = answer.unsuccessful.filter(each => standing.has(keyOf(each)));
  if (failures.length > 0) throw refused('DeregisterTargets', failures);
}

/** The other targets of the call were taken: what came of it has to be looked up. */
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
  const standing = new Set(ours.filter(target => target.status !== 'DRAINING').map(keyOf));
  return targets.filter(target => !standing.has(keyOf(target)));
}

/** A function has no port; of all else an address may be registered once for each port. */
function keyOf({ id, port }: { id?: string | undefined; port?: number | undefined }): string {
  return `${id}:${port ?? ''}`;
}
