// The configured resources, for a snapshot of the account, without members that are only shown.
import type { State } from './state.ts';

export function resourcesOf(state: State): unknown {
  return {
    LoadBalancers: state.loadBalancers.map(loadBalancer => {
      const { region, LoadBalancerName, ListenerDescriptions, policies, backends = [] } = loadBalancer;
      return {
        Region: region,
        LoadBalancerName,
        Listeners: ListenerDescriptions.map(({ Listener, PolicyNames }) => ({ ...Listener, PolicyNames })),
        Policies: policies,
        ...(backends.length > 0 ? { Backends: backends } : {}),
      };
    }),
  };
}
