// The names of callers: `123456789012/role/deployer`, `123456789012/user/team/alice`, `login.example.com/alice`,
// `111122223333/event/com.example.pipeline`. They are made and compared here only, so that an access rule and a verified
// identity cannot disagree about the form. Sources: the IAM user guide on identifiers, and the STS reference on ARNs.

/**
 * Of the ARN that AWS has verified. The sessions of a role are one caller. The ARN of a session has no path of the role, so
 * the name has none either. Undefined if the ARN names nobody.
 */
export function callerOfArn(arn: string): string | undefined {
  const [, account, resource = ''] = /^arn:[^:]+:(?:iam|sts)::(\d{12}):(.+)$/.exec(arn) ?? [];
  if (!account) return undefined;
  const [, session] = /^assumed-role\/(?:.+\/)?([^/]+)\/[^/]+$/.exec(resource) ?? [];
  const [, role] = /^role\/(?:.+\/)?([^/]+)$/.exec(resource) ?? [];
  const name = session ?? role;
  return `${account}/${name === undefined ? resource : `role/${name}`}`;
}

/** A subject is unique within its issuer only, so the issuer is part of the name: without `https://` and a slash at its end. */
export function callerOfToken({ issuer, subject }: { issuer: string; subject: string }): string {
  return `${issuerName(issuer)}/${subject}`;
}

/** No IAM identity has this form, so no other caller owns an entry point that an event requested. */
export function callerOfEvent({ account, source }: { account: string; source: string }): string {
  return `${account}/event/${source}`;
}

export function issuerName(issuer: string): string {
  return issuer.replace(/^https:\/\//i, '').replace(/\/+$/, '');
}

/**
 * Equal for two names of one caller. IAM does not distinguish the names of users and roles by case, nor DNS the host of an
 * issuer. Subjects and event sources are distinguished by it.
 *
 * Earlier versions kept the slash at the end of an issuer, and stored owners have it: the first repeated slash counts as one.
 */
export function callerKey(caller: string): string {
  const [first = '', second = ''] = caller.split('/', 2);
  const rest = caller.slice(first.length);
  if (!ACCOUNT.test(first)) return `${first.toLowerCase()}${rest.replace(/\/{2,}/, '/')}`;
  return IAM_KINDS.includes(second.toLowerCase()) ? caller.toLowerCase() : caller;
}

export function isSameCaller(one: string, other: string): boolean {
  return callerKey(one) === callerKey(other);
}

/** `*` accepts every source, `com.example.*` every source below it. */
export function acceptsSource(source: string, accepted: readonly string[]): boolean {
  return accepted.some(each => (each.endsWith('*') ? source.startsWith(each.slice(0, -1)) : source === each));
}

/** Who can call an installation: IAM identities, or the subjects of an issuer; and the sources of events. */
export interface Identities {
  /** The issuer of the tokens that are accepted instead of IAM identities. */
  tokenIssuer?: string | undefined;
  /** By default every source. */
  eventSources?: readonly string[];
}

/** Why no caller can have this name, and the nearest name that one can have. Undefined if one can have it. */
export function cannotCall(
  name: string,
  { tokenIssuer, eventSources = ['*'] }: Identities,
): string | undefined {
  const [account = '', kind, source = ''] = name.split('/');
  if (ACCOUNT.test(account) && kind === 'event') {
    if (acceptsSource(source, eventSources)) return undefined;
    return `is the source of events that are not accepted here; accepted: ${eventSources.join(', ') || 'none'}`;
  }
  return tokenIssuer === undefined ? cannotSign(name) : cannotBeIssued(name, tokenIssuer);
}

const ACCOUNT = /^\d{12}$/;
const IAM_KINDS = ['role', 'user', 'federated-user', 'root'];
const IAM_NAME = /^[\w+=,.@-]{1,64}$/;

function cannotSign(name: string): string | undefined {
  const nearest = nearestIam(name);
  if (nearest !== undefined && callerKey(nearest) === callerKey(name)) return undefined;
  return `is no caller; write it like \`${nearest ?? '123456789012/role/deployer'}\`: account, \`role\` or \`user\`, and name, for a role without its path and session`;
}

/** The IAM identity that is meant. */
function nearestIam(name: string): string | undefined {
  if (name.startsWith('arn:')) return callerOfArn(name);
  const [account = '', kind = '', ...rest] = name.split('/');
  if (!ACCOUNT.test(account)) return undefined;
  const [first, last] = [rest[0] ?? '', rest.at(-1) ?? ''];
  const parts = nearestParts(kind, rest, { first, last });
  return parts.slice(1).every(part => IAM_NAME.test(part)) ? [account, ...parts].join('/') : undefined;
}

function nearestParts(
  kind: string,
  rest: string[],
  { first, last }: { first: string; last: string },
): string[] {
  switch (kind.toLowerCase()) {
    case 'root':
      return ['root'];
    case 'user':
      return ['user', ...(rest.length > 0 ? rest : [''])];
    case 'federated-user':
      return ['federated-user', last];
    case 'assumed-role':
      return ['role', first];
    case 'role':
      return ['role', last];
    default:
      return ['role', last || kind];
  }
}

function cannotBeIssued(name: string, issuer: string): string | undefined {
  const prefix = `${issuerName(issuer)}/`;
  const subject = name.slice(prefix.length);
  if (callerKey(name) === callerKey(`${prefix}${subject}`) && /^[^/\s]/.test(subject)) return undefined;
  const last = name.split('/').findLast(part => part !== '') ?? 'alice';
  return `is no caller, as tokens of ${issuer} are accepted here; write it like \`${prefix}${last}\``;
}
