// A create whose answer was lost is carried out after its second try has made the thing and the rollback has taken that
// away again: what it makes then is found and taken away too.
import assert from 'node:assert/strict';
import type { Call } from '../world/world.ts';
import { type Case, errorsOf, exampleNamed, runCase, sweep } from './sweep.ts';

/** The one is late, the other one refuses what comes next. */
const CREATES = [
  ['checkout-edge', 'globalaccelerator', 'CreateListener', 'CreateEndpointGroup'],
  ['voice-udp', 'globalaccelerator', 'CreateListener', 'CreateEndpointGroup'],
  ['metrics-lambda', 'vpc-lattice', 'CreateTargetGroup', 'RegisterTargets'],
  ['tls-passthrough', 'vpc-lattice', 'CreateTargetGroup', 'RegisterTargets'],
  [
    'checkout-edge',
    'elasticloadbalancing',
    'CreateLBCookieStickinessPolicy',
    'SetLoadBalancerPoliciesOfListener',
  ],
  [
    'app-cookie',
    'elasticloadbalancing',
    'CreateAppCookieStickinessPolicy',
    'SetLoadBalancerPoliciesOfListener',
  ],
] as const;

sweep(
  'a create carried out after its second try was undone is undone too',
  CREATES.map(([example, service, late, next]): Case => {
    const tokens = service === 'elasticloadbalancing' ? {} : { [service]: { tokenAfterDelete: 'create' } };
    return {
      name: `${example}, ${late}`,
      value: exampleNamed(example),
      switches: tokens,
      faults: [
        { service, operation: late, fault: 'lateCreate', times: 1, delayMs: 58_000 },
        { service, operation: next, fault: 'error', times: 1, error: errorsOf(service).denied },
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
