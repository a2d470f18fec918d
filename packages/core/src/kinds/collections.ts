// The bounded collections of the clouds, by key: which resources count in each is a trait of their kind, how many there are now
// is a read of the cloud.
import { foldedKeyOf } from './natural-key.ts';

/** By key of a collection: how many of its items a resource is, or has. */
export type Counts = Readonly<Record<string, number>>;

/** A collection as it is now, foreign items included. */
export interface Collection {
  key: string;
  /** The counted items, for messages: `listeners on accelerator arn:...`. */
  of: string;
  now: number;
  /** The bound that nobody raises. */
  most?: number;
  /** The request itself has the bound `most`, so that it needs no warning to come close to it. */
  isKnown?: true;
  /** The default of a quota that the cloud raises on demand. Only the default is known here. */
  quota?: number;
  /** Whose quota: `AWS`, `Alibaba Cloud`. */
  cloud: string;
}

export const collectionOf = {
  listeners: (accelerator: unknown) => `listeners/${accelerator}`,
  endpointGroups: (accelerator: unknown, type: unknown = 'default') => `${type}-groups/${accelerator}`,
  endpoints: (accelerator: unknown, group: unknown) => `endpoints/${accelerator}/${group}`,
  certificates: (accelerator: unknown) => `certificates/${accelerator}`,
  rules: (accelerator: unknown) => `rules/${accelerator}`,
  conditionValues: (accelerator: unknown) => `condition-values/${accelerator}`,
  targetGroups: (region: unknown) => `target-groups/${region}`,
  targets: (region: unknown, group: unknown) => `targets/${region}/${group}`,
  policies: (of: { region: string; loadBalancerName: string }) =>
    `policies/${foldedKeyOf(of, 'region', 'loadBalancerName')}`,
};

/** The values in all conditions of forwarding rules. */
export function valuesOf(rules: readonly { ruleConditions: readonly object[] }[]): number {
  return rules
    .flatMap(({ ruleConditions }) => ruleConditions)
    .flatMap(condition => [Reflect.get(condition, 'values') ?? []].flat()).length;
}
