// Every error code that docs/clouds/global-accelerator.md, docs/clouds/vpc-lattice.md and docs/clouds/classic-elb.md
// list for a call, returned once by that call while the example is provisioned or rolled back. The expected end of the
// job is listed here, code by code, independently of the tested code: retryable errors are retried, not-found on delete
// is success, every other error is final.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Problem } from '@gatehouse/core/ports/errors';
import { baselineOf, type Case, type Place, runCase, sweep } from './sweep.ts';

const [S, R, X, F] = ['SUCCEEDED', 'ROLLED_BACK', 'ROLLBACK_FAILED', 'FAILED'] as const;
type End = typeof S | typeof R | typeof X | typeof F;
type Ends = Record<string, End>;

interface Row {
  service: 'globalaccelerator' | 'vpc-lattice' | 'elasticloadbalancing';
  operation: string;
  /** Which calls of the operation in this direction, counted from 0. */
  at: number[];
  /** Which of its calls these are. */
  when: string;
  ends: Ends;
}

const GA = 'globalaccelerator' as const;
const LATTICE = 'vpc-lattice' as const;
const ELB = 'elasticloadbalancing' as const;

/** Answered by every call of a service, and retried until it heals. */
const HEALS: Record<Row['service'], string[]> = {
  [GA]: ['InternalServiceErrorException', 'ThrottlingException', 'TransactionInProgressException'],
  [LATTICE]: ['InternalServerException', 'ThrottlingException'],
  [ELB]: ['Throttling', 'ThrottlingException', 'DependencyThrottle', 'InternalFailure'],
};
/** Answered by every call of a service, and never healed by a retry. */
const FOR_GOOD: Record<Row['service'], string[]> = {
  [GA]: ['InvalidArgumentException', 'AccessDeniedException'],
  [LATTICE]: ['ValidationException', 'AccessDeniedException'],
  [ELB]: ['ValidationError', 'AccessDenied'],
};

const FORWARD: Row[] = [
  // Begin looks before anything is changed: what forbids it ends the job FAILED.
  {
    service: GA,
    operation: 'DescribeAccelerator',
    at: [0],
    when: 'preflight',
    ends: { AcceleratorNotFoundException: F },
  },
  {
    service: GA,
    operation: 'ListListeners',
    at: [0],
    when: 'preflight',
    // It went between the two looks: its parent is gone for good.
    ends: { AcceleratorNotFoundException: F, InvalidNextTokenException: S },
  },
  {
    service: GA,
    operation: 'ListEndpointGroups',
    at: [0],
    when: 'preflight',
    // A stranger's listener went meanwhile: its ports are free.
    ends: { ListenerNotFoundException: S, InvalidNextTokenException: S },
  },
  { service: LATTICE, operation: 'ListTargetGroups', at: [0], when: 'preflight', ends: {} },
  {
    service: ELB,
    operation: 'DescribeLoadBalancers',
    at: [0],
    when: 'preflight',
    ends: { LoadBalancerNotFound: F },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancerPolicies',
    at: [0],
    when: 'preflight',
    ends: { LoadBalancerNotFound: S, PolicyNotFound: S },
  },
  // The steps look before they create: absent is what they hope for.
  {
    service: GA,
    operation: 'ListListeners',
    at: [1],
    when: 'before the create',
    ends: { AcceleratorNotFoundException: S, InvalidNextTokenException: S },
  },
  {
    service: GA,
    operation: 'CreateListener',
    at: [0],
    when: 'the create',
    ends: {
      AcceleratorNotFoundException: R,
      InvalidPortRangeException: R,
      LimitExceededException: R,
    },
  },
  {
    service: GA,
    operation: 'ListEndpointGroups',
    at: [1, 2],
    when: 'before the create',
    ends: { ListenerNotFoundException: S, InvalidNextTokenException: S },
  },
  {
    service: GA,
    operation: 'CreateEndpointGroup',
    at: [0, 1],
    when: 'the create',
    ends: {
      AcceleratorNotFoundException: R,
      EndpointGroupAlreadyExistsException: R,
      LimitExceededException: R,
      ListenerNotFoundException: R,
    },
  },
  {
    service: GA,
    operation: 'DescribeAccelerator',
    at: [1, 2],
    when: 'settling',
    ends: { AcceleratorNotFoundException: R },
  },
  { service: LATTICE, operation: 'ListTargetGroups', at: [1], when: 'before the create', ends: {} },
  {
    service: LATTICE,
    operation: 'CreateTargetGroup',
    at: [0],
    when: 'the create',
    ends: { ConflictException: R, ResourceNotFoundException: R, ServiceQuotaExceededException: R },
  },
  {
    service: LATTICE,
    operation: 'GetTargetGroup',
    at: [0],
    when: 'settling',
    // Made just now, and not seen yet.
    ends: { ResourceNotFoundException: S },
  },
  {
    service: LATTICE,
    operation: 'ListTagsForResource',
    at: [0],
    when: 'settling',
    ends: { ResourceNotFoundException: S },
  },
  {
    service: LATTICE,
    operation: 'ListTargets',
    at: [0, 1, 2],
    when: 'before, right after and while settling',
    ends: { ResourceNotFoundException: S },
  },
  {
    service: LATTICE,
    operation: 'RegisterTargets',
    at: [0],
    when: 'the create',
    ends: { ConflictException: S, ResourceNotFoundException: R, ServiceQuotaExceededException: R },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancerPolicies',
    at: [1],
    when: 'before the create',
    ends: { LoadBalancerNotFound: S, PolicyNotFound: S },
  },
  {
    service: ELB,
    operation: 'CreateLBCookieStickinessPolicy',
    at: [0],
    when: 'the create',
    ends: {
      LoadBalancerNotFound: R,
      DuplicatePolicyName: R,
      InvalidConfigurationRequest: R,
      TooManyPolicies: R,
    },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancers',
    at: [1],
    when: 'before the attachment',
    ends: { LoadBalancerNotFound: S },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancers',
    at: [2, 3],
    when: 'right before the list is set',
    ends: { LoadBalancerNotFound: R },
  },
  {
    service: ELB,
    operation: 'SetLoadBalancerPoliciesOfListener',
    at: [0],
    when: 'the attachment',
    ends: {
      LoadBalancerNotFound: R,
      InvalidConfigurationRequest: R,
      ListenerNotFound: R,
      PolicyNotFound: R,
    },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancers',
    at: [4],
    when: 'the read-back',
    // Not there when read back: set once more.
    ends: { LoadBalancerNotFound: S },
  },
];

