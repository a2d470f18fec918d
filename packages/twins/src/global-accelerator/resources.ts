// The configured resources, for a snapshot of the account: every member that a caller set, AttachmentArn included, and
// nothing that time alone changes.
import type { State } from './state.ts';

export function resourcesOf(state: State): unknown {
  return {
    Accelerators: state.accelerators.map(accelerator => {
      const {
        createdAt: _createdAt,
        modified: _modified,
        stuckBy: _stuckBy,
        stale: _stale,
        ...configured
      } = accelerator;
      return configured;
    }),
    Listeners: state.listeners.map(({ hiddenReads: _hiddenReads, ...configured }) => configured),
    EndpointGroups: state.groups.map(({ hiddenReads: _hiddenReads, endpoints, ...configured }) => ({
      ...configured,
      EndpointConfigurations: endpoints.map(({ healthyAt: _healthyAt, ...endpoint }) => endpoint),
    })),
  };
}
