// What taking requests needs besides: the rules that an installation holds requests to.
import type { Ports, Settings } from '../ports/ports.ts';
import type { Access } from './access.ts';
import type { AlicloudProfile } from './alicloud/limits.ts';
import type { Cloud } from './clouds.ts';

/** And what those are told who take requests: what requests are held to. */
export interface RequestSettings extends Settings {
  /** Whose events may ask for an entry point: a source, the first part of one with a `*`, or `*` for all. */
  eventSources: readonly string[];
  /** Who may do what; without it, there are no administrators and no limits. */
  access?: Access;
  /** The clouds that new requests may be for; all of them without it. */
  clouds?: readonly Cloud[];
  /** The limits of Alibaba Cloud that a new request is held to; those of the vendor's guide without it. */
  alicloudLimits?: AlicloudProfile;
}

/** Who takes requests. */
export interface RequestPorts extends Ports {
  settings: RequestSettings;
}
