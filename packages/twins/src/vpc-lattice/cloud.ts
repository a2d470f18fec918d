// VPC Lattice: target groups and their targets on its wire. Services are seeded and not created; they and their
// listeners exist because a group in use by one of them behaves differently.
import { type Call, type Cloud, CloudError, type Context, type Outcome } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { type Operation, operation } from '../shared/operation.ts';
import { isThrottled } from '../shared/throttle.ts';
import { createTargetGroup } from './create-target-group.ts';
import { throttled, validation } from './errors.ts';
import * as requests from './requests.ts';
import { resourcesOf } from './resources.ts';
import { seededState } from './seed.ts';
import * as serviceListeners from './service-listeners.ts';
import * as services from './services.ts';
import { isState, type Region, type State } from './state.ts';
import { forgetWhatIsGone } from './status.ts';
import * as switches from './switches.ts';
import * as tags from './tags.ts';
import * as targetGroups from './target-groups.ts';
import * as targets from './targets.ts';
import { answerOf, errorAnswerOf, readCall } from './wire.ts';

const operations: Record<string, Operation<Region>> = {
  CreateTargetGroup: operation(requests.createTargetGroup, createTargetGroup),
  GetTargetGroup: operation(requests.byGroup, targetGroups.getTargetGroup),
  UpdateTargetGroup: operation(requests.updateTargetGroup, targetGroups.updateTargetGroup),
  DeleteTargetGroup: operation(requests.byGroup, targetGroups.deleteTargetGroup),
  ListTargetGroups: operation(requests.listTargetGroups, targetGroups.listTargetGroups),
  RegisterTargets: operation(requests.changeTargets, targets.registerTargets),
  DeregisterTargets: operation(requests.changeTargets, targets.deregisterTargets),
  ListTargets: operation(requests.listTargets, targets.listTargets),
  TagResource: operation(requests.tagResource, tags.tagResource),
  UntagResource: operation(requests.untagResource, tags.untagResource),
  ListTagsForResource: operation(requests.byResource, tags.listTagsForResource),
  ListServices: operation(requests.listServices, services.listServices),
  GetService: operation(requests.byService, services.getService),
  CreateListener: operation(requests.createListener, serviceListeners.createListener),
  GetListener: operation(requests.byListener, serviceListeners.getListener),
  ListListeners: operation(requests.listListeners, serviceListeners.listListeners),
  DeleteListener: operation(requests.byListener, serviceListeners.deleteListener),
};

export const vpcLattice: Cloud = {
  service: 'vpc-lattice',
  operations: Object.keys(operations),
  switches: Object.values(switches),
  open(saved) {
    const state = saved === undefined ? seededState() : saved;
    if (!isState(state)) throw new Error('The state kept for vpc-lattice is not of its form');
    return {
      read: readCall,
      carryOut: (call, context) => carryOut(state, call, context),
      errorAnswer: (error, context) => errorAnswerOf(error, context.requestId),
      resources: context => resourcesOf(state, context),
      state: () => state,
    };
  },
};

function carryOut(state: State, call: Call, context: Context): Outcome {
  try {
    forgetWhatIsGone(state, context);
    if (isThrottled(state.window, context.setting(switches.callsPerSecond), context)) throw throttled();
    const run = operations[call.operation];
    if (!run) throw new Error(`${call.operation} came past the reader`);
    const { answer, changed } = run({ name: call.region, account: state }, call.request, context);
    return { answer: answerOf(call.operation, answer, context.requestId), changed };
  } catch (thrown) {
    const error = thrown instanceof InputError ? validation(thrown) : thrown;
    if (!(error instanceof CloudError)) throw error;
    return { answer: errorAnswerOf(error, context.requestId), error: error.code, changed: false };
  }
}