const BACKWARD: Row[] = [
  // Gone is done; and said of what stands, it is found standing by the next look and removed.
  {
    service: GA,
    operation: 'DescribeEndpointGroup',
    at: [0, 1, 2, 3],
    when: 'before and after the removals',
    ends: { EndpointGroupNotFoundException: R },
  },
  {
    service: GA,
    operation: 'DeleteEndpointGroup',
    at: [0, 1],
    when: 'the removal',
    ends: { EndpointGroupNotFoundException: R },
  },
  {
    service: GA,
    operation: 'DescribeListener',
    at: [0, 1],
    when: 'before and after the removal',
    ends: { ListenerNotFoundException: R },
  },
  {
    service: GA,
    operation: 'ListEndpointGroups',
    at: [0],
    when: 'what others hung on the listener',
    ends: { ListenerNotFoundException: R, InvalidNextTokenException: R },
  },
  {
    service: GA,
    operation: 'DeleteListener',
    at: [0],
    when: 'the removal',
    // Its groups were removed just now.
    ends: { ListenerNotFoundException: R, AssociatedEndpointGroupFoundException: R },
  },
  {
    service: LATTICE,
    operation: 'ListTargets',
    at: [0, 1, 2, 3],
    when: 'before the targets are taken out, and while they drain',
    ends: { ResourceNotFoundException: R },
  },
  {
    service: LATTICE,
    operation: 'DeregisterTargets',
    at: [0],
    when: 'the removal',
    ends: { ConflictException: R, ResourceNotFoundException: R },
  },
  {
    service: LATTICE,
    operation: 'GetTargetGroup',
    at: [0, 1],
    when: 'before and after the removal',
    ends: { ResourceNotFoundException: R },
  },
  {
    service: LATTICE,
    operation: 'ListTagsForResource',
    at: [0, 1],
    when: 'before and after the removal',
    ends: { ResourceNotFoundException: R },
  },
  {
    service: LATTICE,
    operation: 'DeleteTargetGroup',
    at: [0],
    when: 'the removal',
    ends: { ConflictException: R, ResourceNotFoundException: R },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancers',
    at: [0, 1, 2, 3],
    when: 'around both removals',
    ends: { LoadBalancerNotFound: R },
  },
  {
    service: ELB,
    operation: 'SetLoadBalancerPoliciesOfListener',
    at: [0],
    when: 'our policy is taken off',
    ends: {
      LoadBalancerNotFound: R,
      ListenerNotFound: R,
      // What was to stay on the port went meanwhile: read and merged again.
      PolicyNotFound: R,
      InvalidConfigurationRequest: X,
    },
  },
  {
    service: ELB,
    operation: 'DescribeLoadBalancerPolicies',
    at: [0, 1],
    when: 'before and after the removal',
    ends: { LoadBalancerNotFound: R, PolicyNotFound: R },
  },
  {
    service: ELB,
    operation: 'DeleteLoadBalancerPolicy',
    at: [0],
    when: 'the removal',
    // Its port was changed just now.
    ends: { LoadBalancerNotFound: R, PolicyNotFound: R, InvalidConfigurationRequest: R },
  },
];

