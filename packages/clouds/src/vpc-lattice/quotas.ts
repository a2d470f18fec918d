// Warnings about the quotas of VPC Lattice: target groups per region, targets per target group. Both can
// be raised: docs/clouds/vpc-lattice.md.
import type { AwsRequest } from '@gatehouse/core/request/request';
import { nearQuota } from '../quotas.ts';
import { allTargetGroups, type LatticeClients } from './client.ts';
import type { Here } from './preflight.ts';

const GROUPS_PER_REGION = 500;
const TARGETS_PER_GROUP = 1000;

export async function quotaWarnings(
  clients: LatticeClients,
  { targetGroups }: AwsRequest,
  { region, ours }: Here,
): Promise<string[]> {
  const regions = [...new Set(targetGroups.map(group => group.region ?? region))];
  const perRegion = await Promise.all(
    regions.map(async where => {
      const existing = await allTargetGroups(clients(where));
      const own = new Set(existing.filter(({ arn }) => ours.includes(arn ?? '')).map(({ name }) => name));
      const asked = targetGroups.filter(group => (group.region ?? region) === where);
      const more = asked.filter(({ name }) => !own.has(name)).length;
      const [now, most] = [existing.length, GROUPS_PER_REGION];
      return nearQuota({ of: `target groups in ${where}`, most, now, after: now + more });
    }),
  );
  const perGroup = targetGroups.flatMap(({ name, targets }) =>
    nearQuota({ of: `targets of ${name}`, most: TARGETS_PER_GROUP, now: 0, after: targets.length }),
  );
  return [...perRegion.flat(), ...perGroup];
}
