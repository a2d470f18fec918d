// What is configured, for a picture of the account, and nothing that is only shown.
import type { State } from './state.ts';

export function resourcesOf(state: State): unknown {
  return {
    LoadBalancers: state.loadBalancers.map(loadBalancer => {
      const { region, LoadBalancerName, ListenerDescriptions, policies } = loadBalancer;
      return {
        Region: region,
        LoadBalancerName,
        Listeners: ListenerDescriptions.map(({ Listener, PolicyNames }) => ({ ...Listener, PolicyNames })),
        Policies: policies,
      };
    }),
  };
}
