// What the documentation of Alibaba Cloud Global Accelerator leaves open, one question each. The first value of a
// choice is the twin's answer until it is set otherwise.
import { choice, count } from '../switches.ts';

// Which time's limits, spellings and allowed combinations: today's, or those of the 2021 guide?
export const profile = choice('profile', 'current', 'guide');
// Which code does a write on a busy instance get: the instance's, its listener's, or that of what it writes?
// The first that applies, in this order from the named one on. GA_NOT_STEADY: for creates of endpoint groups.
export const busyCode = choice('busyCode', 'instance', 'listener', 'resource', 'GA_NOT_STEADY');
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
// In which order are lists shown: listeners on an instance, ranges of a listener?
export const listOrder = choice('listOrder', 'oldestFirst', 'newestFirst');
export const rangeOrder = choice('rangeOrder', 'asSent', 'byPort');
// What does a Describe of a listener say that is gone?
export const describeGone = choice('describeGone', 'NotExist', 'UnknownError');
// May this account have HTTP and HTTPS listeners, and listeners of more than 300 ports? Once by ticket only.
export const httpListeners = choice('httpListeners', 'allowed', 'refused');
export const largeListeners = choice('largeListeners', 'refused', 'allowed');
// How many calls a second before it throttles, and how it says so? Not published; 0 is never.
export const callsPerSecond = count('callsPerSecond', 0, 100_000);
export const throttleCode = choice('throttleCode', 'Throttling.User', 'Throttling', 'Throttling.Api');
export const throttleStatus = choice('throttleStatus', '400', '429', '503');
// In how many milliseconds does a throttle ask to come again, in its header? 0: it does not say.
export const retryAfterMs = count('retryAfterMs', 0, 120_000);
