// Additional ports for accepting requests: the settings that an installation checks requests against.
import type { Ports, Settings } from '../ports/ports.ts';
import type { Access } from './access.ts';
import type { AlicloudProfile } from './alicloud/limits.ts';
import type { Cloud } from './clouds.ts';

/** The settings that new requests are checked against. */
export interface RequestSettings extends Settings {
  /** Event sources that may request entry points: a source, a prefix with a trailing `*`, or `*` for all. */
  eventSources: readonly string[];
  /** The access rules; without them there are no administrators and no limits. */
  access?: Access;
  /** The clouds enabled for new requests; by default all. */
  clouds?: readonly Cloud[];
  /** The profile of Alibaba Cloud limits for new requests; by default that of the vendor's guide. */
  alicloudLimits?: AlicloudProfile;
}

/** The ports of functions that accept requests. */
export interface RequestPorts extends Ports {
  settings: RequestSettings;
}
