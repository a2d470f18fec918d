// The members of a listener besides its ports, by its protocol: the optional and the required ones, and their defaults.
import type { Context } from '../shared/cloud.ts';
import { lengthOf } from '../shared/input.ts';
import { gaError, illegal } from './errors.ts';
import { idleTimeoutSeconds, limitsOf, mostDescription, requestTimeoutSeconds } from './limits.ts';
import { isHttp } from './listener-ports.ts';
import type { Listener, Protocol } from './model.ts';
import type { ListenerSettings } from './requests.ts';
import { certificates } from './seed.ts';
import { httpListeners, omittedProtocol, primaryCertificates, udpAffinity } from './switches.ts';

type Settings = Omit<
  Listener,
  'ListenerId' | 'AcceleratorId' | 'PortRanges' | 'BackendPorts' | 'Type' | 'createdAt' | 'phase'
>;

/** The settings that result from the request and the existing settings: an update keeps the members that it omits. */
export function settingsOf(
  requested: ListenerSettings,
  before: Settings | undefined,
  context: Context,
): Settings {
  const Protocol = protocolOf(requested.Protocol, before?.Protocol, context);
  const kept = before?.Protocol === Protocol ? before : undefined;
  const Certificates = requested.Certificates?.map(({ Id }) => Id) ?? kept?.Certificates ?? [];
  refuseCertificates(Certificates, Protocol, context);
  const affinity = requested.ClientAffinity ?? before?.ClientAffinity;
  const affinityDropped = Protocol === 'UDP' && context.setting(udpAffinity) === 'ignore';

  return {
    Name: nameOf(requested.Name, context) ?? before?.Name ?? '',
    Description: descriptionOf(requested.Description) ?? before?.Description ?? '',
    Protocol,
    ClientAffinity: affinity === 'SOURCE_IP' && !affinityDropped ? 'SOURCE_IP' : 'NONE',
    Certificates,
    ProxyProtocol: requested.ProxyProtocol ?? before?.ProxyProtocol ?? false,
    IdleTimeout: idleTimeoutOf(requested.IdleTimeout ?? kept?.IdleTimeout, Protocol),
    ...httpSettingsOf(requested, kept, Protocol),
  };
}

/** An empty name clears it. */
export function nameOf(requested: string | undefined, context: Context): string | undefined {
  if (requested && !limitsOf(context).name.test(requested)) {
    throw illegal('Name', 'start with a letter and have letters, digits, _ and - in it');
  }
  return requested;
}

export function descriptionOf(requested: string | undefined): string | undefined {
  if (requested !== undefined && (lengthOf(requested) > mostDescription || /^https?:\/\//.test(requested))) {
    throw illegal('Description', `have at most ${mostDescription} characters and be no URL`);
  }
  return requested;
}

function protocolOf(requested: string | undefined, before: Protocol | undefined, context: Context): Protocol {
  if (requested === undefined && before) return before;
  if (requested === undefined && context.setting(omittedProtocol) === 'TCP') return 'TCP';
  const known = (['TCP', 'UDP', 'HTTP', 'HTTPS'] as const).find(each => each === requested?.toUpperCase());
  if (!known)
    throw gaError('ProtocalIllegal.Listener', `${requested ?? 'No protocol'} is none of a listener`);
  if (isHttp(known) && context.setting(httpListeners) === 'refused') {
    throw gaError('NoPermission.Protocol', `The account is not on the list for ${known} listeners`);
  }
  return known;
}

function refuseCertificates(ids: string[], protocol: Protocol, context: Context): void {
  const most = context.setting(primaryCertificates);
  if (protocol !== 'HTTPS' && ids.length > 0) throw illegal('Certificates', 'be absent except for HTTPS');
  if (protocol === 'HTTPS' && (ids.length === 0 || ids.length > most)) {
    throw illegal('Certificates', `have 1 to ${most} members for HTTPS`);
  }
  for (const id of ids) refuseUnknownCertificate(id);
}

export function refuseUnknownCertificate(id: string): void {
  if (!certificates.has(id)) throw gaError('NotExist.Certificate', `There is no certificate ${id}`);
}

function idleTimeoutOf(requested: number | undefined, protocol: Protocol): number {
  const { from, to, initial } = idleTimeoutSeconds[protocol];
  if (requested !== undefined && (requested < from || requested > to)) {
    throw illegal('IdleTimeout', `be from ${from} to ${to} for ${protocol}`);
  }
  return requested ?? initial;
}

function httpSettingsOf(requested: ListenerSettings, kept: Settings | undefined, protocol: Protocol) {
  const { SecurityPolicyId, HttpVersion, RequestTimeout, XForwardedForConfig } = requested;
  if (!isHttp(protocol) && (RequestTimeout !== undefined || XForwardedForConfig)) {
    throw illegal(RequestTimeout === undefined ? 'XForwardedForConfig' : 'RequestTimeout', 'be HTTP only');
  }
  if (protocol !== 'HTTPS' && (SecurityPolicyId || HttpVersion)) {
    throw illegal(SecurityPolicyId ? 'SecurityPolicyId' : 'HttpVersion', 'be absent except for HTTPS');
  }
  if (!isHttp(protocol)) return {};
  const forwarded = {
    XForwardedForGaIdEnabled: false,
    XForwardedForGaApEnabled: false,
    XForwardedForProtoEnabled: false,
    XForwardedForPortEnabled: false,
    XRealIpEnabled: false,
    ...kept?.XForwardedForConfig,
    ...XForwardedForConfig,
  };
  return {
    RequestTimeout: RequestTimeout ?? kept?.RequestTimeout ?? requestTimeoutSeconds.initial,
    XForwardedForConfig: forwarded,
    ...(protocol === 'HTTPS'
      ? {
          SecurityPolicyId: SecurityPolicyId ?? kept?.SecurityPolicyId ?? 'tls_cipher_policy_1_0',
          HttpVersion: HttpVersion ?? kept?.HttpVersion ?? 'http2',
        }
      : {}),
  };
}
