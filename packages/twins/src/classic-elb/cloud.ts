// Classic Elastic Load Balancing: its stickiness policies on its wire. Load balancers are seeded and not created;
// policies are created, enabled on listeners and deleted, and listeners come and go. Every change is effective immediately: nothing
// settles, and no token makes a call idempotent.
import { type Call, type Cloud, CloudError, type Context, type Outcome } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { type Operation, operation } from '../shared/operation.ts';
import { describeAccountLimits } from './account-limits.ts';
import {
  createAppCookieStickinessPolicy,
  createLBCookieStickinessPolicy,
  createLoadBalancerPolicy,
} from './create-policies.ts';
import { cloudError } from './errors.ts';
import * as changes from './load-balancer-changes.ts';
import * as loadBalancers from './load-balancers.ts';
import * as policies from './policies.ts';
import { describeLoadBalancerPolicyTypes } from './policy-types.ts';
import * as requests from './requests.ts';
import { resourcesOf } from './resources.ts';
import { seededState } from './seed.ts';
import {
  setLoadBalancerPoliciesForBackendServer,
  setLoadBalancerPoliciesOfListener,
} from './set-policies.ts';
import { inRegion, isState, type LoadBalancer, type State } from './state.ts';
import * as switches from './switches.ts';
import { throttle } from './throttle.ts';
import { answerOf, errorAnswerOf, readCall } from './wire.ts';

const operations: Record<string, Operation<LoadBalancer[]>> = {
  CreateLBCookieStickinessPolicy: operation(requests.createLBCookiePolicy, createLBCookieStickinessPolicy),
  CreateAppCookieStickinessPolicy: operation(requests.createAppCookiePolicy, createAppCookieStickinessPolicy),
  CreateLoadBalancerPolicy: operation(requests.createPolicy, createLoadBalancerPolicy),
  SetLoadBalancerPoliciesOfListener: operation(requests.setPolicies, setLoadBalancerPoliciesOfListener),
  DeleteLoadBalancerPolicy: operation(requests.byPolicy, policies.deleteLoadBalancerPolicy),
  DescribeLoadBalancers: operation(requests.describeLoadBalancers, loadBalancers.describeLoadBalancers),
  DescribeLoadBalancerPolicies: operation(requests.describePolicies, policies.describeLoadBalancerPolicies),
  DescribeLoadBalancerPolicyTypes: operation(requests.describePolicyTypes, describeLoadBalancerPolicyTypes),
  SetLoadBalancerPoliciesForBackendServer: operation(
    requests.setBackendPolicies,
    setLoadBalancerPoliciesForBackendServer,
  ),
  DescribeLoadBalancerAttributes: operation(
    requests.byLoadBalancer,
    loadBalancers.describeLoadBalancerAttributes,
  ),
  CreateLoadBalancerListeners: operation(requests.createListeners, changes.createLoadBalancerListeners),
  DeleteLoadBalancerListeners: operation(requests.deleteListeners, changes.deleteLoadBalancerListeners),
  DeleteLoadBalancer: operation(requests.byLoadBalancer, changes.deleteLoadBalancer),
  DescribeTags: operation(requests.describeTags, loadBalancers.describeTags),
  DescribeAccountLimits: operation(requests.page, describeAccountLimits),
};

export const classicElb: Cloud = {
  service: 'elasticloadbalancing',
  operations: Object.keys(operations),
  switches: Object.values(switches),
  open(saved) {
    const state = saved === undefined ? seededState() : saved;
    if (!isState(state)) throw new Error('The state kept for elasticloadbalancing is not of its form');
    return {
      read: wire => readCall(wire, Object.keys(operations)),
      carryOut: (call, context) => carryOut(state, call, context),
      errorAnswer: (error, context) => errorAnswerOf(error, context.requestId),
      resources: () => resourcesOf(state),
      state: () => state,
    };
  },
};

function carryOut(state: State, call: Call, context: Context): Outcome {
  const { operation, request } = call;
  try {
    throttle(state, call, context);
    const run = operations[operation];
    if (!run) throw new Error(`${operation} came past the reader`);
    const regional = inRegion(state, call.region);
    const { answer, changed } = run(regional, request, context);
    // An operation can take a load balancer out of the list.
    state.loadBalancers = [
      ...state.loadBalancers.filter(({ region }) => region !== call.region),
      ...regional,
    ];
    return { answer: answerOf(operation, answer, context.requestId), changed };
  } catch (thrown) {
    const error = thrown instanceof InputError ? cloudError('ValidationError', thrown.message) : thrown;
    if (!(error instanceof CloudError)) throw error;
    return { answer: errorAnswerOf(error, context.requestId), error: error.code, changed: false };
  }
}
