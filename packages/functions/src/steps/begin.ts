import { begin } from '@gatehouse/core/begin';
import type { CloudPorts } from '@gatehouse/core/ports';
import { resourcePort } from '../cloud-ports.ts';
import { everyCloud } from '../every-cloud.ts';
import { lambda } from '../lambda.ts';
import { ports } from '../ports.ts';

let made: CloudPorts | undefined;

function clouds(): CloudPorts {
  made ??= beginPorts();
  return made;
}

function beginPorts(): CloudPorts {
  const { resources, ...looks } = everyCloud(ports().settings.region);
  return { ...ports(), ...resourcePort(resources), ...looks };
}

export const handler = lambda(clouds, begin);
