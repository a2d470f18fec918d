// The ports of the functions that walk steps. Each function names its resource kind, and loads no client of another
// cloud.
import type { StepPorts } from '@gatehouse/core/ports/ports';
import type { Resources } from '@gatehouse/core/record/resources';
import { once } from './once.ts';
import { tablePorts } from './table-ports.ts';

export function withResources(make: () => Resources): () => StepPorts {
  return once(() => ({ ...tablePorts(), ...resourcePort(make()) }));
}

export function resourcePort(resources: Resources): Pick<StepPorts, 'resource'> {
  return {
    resource(kind) {
      const found = resources[kind];
      if (!found) throw new Error(`this function has no ${kind}`);
      return found;
    },
  };
}
