// Alibaba Cloud Global Accelerator: its operations on its wire. Instances are seeded and not created. The resources
// below them are created, changed and deleted as the API does it, one change at a time on each instance.
import { type Call, type Cloud, CloudError, type Context, type Outcome } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { type Done, type Operation, operation } from '../shared/operation.ts';
import { isThrottled } from '../shared/throttle.ts';
import * as accelerators from './accelerators.ts';
import * as certificates from './certificates.ts';
import { lockForMoney } from './changes.ts';
import { once } from './client-tokens.ts';
import * as endpointGroups from './endpoint-groups.ts';
import { inputErrorOf } from './errors.ts';
import * as forwardingRules from './forwarding-rules.ts';
import * as groupAnswers from './group-answers.ts';
import * as groupBatches from './group-batches.ts';
import * as groupRequests from './group-requests.ts';
import * as groupTags from './group-tags.ts';
import { getHealthStatus } from './health.ts';
import * as listenerAnswers from './listener-answers.ts';
import * as listeners from './listeners.ts';
import * as requests from './requests.ts';
import { resourcesOf } from './resources.ts';
import { listForwardingRules } from './rule-answers.ts';
import * as ruleRequests from './rule-requests.ts';
import { seededState } from './seed.ts';
import { noNonces } from './signatures.ts';
import { forgetWhatIsGone, isState, type State } from './state.ts';
import * as switches from './switches.ts';
import { answerOf, errorAnswerOf, readCall, takes } from './wire.ts';

const reads: Record<string, Operation<State>> = {
  DescribeAccelerator: operation(requests.byAccelerator, accelerators.describeAccelerator),
  ListAccelerators: operation(requests.listAccelerators, accelerators.listAccelerators),
  ListBusiRegions: operation(requests.none, accelerators.listBusiRegions),
  DescribeListener: operation(requests.byListener, listenerAnswers.describeListener),
  ListListeners: operation(requests.listListeners, listenerAnswers.listListeners),
  DescribeEndpointGroup: operation(groupRequests.byGroup, groupAnswers.describeEndpointGroup),
  ListEndpointGroups: operation(groupRequests.listEndpointGroups, groupAnswers.listEndpointGroups),
  GetHealthStatus: operation(requests.getHealthStatus, getHealthStatus),
  ListForwardingRules: operation(ruleRequests.listForwardingRules, listForwardingRules),
  ListListenerCertificates: operation(
    ruleRequests.listListenerCertificates,
    certificates.listListenerCertificates,
  ),
};

/** The operations that accept a client token. */
const writes: Record<string, Operation<State>> = {
  CreateListener: operation(requests.createListener, listeners.createListener),
  UpdateListener: operation(requests.updateListener, listeners.updateListener),
  DeleteListener: operation(requests.deleteListener, listeners.deleteListener),
  CreateEndpointGroup: operation(groupRequests.createEndpointGroup, endpointGroups.createEndpointGroup),
  UpdateEndpointGroup: operation(groupRequests.updateEndpointGroup, endpointGroups.updateEndpointGroup),
  UpdateEndpointGroupAttribute: operation(
    groupRequests.updateEndpointGroupAttribute,
    endpointGroups.updateEndpointGroupAttribute,
  ),
  DeleteEndpointGroup: operation(groupRequests.deleteEndpointGroup, endpointGroups.deleteEndpointGroup),
  CreateEndpointGroups: operation(groupRequests.createEndpointGroups, groupBatches.createEndpointGroups),
  UpdateEndpointGroups: operation(groupRequests.updateEndpointGroups, groupBatches.updateEndpointGroups),
  DeleteEndpointGroups: operation(groupRequests.deleteEndpointGroups, groupBatches.deleteEndpointGroups),
  TagResources: operation(groupRequests.tagResources, groupTags.tagResources),
  UntagResources: operation(groupRequests.untagResources, groupTags.untagResources),
  CreateForwardingRules: operation(ruleRequests.createForwardingRules, forwardingRules.createForwardingRules),
  UpdateForwardingRules: operation(ruleRequests.updateForwardingRules, forwardingRules.updateForwardingRules),
  DeleteForwardingRules: operation(ruleRequests.deleteForwardingRules, forwardingRules.deleteForwardingRules),
  AssociateAdditionalCertificatesWithListener: operation(
    ruleRequests.associateCertificates,
    certificates.associateCertificates,
  ),
  DissociateAdditionalCertificatesFromListener: operation(
    ruleRequests.dissociateCertificates,
    certificates.dissociateCertificates,
  ),
  UpdateAdditionalCertificateWithListener: operation(
    ruleRequests.updateAdditionalCertificate,
    certificates.updateAdditionalCertificate,
  ),
};

const operations = [...Object.keys(reads), ...Object.keys(writes)];

export const alicloudGlobalAccelerator: Cloud = {
  service: 'ga',
  takes,
  operations,
  switches: Object.values(switches),
  open(saved) {
    const state = saved === undefined ? seededState() : saved;
    if (!isState(state)) throw new Error('The state kept for ga is not of its form');
    const nonces = noNonces();
    return {
      read: (wire, _region, context) => readCall(wire, { operations, nonces }, context),
      carryOut: (call, context) => carryOut(state, call, context),
      errorAnswer: (error, context, { caller }) => errorAnswerOf(error, context, caller),
      resources: context => resourcesOf(state, context),
      state: () => state,
    };
  },
};

function carryOut(state: State, call: Call, context: Context): Outcome {
  try {
    forgetWhatIsGone(state, context);
    if (isThrottled(state.window, context.setting(switches.callsPerSecond), context))
      throw throttled(context);
    lockForMoney(state, call.request, context);
    const { answer, changed } = run(state, call, context);
    return { answer: answerOf(answer, call, context), changed };
  } catch (thrown) {
    const error = thrown instanceof InputError ? inputErrorOf(thrown) : thrown;
    if (!(error instanceof CloudError)) throw error;
    return { answer: errorAnswerOf(error, context, call.caller), error: error.code, changed: false };
  }
}

function run(state: State, call: Call, context: Context): Done {
  const { operation: name, request } = call;
  const read = reads[name];
  if (read) return read(state, request, context);
  const write = writes[name];
  if (!write) throw new Error(`${name} came past the reader`);
  return once(state, call, context, () => write(state, request, context));
}

function throttled(context: Context): CloudError {
  const code = context.setting(switches.throttleCode);
  return new CloudError(code, Number(context.setting(switches.throttleStatus)), 'Request was denied.');
}
