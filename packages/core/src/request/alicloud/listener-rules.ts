// Rules that combine members of a listener of Alibaba Cloud. A part is undefined or null if it is omitted or not valid: rules
// that need it are skipped.
// Sources: docs/clouds/alicloud-global-accelerator.md, listeners and additional certificates.

import { Repeats } from '../../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { type PortRange, portRangeIssues } from '../port-rules.ts';
import type { AlicloudLimits, Protocol } from './limits.ts';

export interface ListenerToCheck {
  name?: string | undefined;
  protocol?: Protocol | undefined;
  portRanges?: (PortRange | undefined)[] | undefined;
  /** Null if it is given but not valid. */
  certificates?: unknown[] | null | undefined;
  additionalCertificates?: ({ domain?: string | undefined } | undefined)[] | null | undefined;
  securityPolicyId?: unknown;
  httpVersion?: unknown;
  idleTimeout?: number | null | undefined;
  requestTimeout?: unknown;
  xForwardedForConfig?: unknown;
}

type Path = readonly PropertyKey[];

/** Reserved for tunnels of the cloud (PortRangeIllegal.UDP). */
const RESERVED_UDP_PORTS = [250, 4789, 4790];

const IDLE_SECONDS: Record<Protocol, [from: number, to: number]> = {
  TCP: [10, 900],
  UDP: [10, 20],
  HTTP: [1, 60],
  HTTPS: [1, 60],
};

/** Members that are limited to some protocols. */
const OF_HTTPS = ['securityPolicyId', 'httpVersion'] as const;
const OF_HTTP = ['requestTimeout', 'xForwardedForConfig'] as const;

export function speaksHttp(protocol: Protocol | undefined): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

export function listenerIssues(listener: ListenerToCheck, limits: AlicloudLimits): ValidationIssue[] {
  const { portRanges = [], protocol } = listener;
  return [
    ...nameIssues(listener.name, ['listener', 'name'], limits),
    ...portRangeIssues(portRanges, ['listener', 'portRanges']),
    ...(protocol ? portIssues(portRanges, protocol, limits) : []),
    ...(protocol ? certificateIssues(listener, protocol) : []),
    ...(protocol ? memberIssues(listener, protocol) : []),
    ...domainIssues(listener),
  ];
}

/** The limits of a name that depend on the profile. */
export function nameIssues(name: string | undefined, path: Path, { name: rule, source }: AlicloudLimits) {
  if (name === undefined || (name.length >= rule.from && rule.pattern.test(name))) return [];
  const detail = `must be ${rule.from} to 128 characters: a letter, then letters, digits, ${rule.characters}, according to ${source}, not "${name}"`;
  return issue(path, detail);
}

function portIssues(
  portRanges: (PortRange | undefined)[],
  protocol: Protocol,
  limits: AlicloudLimits,
): ValidationIssue[] {
  const path = ['listener', 'portRanges'];
  const known = portRanges.flatMap(range => (range && range.fromPort <= range.toPort ? [range] : []));
  const ports = portCount(known);
  if (speaksHttp(protocol)) {
    if (known.length < portRanges.length || ports === 1 || ports === 0) return [];
    return issue(path, `have ${ports} ports; a listener of ${protocol} has exactly one`);
  }
  return [
    ...(ports > limits.portsPerListener ? largeIssues({ known, ports, protocol }, limits) : []),
    ...(protocol === 'UDP' ? reservedIssues(portRanges) : []),
  ];
}

export function portCount(portRanges: readonly PortRange[]): number {
  return portRanges.reduce((sum, { fromPort, toPort }) => sum + toPort - fromPort + 1, 0);
}

function largeIssues(
  { known, ports, protocol }: { known: PortRange[]; ports: number; protocol: Protocol },
  { portsPerListener, largeListener: large }: AlicloudLimits,
): ValidationIssue[] {
  const fits = ports >= large.from && ports <= large.to && known.length === 1;
  if (fits && protocol === large.protocol) return [];
  const detail = `have ${ports} ports; a listener has at most ${portsPerListener}, or, for ${large.protocol} if the vendor allows it, a single range of ${large.from} to ${large.to}`;
  return issue(['listener', 'portRanges'], detail);
}

function reservedIssues(portRanges: (PortRange | undefined)[]): ValidationIssue[] {
  return portRanges.flatMap((range, index) => {
    const taken = RESERVED_UDP_PORTS.filter(
      port => range && range.fromPort <= port && port <= range.toPort,
    ).join(', ');
    if (taken === '') return [];
    const detail = `contains UDP port ${taken}, which is reserved by the cloud (${RESERVED_UDP_PORTS.join(', ')}); exclude it`;
    return issue(['listener', 'portRanges', index], detail);
  });
}

function certificateIssues(listener: ListenerToCheck, protocol: Protocol): ValidationIssue[] {
  const { certificates = [], additionalCertificates = [] } = listener;
  if (protocol === 'HTTPS') {
    if (certificates === null || certificates.length > 0) return [];
    const detail = 'is missing; a listener of HTTPS has exactly one certificate';
    return issue(['listener', 'certificates'], detail);
  }
  const detail = `must be omitted: a listener of ${protocol} has no certificate, only a listener of HTTPS has one`;
  return [
    ...(certificates?.length ? issue(['listener', 'certificates'], detail) : []),
    ...(additionalCertificates?.length ? issue(['listener', 'additionalCertificates'], detail) : []),
  ];
}

function memberIssues(listener: ListenerToCheck, protocol: Protocol): ValidationIssue[] {
  const [from, to] = IDLE_SECONDS[protocol];
  const { idleTimeout } = listener;
  const wrong = typeof idleTimeout === 'number' && (idleTimeout < from || idleTimeout > to);
  const refused = [
    ...(protocol === 'HTTPS' ? [] : OF_HTTPS.map(name => ({ name, of: 'HTTPS' }))),
    ...(speaksHttp(protocol) ? [] : OF_HTTP.map(name => ({ name, of: 'HTTP or HTTPS' }))),
  ];
  return [
    ...(wrong
      ? issue(
          ['listener', 'idleTimeout'],
          `must be a whole number from ${from} to ${to} for ${protocol}, not ${idleTimeout}`,
        )
      : []),
    ...refused
      .filter(({ name }) => listener[name] !== undefined)
      .flatMap(({ name, of }) =>
        issue(['listener', name], `must be omitted for ${protocol}: it is for ${of} only`),
      ),
  ];
}

function domainIssues({ additionalCertificates }: ListenerToCheck): ValidationIssue[] {
  const domains = new Repeats();
  return (additionalCertificates ?? []).flatMap((each, index) =>
    domains.find(
      each?.domain?.toLowerCase(),
      ['listener', 'additionalCertificates', index, 'domain'],
      'a listener has one additional certificate per domain',
    ),
  );
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
