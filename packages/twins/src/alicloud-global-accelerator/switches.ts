// What the documentation of Alibaba Cloud Global Accelerator leaves open, one question each. The first value of a
// choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/alicloud-global-accelerator.md, docs/clouds/alicloud-forwarding-rules.md and
// docs/clouds/alicloud-gateway.md.
import { choice, count } from '../shared/switches.ts';

// Which set of limits, spellings and allowed combinations: the present one, or that of the 2021 guide?
export const profile = choice('profile', 'current', 'guide');
// Which code does a write on a busy instance get: the instance's, its listener's, or that of the written resource? The
// instance's if the named one is not busy. GA_NOT_STEADY: for creates of endpoint groups.
export const busyCode = choice('busyCode', 'instance', 'listener', 'resource', 'GA_NOT_STEADY');
// Does an instance that another product manages refuse the actions that the product reserves?
export const managedChange = choice('managedChange', 'refuse', 'accept');
// In how many seconds does the first listener of an instance settle, and any later change? A quarter more or less.
export const firstChangeSeconds = count('firstChangeSeconds', 180, 86_400);
export const changeSeconds = count('changeSeconds', 60, 86_400);
// For how many seconds more is the instance busy after the changed resource has settled?
export const instanceLagSeconds = count('instanceLagSeconds', 5, 86_400);
// Which error has a token that was used with other parameters?
export const tokenMismatch = choice('tokenMismatch', 'IdempotentParameterMismatch', 'replay');
// Does a token whose object was deleted replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// Is a token valid for one operation of the access key, or for the whole account?
export const tokenScope = choice('tokenScope', 'keyAndOperation', 'account');
// For how many seconds is a token kept?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// Which members can be one JSON text instead of dotted names: those of forwarding rules, all, or none?
export const jsonLists = choice('jsonLists', 'forwardingRules', 'all', 'none');
// Which protocol does a listener have by default?
export const omittedProtocol = choice('omittedProtocol', 'TCP', 'refuse');
// Is client affinity on UDP kept, or silently dropped as in the past?
export const udpAffinity = choice('udpAffinity', 'keep', 'ignore');
// How many certificates can a listener itself have? Others are additional ones.
export const primaryCertificates = count('primaryCertificates', 1, 10);
// In which order are resources listed, and members of one: its ranges, endpoints and mappings?
export const listOrder = choice('listOrder', 'oldestFirst', 'newestFirst');
export const memberOrder = choice('memberOrder', 'asSent', 'sorted');
// Does an update keep a list that it omits, and one that it sends as an empty text?
export const omittedList = choice('omittedList', 'keep', 'clear');
export const emptyList = choice('emptyList', 'keep', 'clear');
// Does an update of an endpoint group keep any other member that it omits, or restore its default?
export const updateOmittedMember = choice('updateOmittedMember', 'keep', 'reset');
// Which error does a Describe of a deleted listener return, and one of a deleted endpoint group?
export const describeGone = choice('describeGone', 'NotExist', 'UnknownError');
export const describeGoneGroup = choice('describeGoneGroup', 'NotExist', 'withoutState');
// How is client IP preservation shown behind HTTP and HTTPS, where it cannot be off?
export const httpPreservation = choice('httpPreservation', 'asSent', 'alwaysOn');
// Is a traffic percentage of 0 valid? The console allows it, the API's text begins at 1.
export const zeroTraffic = choice('zeroTraffic', 'accept', 'refuse');
// Are health checks on by default?
export const healthChecksByDefault = choice('healthChecksByDefault', 'off', 'on');
// Is a health check's protocol returned as it was sent, or in capitals?
export const healthProtocol = choice('healthProtocol', 'asSent', 'upperCase');
// Can one group name an endpoint twice?
export const endpointTwice = choice('endpointTwice', 'refuse', 'accept');
// Can an IPv6 address on Alibaba Cloud be an endpoint?
export const ipv6Endpoints = choice('ipv6Endpoints', 'accept', 'refuse');
// Is an endpoint refused if its instance is not a resource of the account in the group's region?
export const unknownEndpoint = choice('unknownEndpoint', 'refuse', 'accept');
// In which order does a batch return the ids of the created groups?
export const batchOrder = choice('batchOrder', 'asSent', 'reversed');
// How is a passed dry run reported?
export const dryRunPass = choice('dryRunPass', 'answer', 'DryRunOperation');
// Can the default endpoint group be deleted while virtual ones exist, and a virtual one while a rule forwards to it?
export const deleteDefaultFirst = choice('deleteDefaultFirst', 'refuse', 'accept');
export const deleteUsedGroup = choice('deleteUsedGroup', 'refuse', 'accept');
// In which form are a rule's conditions and actions returned, and is a JSON text in them as it was sent?
export const ruleForm = choice('ruleForm', 'asSent', 'old', 'new', 'both');
export const ruleText = choice('ruleText', 'verbatim', 'rewritten');
// How does a list of rules spell the action that removes headers? Its documentation has two spellings.
export const removeHeaderName = choice('removeHeaderName', 'RemoveHeader', 'RemoveHeaderConfig');
// How is an endpoint group treated that is named by a bare object instead of a list of one?
export const bareObject = choice('bareObject', 'SystemBusy', 'IllegalParameter', 'accept');
// Can a path that is a regular expression begin with a tilde instead of its slash?
export const tildePaths = choice('tildePaths', 'accept', 'refuse');
// Can sources of requests be IPv6 addresses, too?
export const ipv6Sources = choice('ipv6Sources', 'accept', 'refuse');
// Can a rule forward to a default endpoint group?
export const ruleToDefaultGroup = choice('ruleToDefaultGroup', 'refuse', 'accept');
// Can two rules of a listener have the same priority, the same name, the same conditions?
export const samePriority = choice('samePriority', 'refuse', 'accept');
export const sameRuleName = choice('sameRuleName', 'accept', 'refuse');
export const sameConditions = choice('sameConditions', 'accept', 'refuse');
// Is the list of rules refused too while the instance is busy?
export const busyRuleList = choice('busyRuleList', 'answer', 'refuse');
// Do an update and a deletion of rules return the ids?
export const ruleIds = choice('ruleIds', 'always', 'createOnly');
// Does a listener include its additional certificates besides its own?
export const describedCertificates = choice('describedCertificates', 'own', 'all');
// Is an additional certificate for a domain that has one refused, or does it replace the existing one?
export const sameDomain = choice('sameDomain', 'refuse', 'replace');
// Are additional certificates deleted with their listener, or do they prevent its deletion?
export const deleteWithCertificates = choice('deleteWithCertificates', 'accept', 'refuse');
// If a listener with additional certificates leaves HTTPS: are they deleted, do they return with HTTPS, or do they
// prevent the change?
export const certificatesWithoutHttps = choice('certificatesWithoutHttps', 'drop', 'keep', 'refuse');
// Are tags refused, too, while their instance is busy?
export const busyTags = choice('busyTags', 'accept', 'refuse');
// Can this account have HTTP and HTTPS listeners, and listeners of more than 300 ports? Formerly by ticket only.
export const httpListeners = choice('httpListeners', 'allowed', 'refused');
export const largeListeners = choice('largeListeners', 'refused', 'allowed');
// Can it have ECS and SLB as endpoints, client IP preservation, health checks? Formerly by ticket only.
export const cloudEndpoints = choice('cloudEndpoints', 'allowed', 'refused');
export const clientIpPreservation = choice('clientIpPreservation', 'allowed', 'refused');
export const healthChecks = choice('healthChecks', 'allowed', 'refused');
// Can the caller create the service-linked role that private endpoints need? Checked while it does not exist.
export const mayCreateRole = choice('mayCreateRole', 'yes', 'no');
// How many calls per second before the API throttles, and with which error? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
export const throttleCode = choice('throttleCode', 'Throttling.User', 'Throttling', 'Throttling.Api');
export const throttleStatus = choice('throttleStatus', '400', '429', '503');
// Which delay in milliseconds does a throttled answer name in its header? 0: none.
export const retryAfterMs = count('retryAfterMs', 0, 120_000);
// Which address does the health of an endpoint have that is a resource of the account: its id, or an IP address?
export const healthAddress = choice('healthAddress', 'id', 'ip');
// Not a question, but a state of the account: do endpoints become healthy, flap, or never become healthy?
export const endpointHealth = choice('endpointHealth', 'becomesHealthy', 'flaps', 'never');
