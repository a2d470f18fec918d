// The configured resources, for a snapshot of the account: every member that a caller set, also of resources in
// deletion, and nothing that time alone changes.
import type { Context } from '../shared/cloud.ts';
import { certificatesThere, type State, there } from './state.ts';

export function resourcesOf(state: State, context: Context): unknown {
  return {
    Accelerators: state.accelerators.map(
      ({ createdAt: _at, lockedBy: _by, change: _change, ...configured }) => configured,
    ),
    Listeners: there(state.listeners, context).map(
      ({ createdAt: _at, phase: _phase, ...configured }) => configured,
    ),
    EndpointGroups: there(state.groups, context).map(({ phase: _phase, ...configured }) => configured),
    ForwardingRules: there(state.rules, context).map(({ phase: _phase, ...configured }) => configured),
    AdditionalCertificates: certificatesThere(state, context).map(
      ({ phase: _phase, ...configured }) => configured,
    ),
  };
}
