// The ports of the functions that walk steps. Each says which cloud API it needs, and loads no other.
import type { CloudPorts } from '@gatehouse/core/ports';
import type { Resources } from '@gatehouse/core/resource';
import { ports } from './ports.ts';

/** Made once per Lambda instance. */
export function withResources(make: () => Resources): () => CloudPorts {
  let made: CloudPorts | undefined;
  return () => {
    made ??= { ...ports(), ...resourcePort(make()), preflight: none, warnings: none };
    return made;
  };
}

export function resourcePort(resources: Resources): Pick<CloudPorts, 'resource'> {
  return {
    resource(kind) {
      const found = resources[kind];
      if (!found) throw new Error(`this function has no ${kind}`);
      return found;
    },
  };
}

const none = () => {
  throw new Error('this function walks steps; Begin and plans look at the whole cloud');
};
