// What the documentation of VPC Lattice leaves open, one question each. The first value of a choice is the
// twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/vpc-lattice.md.
import { choice, count } from '../shared/switches.ts';

// Which error is a token that was used with other parameters? It fails, the documentation says no more.
export const tokenMismatch = choice('tokenMismatch', 'Conflict', 'Validation');
// Does a token whose group is gone replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// For how many seconds is a token remembered?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// A failed create may be retried: does the same call start it again, or only show that it failed?
export const retryOfFailedCreate = choice('retryOfFailedCreate', 'restart', 'replay');
// Which error is a name that another group has?
export const nameClash = choice('nameClash', 'Conflict', 'Validation');
// The name is unique in the account: in each region of it, or in all together?
export const nameUniqueIn = choice('nameUniqueIn', 'region', 'account');
// Is the name of a group that is being deleted still taken?
export const nameWhileDeleting = choice('nameWhileDeleting', 'taken', 'free');
// Has a group without a protocol one by default?
export const omittedProtocol = choice('omittedProtocol', 'refuse', 'HTTP');
// Which error is a VPC that is not there?
export const unknownVpc = choice('unknownVpc', 'ResourceNotFound', 'Validation');
// May a group of type ALB have the protocol TCP?
export const tcpForAlb = choice('tcpForAlb', 'refuse', 'accept');
// How many tags? The model says 200, most of AWS 50.
export const tagsPerResource = count('tagsPerResource', 50, 200);
// Does a zero in a health check put the default back?
export const zeroInHealthCheck = choice('zeroInHealthCheck', 'reset', 'refuse');
// Must a health check's time-out be below its interval?
export const timeoutNotBelowInterval = choice('timeoutNotBelowInterval', 'refuse', 'accept');
// Does an update keep a member of the health check that it leaves out, or put its default back?
export const updateOmittedMember = choice('updateOmittedMember', 'keep', 'reset');
// For how many reads is a group not found after its create?
export const notFoundAfterCreateReads = count('notFoundAfterCreateReads', 0, 1000);
// Which status has a target of a group that has no health checks and that no service uses?
export const statusWithoutChecks = choice('statusWithoutChecks', 'UNAVAILABLE', 'UNUSED');
// Is a target that cannot be one of many verdicts, or does it refuse the whole call?
export const invalidTarget = choice('invalidTarget', 'unsuccessful', 'refuse');
// Do targets beyond the quota refuse the whole call, or are only those beyond it refused?
export const targetsBeyondQuota = choice('targetsBeyondQuota', 'refuse', 'unsuccessful');
// What becomes of a target that is registered again? Accepted, nothing changes.
export const registerPresentTarget = choice('registerPresentTarget', 'accept', 'unsuccessful');
// And of one that is registered again while it drains? Accepted, it begins anew.
export const registerDrainingTarget = choice('registerDrainingTarget', 'accept', 'unsuccessful');
// What is said of a target to be deregistered that is not there?
export const deregisterAbsentTarget = choice('deregisterAbsentTarget', 'unsuccessful', 'accept');
// Does a target drain though no service uses its group?
export const drainOfUnused = choice('drainOfUnused', 'slow', 'immediate');
// May a group be deleted with targets that are registered and do not drain?
export const deleteWithTargets = choice('deleteWithTargets', 'refuse', 'accept');
// How many calls a second before it throttles? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
// Quotas that AWS raises on request.
export const targetGroupsPerRegion = count('targetGroupsPerRegion', 500, 10_000);
export const targetsPerGroup = count('targetsPerGroup', 1000, 10_000);
export const listenersPerService = count('listenersPerService', 2, 1000);