const STATUS: Record<string, number> = {
  InternalServiceErrorException: 500,
  InternalServerException: 500,
  InternalFailure: 500,
  AccessDeniedException: 403,
  AccessDenied: 403,
  LimitExceededException: 403,
  TransactionInProgressException: 409,
  ConflictException: 409,
  InvalidConfigurationRequest: 409,
  ServiceQuotaExceededException: 402,
  AcceleratorNotFoundException: 404,
  ListenerNotFoundException: 404,
  EndpointGroupNotFoundException: 404,
  ResourceNotFoundException: 404,
};

const { name, value, turnBack, places, looks } = await baselineOf('checkout-edge');
const calls = [...places, ...looks].toSorted((a, b) => a.call - b.call);
/** The last look at the accelerator is the one that turns the job back: what follows it undoes. */
const turned = calls.findLast(place => place.operation === 'DescribeAccelerator')?.call ?? 0;

/** Each code of a row at each of its calls. `good`: how what heals ends; `bad`: how what is for good ends. */
function casesOf(row: Row, undoing: boolean): Case[] {
  const { service, operation, at, when } = row;
  const bad = undoing ? X : when === 'preflight' ? F : R;
  const good = undoing ? R : S;
  const ends: Ends = {
    ...Object.fromEntries(HEALS[service].map(code => [code, good])),
    ...Object.fromEntries(FOR_GOOD[service].map(code => [code, bad])),
    ...row.ends,
  };
  return at.flatMap(nth =>
    Object.entries(ends).map(([code, end]): Case => {
      const error = { code, status: statusOf(service, code), message: `${code} was planned` };
      const after = undoing ? undoIndexOf(operation, nth) : nth;
      const fault = { service, operation, fault: 'error', times: 1, after, error };
      return {
        name: `${operation} #${nth + 1}, ${when}: ${code} ends ${end}`,
        // The same draws in every case, so that the calls before the fault are those of the baseline.
        seed: name,
        value,
        faults: [fault, ...(undoing ? turnBack : [])],
        ends: end,
        also: ({ jobRecord: { job } }) => {
          if (end === good) return;
          const problems = undoing ? (job.leftovers ?? []).map(left => left.problem) : [job.problem];
          assert.ok(
            problems.some(problem => tells(problem, code)),
            JSON.stringify(problems),
          );
        },
      };
    }),
  );
}

/** In the provider's words; or, where a look proved what it means, in ours. */
function tells(problem: Problem | undefined, code: string): boolean {
  if (!problem) return false;
  return problem.message.includes(code) || ['NotFound', 'AlreadyExists'].includes(problem.code);
}

function statusOf(service: string, code: string): number {
  if (code === 'ThrottlingException') return service === LATTICE ? 429 : 400;
  return STATUS[code] ?? 400;
}

/** The n-th call of an operation while the baseline undoes, as its index among all of the run. */
function undoIndexOf(operation: string, nth: number): number {
  const undone = calls.filter(place => place.call > turned && place.operation === operation);
  const index = undone[nth]?.index;
  assert.ok(index !== undefined, `the rollback makes ${operation} #${nth + 1}`);
  return index;
}

for (const row of FORWARD) {
  sweep(
    `forward, ${row.operation} (${row.when}): every code ends the job as its class says`,
    casesOf(row, false),
    runCase,
  );
}

for (const row of BACKWARD) {
  sweep(
    `undo, ${row.operation} (${row.when}): every code ends the job as its class says`,
    casesOf(row, true),
    runCase,
  );
}

test('the tables have every mutating call of the example, in both directions', () => {
  const told = (rows: Row[]) => new Set(rows.flatMap(row => row.at.map(nth => `${row.operation} #${nth}`)));
  const made = (direction: Place['direction']) => {
    const counts = new Map<string, number>();
    return places
      .filter(place => place.direction === direction)
      .map(({ operation }) => {
        const nth = counts.get(operation) ?? 0;
        counts.set(operation, nth + 1);
        return `${operation} #${nth}`;
      });
  };
  for (const call of made('forward')) assert.ok(told(FORWARD).has(call), call);
  for (const call of made('backward')) assert.ok(told(BACKWARD).has(call), `undo, ${call}`);
});

test('the tables have every operation that the example calls', () => {
  const told = new Set([...FORWARD, ...BACKWARD].map(row => row.operation));
  for (const { operation } of calls) assert.ok(told.has(operation), operation);
});
