// The ports of the functions that touch a cloud.
import {
  globalAcceleratorClient,
  globalAcceleratorResources,
  preflight,
} from '@gatehouse/clouds/global-accelerator';
import type { CloudPorts } from '@gatehouse/core/ports';
import { ports } from './ports.ts';

let made: CloudPorts | undefined;

export function cloudPorts(): CloudPorts {
  made ??= makeCloudPorts();
  return made;
}

function makeCloudPorts(): CloudPorts {
  const client = globalAcceleratorClient();
  const resources = globalAcceleratorResources(client);
  return {
    ...ports(),
    resource: kind => resources[kind],
    preflight: request => preflight(client, request),
  };
}
