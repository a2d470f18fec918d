// The ports of the functions that look at every cloud, and change none: Begin, a plan, a report of drift.
import type { CloudPorts } from '@gatehouse/core/ports';
import { resourcePort } from './cloud-ports.ts';
import { readAlicloud, readEnvironment } from './environment.ts';
import { everyCloud } from './every-cloud.ts';
import { ports } from './ports.ts';

let made: CloudPorts | undefined;

/** Made once per Lambda instance. */
export function lookingPorts(): CloudPorts {
  made ??= makePorts();
  return made;
}

function makePorts(): CloudPorts {
  const { resources, ...looks } = everyCloud(ports().settings.region, {
    config: readAlicloud(),
    profile: readEnvironment().alicloudLimits,
  });
  return { ...ports(), ...resourcePort(resources), ...looks };
}
