// What the documentation of VPC Lattice leaves open, one question each. The first value of a choice is the
// twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/vpc-lattice.md.
import { choice, count } from '../shared/switches.ts';

// Which error does a token get that was used with other parameters? The documentation only says that it fails.
export const tokenMismatch = choice('tokenMismatch', 'Conflict', 'Validation');
// Does a token whose group was deleted replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// For how many seconds is a token kept?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// A failed create can be retried: does the same call start it again, or only show that it failed?
export const retryOfFailedCreate = choice('retryOfFailedCreate', 'restart', 'replay');
// Which error does the name of another group get?
export const nameClash = choice('nameClash', 'Conflict', 'Validation');
// The name is unique in the account: in each region of it, or in all together?
export const nameUniqueIn = choice('nameUniqueIn', 'region', 'account');
// Is the name of a group that is being deleted still taken?
export const nameWhileDeleting = choice('nameWhileDeleting', 'taken', 'free');
// Does a group have a protocol by default?
export const omittedProtocol = choice('omittedProtocol', 'refuse', 'HTTP');
// Is a group of type IP that was made without an address type shown with the default, or without one?
export const omittedAddressType = choice('omittedAddressType', 'IPV4', 'absent');
// Has a group of type INSTANCE an address type? The documentation says only IP, recent answers show one.
export const instanceAddressType = choice('instanceAddressType', 'refuse', 'IPV4');
// Which protocol do the health checks of an HTTPS group have by default: the documented one, or the group's?
export const healthCheckProtocol = choice('healthCheckProtocol', 'HTTP', 'asGroup');
// Which error does an absent VPC get?
export const unknownVpc = choice('unknownVpc', 'ResourceNotFound', 'Validation');
// Can a group of type ALB have the protocol TCP?
export const tcpForAlb = choice('tcpForAlb', 'refuse', 'accept');
// How many tags can a resource have? The model says 200, most of AWS 50.
export const tagsPerResource = count('tagsPerResource', 50, 200);
// Does a zero in a health check restore the default?
export const zeroInHealthCheck = choice('zeroInHealthCheck', 'reset', 'refuse');
// Must a health check's time-out be below its interval?
export const timeoutNotBelowInterval = choice('timeoutNotBelowInterval', 'refuse', 'accept');
// Does an update keep an omitted member of the health check, or restore its default?
export const updateOmittedMember = choice('updateOmittedMember', 'keep', 'reset');
// For how many reads is a group not found after its create?
export const notFoundAfterCreateReads = count('notFoundAfterCreateReads', 0, 1000);
// Which status does a target have if its group has no health checks and no service uses the group?
export const statusWithoutChecks = choice('statusWithoutChecks', 'UNAVAILABLE', 'UNUSED');
// Which status does a deregistered target have until it is gone: its own, or the one from before?
export const drainingStatus = choice('drainingStatus', 'DRAINING', 'asBefore');
// Is an invalid target one verdict among many, or does it fail the whole call?
export const invalidTarget = choice('invalidTarget', 'unsuccessful', 'refuse');
// Do targets beyond the quota fail the whole call, or are only those beyond it refused?
export const targetsBeyondQuota = choice('targetsBeyondQuota', 'refuse', 'unsuccessful');
// How is a target treated that is registered again? If it is accepted, nothing changes.
export const registerPresentTarget = choice('registerPresentTarget', 'accept', 'unsuccessful');
// And one that is registered again while it drains? If it is accepted, it starts anew.
export const registerDrainingTarget = choice('registerDrainingTarget', 'accept', 'unsuccessful');
// How is a target treated that is deregistered although it is absent?
export const deregisterAbsentTarget = choice('deregisterAbsentTarget', 'unsuccessful', 'accept');
// Does a target drain if no service uses its group?
export const drainOfUnused = choice('drainOfUnused', 'slow', 'immediate');
// Can a group be deleted with registered targets that do not drain?
export const deleteWithTargets = choice('deleteWithTargets', 'refuse', 'accept');
// How many calls per second before the API throttles? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
// Quotas that AWS raises on request.
export const targetGroupsPerRegion = count('targetGroupsPerRegion', 500, 10_000);
export const targetsPerGroup = count('targetsPerGroup', 1000, 10_000);
export const listenersPerService = count('listenersPerService', 2, 1000);
// Not a question, but a state of the account: do checked targets become healthy, flap, or never become healthy?
export const targetHealth = choice('targetHealth', 'becomesHealthy', 'flaps', 'never');
