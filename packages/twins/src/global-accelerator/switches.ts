// What AWS's documentation of Global Accelerator leaves open, one question each. The first value of a
// choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/global-accelerator.md.
import { choice, count } from '../shared/switches.ts';

// What does a token say that was used with other parameters? No mismatch error is modelled.
export const tokenMismatch = choice('tokenMismatch', 'InvalidArgument', 'replay');
// Does a token whose object was deleted replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// For how many seconds is a token remembered?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// Which error is FromPort above ToPort?
export const fromAboveTo = choice('fromAboveTo', 'InvalidPortRange', 'InvalidArgument');
// Which error is a list longer than the model allows: its length, or the quota of the same number?
export const listTooLong = choice('listTooLong', 'InvalidArgument', 'LimitExceeded');
// For how many reads does DescribeAccelerator still show what was before a change?
export const staleDescribeReads = count('staleDescribeReads', 0, 1000);
// For how many reads is a listener or endpoint group not found after its create?
export const notFoundAfterCreateReads = count('notFoundAfterCreateReads', 0, 1000);
// Which changes does an accelerator refuse while it is IN_PROGRESS: none, Add- and RemoveEndpoints, all?
export const transactionInProgress = choice('transactionInProgress', 'never', 'endpoints', 'all');
// What does AddEndpoints say to an endpoint that is there? Accepted, it changes nothing.
export const addPresentEndpoint = choice('addPresentEndpoint', 'accept', 'refuse');
// What does RemoveEndpoints say to an endpoint that is not there?
export const removeAbsentEndpoint = choice('removeAbsentEndpoint', 'accept', 'refuse');
// Does an update keep a member that it leaves out, or put its default back? The lists of an endpoint
// group are no question: left out, they stay.
export const updateOmittedMember = choice('updateOmittedMember', 'keep', 'reset');
// May an update switch a present endpoint's client IP preservation, without removing and adding it?
export const preservationInPlace = choice('preservationInPlace', 'accept', 'refuse');
// Is client IP preservation on by default for a Network Load Balancer that supports it?
export const nlbPreservationDefault = choice('nlbPreservationDefault', 'off', 'on');
// Does a description say that client IP preservation is off, or nothing about it?
export const preservationOff = choice('preservationOff', 'shown', 'absent');
// May one list name the same endpoint twice? Accepted, the last one holds.
export const endpointTwice = choice('endpointTwice', 'refuse', 'accept');
// Which weight has an endpoint that is given none? Examples show 128.
export const defaultWeight = count('defaultWeight', 128, 255);
// Is an Application Load Balancer, which cannot serve UDP, refused behind a UDP listener?
export const udpBehindAlb = choice('udpBehindAlb', 'accept', 'refuse');
// Are client errors sent with the model's HTTP statuses, or all with 400?
export const clientErrorStatus = choice('clientErrorStatus', 'model', 'flat400');
// How many calls a second before it throttles? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
// Which HTTP status has a throttle? None is modelled.
export const throttleStatus = choice('throttleStatus', '400', '429');
// Quotas that AWS raises on request.
export const listenersPerAccelerator = count('listenersPerAccelerator', 10, 1000);
// Raised by AWS for groups of one kind of endpoint only; fixed with Application Load Balancers.
export const endpointsPerGroup = count('endpointsPerGroup', 10, 1000);
