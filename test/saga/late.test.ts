// A create whose answer was lost is carried out after its second try has created the resource and the rollback has
// deleted it again: the late resource is found and deleted too.
import assert from 'node:assert/strict';
import type { Call } from '../world/world.ts';
import { type Case, errorsOf, exampleNamed, runCase, sweep } from './sweep.ts';

/** The step of the second try waits until the first can come no more: there a look at what it has made is denied. */
const CREATES = [
  ['checkout-edge', 'globalaccelerator', 'CreateListener', 'DescribeListener'],
  ['voice-udp', 'globalaccelerator', 'CreateListener', 'DescribeListener'],
  ['metrics-lambda', 'vpc-lattice', 'CreateTargetGroup', 'GetTargetGroup'],
  ['tls-passthrough', 'vpc-lattice', 'CreateTargetGroup', 'GetTargetGroup'],
  ['checkout-edge', 'elasticloadbalancing', 'CreateLBCookieStickinessPolicy', 'DescribeLoadBalancerPolicies'],
  ['app-cookie', 'elasticloadbalancing', 'CreateAppCookieStickinessPolicy', 'DescribeLoadBalancerPolicies'],
] as const;

/** Of policies there were looks before: by the preflight, and before each create. */
const LOOKS_BEFORE = { globalaccelerator: 0, 'vpc-lattice': 0, elasticloadbalancing: 3 };

sweep(
  'a create carried out after its second try was undone is undone too',
  CREATES.map(([example, service, late, look]): Case => {
    const tokens = service === 'elasticloadbalancing' ? {} : { [service]: { tokenAfterDelete: 'create' } };
    return {
      name: `${example}, ${late}`,
      value: exampleNamed(example),
      switches: tokens,
      faults: [
        { service, operation: late, fault: 'lateCreate', times: 1, delayMs: 58_000 },
        {
          service,
          operation: look,
          after: LOOKS_BEFORE[service],
          fault: 'error',
          times: 1,
          error: errorsOf(service).denied,
        },
      ],
      ends: 'ROLLED_BACK',
      async also({ world }) {
        const made = (call: Call) => call.late && call.changed;
        assert.ok((await world.calls()).some(made), 'the late call made something');
      },
    };
  }),
  runCase,
);
