// The parts of sweeps that find mutations: a file, and of it the tests and the cases that are enough.
export interface Part {
  file: string;
  /** Pieces of their titles, as the source has them; none with a special character of regular expressions. */
  tests?: readonly string[];
  /** A regular expression. */
  cases?: string;
}

export type PartName = keyof typeof PARTS;

export const PARTS = {
  'stale Lambdas': {
    file: 'saga/full/stale-lambdas.sweep.ts',
    cases: [
      '^checkout-edge, ListListeners #1',
      '^checkout-edge, turned back, undo, DescribeEndpointGroup #1',
      '^tls-passthrough, RegisterTargets #1',
      '^metrics-lambda, .*, ListTagsForResource',
      '^every lane at once, DescribeListener #1',
      '^the removal of checkout-edge, DescribeEndpointGroup #1',
      '^the forced removal of voice-udp, ListEndpointGroups #1',
    ].join('|'),
  },
  'order of a create': { file: 'saga/order-of-a-step.test.ts', cases: '^voice-udp$' },
  'order of a create that settles': { file: 'saga/order-of-a-step.test.ts', cases: '^metrics-lambda$' },
  'order of a step': { file: 'saga/order-of-a-step.test.ts' },
  'order of an end': { file: 'saga/order-of-an-end.test.ts' },
  tokens: {
    file: 'saga/tokens.test.ts',
    cases: '#1(: its request dropped|: what it makes comes out failed, once)?$',
  },
  'failed steps': { file: 'saga/failed-steps.test.ts', cases: '(CreateListener|DeleteTargetGroup) #1$' },
  'others meanwhile': {
    file: 'saga/meanwhile.test.ts',
    tests: [
      'a foreign identical listener, created between our read and our create',
      'a foreign target group of the same name, created between our read and our create',
    ],
  },
  'late creates': { file: 'saga/late.test.ts', cases: 'CreateListener|CreateTargetGroup' },
  'the next job': { file: 'saga/late-next-job.test.ts', tests: ['a policy taken off its port'] },
  'calls that come twice': {
    file: 'saga/at-the-same-time.test.ts',
    tests: ['both at once'],
    cases: '^(app-cookie, interleaving 3001|metrics-lambda, interleaving 1001), forward',
  },
  'faults of one call': {
    file: 'saga/faults-checkout-edge.test.ts',
    tests: ['carried out late, during the rollback', 'the removal fails, for ever'],
    cases: '(CreateListener|DeleteTargetGroup) #1: ',
  },
  'facts of clouds': {
    file: 'saga/facts.test.ts',
    tests: ['unsure fact'],
    cases: '^checkout-edge, vpc-lattice notFoundAfterCreateReads',
  },
  'changes taken back': {
    file: 'saga/changes.test.ts',
    tests: ['the look for it refused'],
    cases: '^every member in place',
  },
  'changes that are stopped': {
    file: 'saga/changes-troubles.test.ts',
    tests: ['a person stops the execution'],
    cases: '^every member in place, UpdateListener',
  },
  deadlines: { file: 'saga/plans.test.ts', tests: ['whose time was up'] },
  'cancelled anywhere': { file: 'saga/cancelled-anywhere.test.ts' },
  'begun twice': { file: 'saga/begun-twice.test.ts' },
  'stale readiness': { file: 'saga/stale-readiness.test.ts' },
  outages: {
    file: 'saga/outages.test.ts',
    tests: [
      'a listener function that fails for 20 minutes',
      'backward, all functions crash for',
      'one function that crashes past the deadline',
    ],
  },
  'long jobs': { file: 'saga/long-jobs.test.ts', tests: ['it is rolled back from its last call'] },
  'later waves': { file: 'saga/later-waves.test.ts' },
  claims: { file: 'core/claims.test.ts' },
  queues: { file: 'core/concurrent-queues.test.ts' },
} as const satisfies Record<string, Part>;
