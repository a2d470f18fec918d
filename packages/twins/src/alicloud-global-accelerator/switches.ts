// What the documentation of Alibaba Cloud Global Accelerator leaves open, one question each. The first value of a
// choice is the twin's answer until it is set otherwise.
// What Gatehouse does about each: docs/clouds/alicloud-global-accelerator.md, docs/clouds/alicloud-forwarding-rules.md and
// docs/clouds/alicloud-gateway.md.
import { choice, count } from '../shared/switches.ts';

// Which time's limits, spellings and allowed combinations: today's, or those of the 2021 guide?
export const profile = choice('profile', 'current', 'guide');
// Which code does a write on a busy instance get: the instance's, its listener's, or that of what it writes?
// The instance's where the named one is not busy. GA_NOT_STEADY: for creates of endpoint groups.
export const busyCode = choice('busyCode', 'instance', 'listener', 'resource', 'GA_NOT_STEADY');
// Does an instance that another product manages refuse what it keeps to itself?
export const managedChange = choice('managedChange', 'refuse', 'accept');
// In how many seconds does the first listener of an instance settle, and any later change? A quarter more or less.
export const firstChangeSeconds = count('firstChangeSeconds', 180, 86_400);
export const changeSeconds = count('changeSeconds', 60, 86_400);
// For how many seconds more is the instance busy, when what was changed has settled?
export const instanceLagSeconds = count('instanceLagSeconds', 5, 86_400);
// What does a token say that was used with other parameters?
export const tokenMismatch = choice('tokenMismatch', 'IdempotentParameterMismatch', 'replay');
// Does a token whose object is gone replay the old answer, or create anew?
export const tokenAfterDelete = choice('tokenAfterDelete', 'replay', 'create');
// Is a token one of the access key's for one operation, or of the whole account's?
export const tokenScope = choice('tokenScope', 'keyAndOperation', 'account');
// For how many seconds is a token remembered?
export const tokenSeconds = count('tokenSeconds', 86_400, 31_536_000);
// Which members may come as one JSON text instead of dotted names: those of forwarding rules, all, or none?
export const jsonLists = choice('jsonLists', 'forwardingRules', 'all', 'none');
// Which protocol has a listener that is given none?
export const omittedProtocol = choice('omittedProtocol', 'TCP', 'refuse');
// Is client affinity on UDP kept, or silently dropped as it used to be?
export const udpAffinity = choice('udpAffinity', 'keep', 'ignore');
// How many certificates may a listener itself have? More come as additional ones.
export const primaryCertificates = count('primaryCertificates', 1, 10);
// In which order are resources listed, and members of one: its ranges, endpoints and mappings?
export const listOrder = choice('listOrder', 'oldestFirst', 'newestFirst');
export const memberOrder = choice('memberOrder', 'asSent', 'sorted');
// Does an update keep a list that it leaves out, and one that it sends as an empty text?
export const omittedList = choice('omittedList', 'keep', 'clear');
export const emptyList = choice('emptyList', 'keep', 'clear');
// What does a Describe of a listener say that is gone, and one of an endpoint group?
export const describeGone = choice('describeGone', 'NotExist', 'UnknownError');
export const describeGoneGroup = choice('describeGoneGroup', 'NotExist', 'withoutState');
// How is client IP preservation shown behind HTTP and HTTPS, where it cannot be off?
export const httpPreservation = choice('httpPreservation', 'asSent', 'alwaysOn');
// Is a traffic percentage of 0 one? The console says so, the API's text begins at 1.
export const zeroTraffic = choice('zeroTraffic', 'accept', 'refuse');
// Are health checks on where nothing is said?
export const healthChecksByDefault = choice('healthChecksByDefault', 'off', 'on');
// Does a health check's protocol come back as it was sent, or in capitals?
export const healthProtocol = choice('healthProtocol', 'asSent', 'upperCase');
// May one group name an endpoint twice?
export const endpointTwice = choice('endpointTwice', 'refuse', 'accept');
// Is an IPv6 address on Alibaba Cloud an endpoint?
export const ipv6Endpoints = choice('ipv6Endpoints', 'accept', 'refuse');
// Is an instance that is no resource of the account, in the group's region, refused as an endpoint?
export const unknownEndpoint = choice('unknownEndpoint', 'refuse', 'accept');
// In which order does a batch give the ids of what it made?
export const batchOrder = choice('batchOrder', 'asSent', 'reversed');
// How does a dry run that passes say so?
export const dryRunPass = choice('dryRunPass', 'answer', 'DryRunOperation');
// May the default endpoint group go while there are virtual ones, and a virtual one that a rule forwards to?
export const deleteDefaultFirst = choice('deleteDefaultFirst', 'refuse', 'accept');
export const deleteUsedGroup = choice('deleteUsedGroup', 'refuse', 'accept');
// In which form do a rule's conditions and actions come back, and is a JSON text in them as it was sent?
export const ruleForm = choice('ruleForm', 'asSent', 'old', 'new', 'both');
export const ruleText = choice('ruleText', 'verbatim', 'rewritten');
// How does a list of rules spell the action that removes headers? Its documentation spells it in two ways.
export const removeHeaderName = choice('removeHeaderName', 'RemoveHeader', 'RemoveHeaderConfig');
// What becomes of an endpoint group named by a bare object instead of a list of one?
export const bareObject = choice('bareObject', 'SystemBusy', 'IllegalParameter', 'accept');
// May a path that is a regular expression begin with a tilde instead of its slash?
export const tildePaths = choice('tildePaths', 'accept', 'refuse');
// Are sources of requests IPv6 addresses, too?
export const ipv6Sources = choice('ipv6Sources', 'accept', 'refuse');
// May a rule forward to a default endpoint group?
export const ruleToDefaultGroup = choice('ruleToDefaultGroup', 'refuse', 'accept');
// May two rules of a listener have one priority, one name, the same conditions?
export const samePriority = choice('samePriority', 'refuse', 'accept');
export const sameRuleName = choice('sameRuleName', 'accept', 'refuse');
export const sameConditions = choice('sameConditions', 'accept', 'refuse');
// Is the list of rules refused too while the instance is busy?
export const busyRuleList = choice('busyRuleList', 'answer', 'refuse');
// Do an update and a deletion of rules tell the ids?
export const ruleIds = choice('ruleIds', 'always', 'createOnly');
// Does a listener show its additional certificates beside its own?
export const describedCertificates = choice('describedCertificates', 'own', 'all');
// Is an additional certificate for a domain that has one refused, or does it take the place?
export const sameDomain = choice('sameDomain', 'refuse', 'replace');
// Do additional certificates go with their listener, or keep it?
export const deleteWithCertificates = choice('deleteWithCertificates', 'accept', 'refuse');
// What becomes of additional certificates whose listener leaves HTTPS: are they gone, there again when it is back, or
// do they keep it?
export const certificatesWithoutHttps = choice('certificatesWithoutHttps', 'drop', 'keep', 'refuse');
// Are tags refused, too, while their instance is busy?
export const busyTags = choice('busyTags', 'accept', 'refuse');
// May this account have HTTP and HTTPS listeners, and listeners of more than 300 ports? Once by ticket only.
export const httpListeners = choice('httpListeners', 'allowed', 'refused');
export const largeListeners = choice('largeListeners', 'refused', 'allowed');
// May it have ECS and SLB as endpoints, client IP preservation, health checks? Once by ticket only.
export const cloudEndpoints = choice('cloudEndpoints', 'allowed', 'refused');
export const clientIpPreservation = choice('clientIpPreservation', 'allowed', 'refused');
export const healthChecks = choice('healthChecks', 'allowed', 'refused');
// May the caller have the service-linked role made that private endpoints need? Asked while there is none.
export const mayCreateRole = choice('mayCreateRole', 'yes', 'no');
// How many calls a second before it throttles, and how it says so? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
export const throttleCode = choice('throttleCode', 'Throttling.User', 'Throttling', 'Throttling.Api');
export const throttleStatus = choice('throttleStatus', '400', '429', '503');
// In how many milliseconds does a throttle ask to come again, in its header? 0: it does not say.
export const retryAfterMs = count('retryAfterMs', 0, 120_000);
