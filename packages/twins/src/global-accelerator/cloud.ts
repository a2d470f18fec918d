// AWS Global Accelerator: its operations on its wire. Accelerators are seeded and not created. They and the resources
// below them are changed and deleted as the API does it, with the API's errors.
import { type Call, type Cloud, CloudError, type Context, type Outcome } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { type Operation, operation } from '../shared/operation.ts';
import { isThrottled } from '../shared/throttle.ts';
import { deleteAccelerator, updateAccelerator } from './accelerator-changes.ts';
import * as accelerators from './accelerators.ts';
import { listCrossAccountResources } from './cross-account.ts';
import * as endpointGroups from './endpoint-groups.ts';
import { addEndpoints, removeEndpoints } from './group-endpoints.ts';
import * as listeners from './listeners.ts';
import * as requests from './requests.ts';
import { resourcesOf } from './resources.ts';
import { seededState } from './seed.ts';
import { isState, type State } from './state.ts';
import * as switches from './switches.ts';
import { answerOf, errorAnswerOf, inputErrorOf, readCall } from './wire.ts';

const operations: Record<string, Operation<State>> = {
  ListAccelerators: operation(requests.listAccelerators, accelerators.listAccelerators),
  DescribeAccelerator: operation(requests.byAccelerator, accelerators.describeAccelerator),
  DescribeAcceleratorAttributes: operation(
    requests.byAccelerator,
    accelerators.describeAcceleratorAttributes,
  ),
  UpdateAccelerator: operation(requests.updateAccelerator, updateAccelerator),
  DeleteAccelerator: operation(requests.byAccelerator, deleteAccelerator),
  ListCrossAccountResources: operation(requests.listCrossAccountResources, listCrossAccountResources),
  ListTagsForResource: operation(requests.byResource, accelerators.listTagsForResource),
  CreateListener: operation(requests.createListener, listeners.createListener),
  UpdateListener: operation(requests.updateListener, listeners.updateListener),
  DescribeListener: operation(requests.byListener, listeners.describeListener),
  ListListeners: operation(requests.listListeners, listeners.listListeners),
  DeleteListener: operation(requests.byListener, listeners.deleteListener),
  CreateEndpointGroup: operation(requests.createEndpointGroup, endpointGroups.createEndpointGroup),
  UpdateEndpointGroup: operation(requests.updateEndpointGroup, endpointGroups.updateEndpointGroup),
  DescribeEndpointGroup: operation(requests.byGroup, endpointGroups.describeEndpointGroup),
  ListEndpointGroups: operation(requests.listEndpointGroups, endpointGroups.listEndpointGroups),
  DeleteEndpointGroup: operation(requests.byGroup, endpointGroups.deleteEndpointGroup),
  AddEndpoints: operation(requests.addEndpoints, addEndpoints),
  RemoveEndpoints: operation(requests.removeEndpoints, removeEndpoints),
};

export const globalAccelerator: Cloud = {
  service: 'globalaccelerator',
  operations: Object.keys(operations),
  switches: Object.values(switches),
  open(saved) {
    const state = saved === undefined ? seededState() : saved;
    if (!isState(state)) throw new Error('The state kept for globalaccelerator is not of its form');
    return {
      read: (wire, region) => readCall(wire, region, Object.keys(operations)),
      carryOut: (call, context) => carryOut(state, call, context),
      errorAnswer: (error, context) => errorAnswerOf(error, context.requestId),
      resources: () => resourcesOf(state),
      state: () => state,
    };
  },
};

function carryOut(state: State, call: Call, context: Context): Outcome {
  try {
    if (isThrottled(state.window, context.setting(switches.callsPerSecond), context)) {
      const status = Number(context.setting(switches.throttleStatus));
      throw new CloudError('ThrottlingException', status, 'Rate exceeded');
    }
    const run = operations[call.operation];
    if (!run) throw new Error(`${call.operation} came past the reader`);
    const { answer, changed } = run(state, call.request, context);
    return { answer: answerOf(answer, context.requestId), changed };
  } catch (thrown) {
    const error = cloudErrorOf(thrown, context);
    return { answer: errorAnswerOf(error, context.requestId), error: error.code, changed: false };
  }
}

function cloudErrorOf(thrown: unknown, context: Context): CloudError {
  const error =
    thrown instanceof InputError ? inputErrorOf(thrown, context.setting(switches.listTooLong)) : thrown;
  if (!(error instanceof CloudError)) throw error;
  const isClientError = error.status < 500 && error.code !== 'ThrottlingException';
  const isFlat = isClientError && context.setting(switches.clientErrorStatus) === 'flat400';
  return isFlat ? new CloudError(error.code, 400, error.message) : error;
}
