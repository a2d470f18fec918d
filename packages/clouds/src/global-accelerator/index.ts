// The entry module of this cloud API: its resources by kind, and its preflight.
import type { GlobalAcceleratorClient } from '@aws-sdk/client-global-accelerator';
import type { Resources } from '@gatehouse/core/record/resources';
import { acceleratorResource } from './accelerator.ts';
import { endpointGroupResource } from './endpoint-group.ts';
import { listenerResource } from './listener.ts';

export { globalAcceleratorClient } from './client.ts';
export { acceleratorCollections } from './collections.ts';
export { preflight } from './preflight.ts';
export { acceleratorWarnings } from './warnings.ts';

export function globalAcceleratorResources(client: GlobalAcceleratorClient): Resources {
  return {
    listener: listenerResource(client),
    endpointGroup: endpointGroupResource(client),
    accelerator: acceleratorResource(client),
  };
}
