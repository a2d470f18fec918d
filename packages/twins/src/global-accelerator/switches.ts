// What AWS's documentation of Global Accelerator leaves open, one question each. The first value of a
// choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/global-accelerator.md.
import { choice, count } from '../shared/switches.ts';

// Which error does a token get that was used with other parameters? No mismatch error is modelled.
export const tokenMismatch = choice('tokenMismatch', 'InvalidArgument', 'replay');
// Does a token whose object was deleted replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// For how many seconds is a token kept?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// Which error does FromPort above ToPort get?
export const fromAboveTo = choice('fromAboveTo', 'InvalidPortRange', 'InvalidArgument');
// Which error does a list get that is longer than the model allows: that of its length, or that of the quota of the
// same number?
export const listTooLong = choice('listTooLong', 'InvalidArgument', 'LimitExceeded');
// Is an empty token one token like any other, or none?
export const emptyToken = choice('emptyToken', 'token', 'none');
// Is an empty NextToken refused, or does it ask for the first page?
export const emptyNextToken = choice('emptyNextToken', 'InvalidNextToken', 'firstPage');
// Within which range of seconds does a change settle? Public runs have seen about 20 to 40 without traffic, minutes with.
export const settlesFromSeconds = count('settlesFromSeconds', 20, 86_400);
export const settlesToSeconds = count('settlesToSeconds', 300, 86_400);
// For how many seconds after a call has first named a load balancer is it still being created, and refused?
export const loadBalancerActiveAfterSeconds = count('loadBalancerActiveAfterSeconds', 0, 86_400);
// Is a health check path of a group with TCP checks shown if it was set?
export const tcpPath = choice('tcpPath', 'never', 'asSent');
// Does the answer of a create leave the path of such a group out, or has it the text "undefined", as was seen once?
export const createdWithoutPath = choice('createdWithoutPath', 'absent', 'undefined');
// For how many reads does DescribeAccelerator still show the state before a change?
export const staleDescribeReads = count('staleDescribeReads', 0, 1000);
// For how many reads is a listener or endpoint group not found after its create?
export const notFoundAfterCreateReads = count('notFoundAfterCreateReads', 0, 1000);
// Which changes does an accelerator refuse while it is IN_PROGRESS: none, Add- and RemoveEndpoints, all?
export const transactionInProgress = choice('transactionInProgress', 'never', 'endpoints', 'all');
// How does AddEndpoints treat a present endpoint? If it is accepted, nothing changes.
export const addPresentEndpoint = choice('addPresentEndpoint', 'accept', 'refuse');
// How does RemoveEndpoints treat an absent endpoint?
export const removeAbsentEndpoint = choice('removeAbsentEndpoint', 'accept', 'refuse');
// Does an update keep an omitted member, or restore its default? The lists of an endpoint group are certain: omitted
// lists stay.
export const updateOmittedMember = choice('updateOmittedMember', 'keep', 'reset');
// Can an update switch a present endpoint's client IP preservation, without removing and adding it?
export const preservationInPlace = choice('preservationInPlace', 'accept', 'refuse');
// Is client IP preservation on by default for a Network Load Balancer that supports it?
export const nlbPreservationDefault = choice('nlbPreservationDefault', 'off', 'on');
// Does a description show that client IP preservation is off, or omit it?
export const preservationOff = choice('preservationOff', 'shown', 'absent');
// Can one list name the same endpoint twice? If it is accepted, the last one counts.
export const endpointTwice = choice('endpointTwice', 'refuse', 'accept');
// Which weight does an endpoint have by default? Examples show 128.
export const defaultWeight = count('defaultWeight', 128, 255);
// Is an Application Load Balancer, which cannot serve UDP, refused behind a UDP listener?
export const udpBehindAlb = choice('udpBehindAlb', 'accept', 'refuse');
// Are client errors sent with the model's HTTP statuses, or all with 400?
export const clientErrorStatus = choice('clientErrorStatus', 'model', 'flat400');
// How many calls per second before the API throttles? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
// Which HTTP status does a throttled call get? None is modelled.
export const throttleStatus = choice('throttleStatus', '400', '429');
// Quotas that AWS raises on request.
export const listenersPerAccelerator = count('listenersPerAccelerator', 10, 1000);
// Raised by AWS for groups of one kind of endpoint only; fixed with Application Load Balancers.
export const endpointsPerGroup = count('endpointsPerGroup', 10, 1000);
// Not a question, but a state of the account: do endpoints become healthy, flap, or never become healthy?
export const endpointHealth = choice('endpointHealth', 'becomesHealthy', 'flaps', 'never');
