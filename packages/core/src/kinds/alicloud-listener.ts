// A listener of Alibaba Cloud Global Accelerator. It belongs to an instance that others own, and holds its certificates,
// endpoint groups and forwarding rules. An instance takes one change at a time.

import type { Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { AlicloudListenerSpec } from '../request/alicloud/listener.ts';
import { shownPorts } from '../request/port-rules.ts';
import { keyOf, portsKey } from './natural-key.ts';
import { defaultsOfOmitted } from './omitted.ts';
import type { KindTraits } from './traits.ts';
import { LISTENER, wanted } from './wanted.ts';

/** The lane of everything that an instance has, and the queue for it. */
export const instanceOf = ({ acceleratorId }: Members) => `instance/${acceleratorId}`;

export const alicloudListener: KindTraits = {
  cloud: 'alicloud',
  part: 'listener',
  steps: ({ listener: spec }) => (spec ? [stepOf(spec)] : []),
  naturalKey: desired => `${keyOf(desired, 'acceleratorId', 'protocol')}/${portsKey(desired['portRanges'])}`,
  queue: instanceOf,
  lane: instanceOf,
  oneAtATime: true,
  container: ({ acceleratorId }) => acceleratorId,
  resetOmitted: ({ desired }, owned) =>
    defaultsOfOmitted(defaultsOf(desired['protocol']), desired, owned.desired),
  omittedButRetained,
  foreignDependents: true,
  replacement: 'gap',
  usualSeconds: 30,
};

export function isHttp(protocol: unknown): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

/** Seconds, by protocol. */
const IDLE_TIMEOUT: Record<string, number> = { TCP: 900, UDP: 20, HTTP: 15, HTTPS: 15 };

function defaultsOf(protocol: unknown): Members {
  const http = {
    requestTimeout: 60,
    xForwardedForConfig: {
      xForwardedForGaIdEnabled: false,
      xForwardedForGaApEnabled: false,
      xForwardedForProtoEnabled: false,
      xForwardedForPortEnabled: false,
      xRealIpEnabled: false,
    },
  };
  return {
    // An empty text clears a text.
    name: '',
    description: '',
    idleTimeout: IDLE_TIMEOUT[String(protocol)],
    ...(isHttp(protocol) ? http : {}),
    ...(protocol === 'HTTPS' ? { httpVersion: 'http2' } : {}),
  };
}

function omittedButRetained({ desired }: Pick<Step, 'desired'>, owned: Owned): string[] {
  const isRetained = desired['protocol'] === 'HTTPS' && 'securityPolicyId' in owned.desired;
  return isRetained && desired['securityPolicyId'] === undefined ? ['securityPolicyId'] : [];
}

function stepOf({ additionalCertificates: _, ...spec }: AlicloudListenerSpec): Step {
  const title = `listener ${spec.protocol} ${spec.portRanges.map(shownPorts).join(', ')}`;
  return wanted('alicloudListener', { id: LISTENER, title, desired: spec, part: '/listener' });
}
