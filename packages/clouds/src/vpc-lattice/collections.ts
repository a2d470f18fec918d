// The bounded collections of VPC Lattice that a request takes part in: target groups of a region, targets of a target group. Both
// quotas can be raised; the numbers are the defaults of docs/clouds/vpc-lattice.md.
import { type Collection, collectionOf } from '@gatehouse/core/kinds/collections';
import { MAX_TARGETS } from '@gatehouse/core/request/aws/target-group-members';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { orAbsent } from '../cloud-call.ts';
import { allTargetGroups, allTargets, type LatticeClients } from './client.ts';
import type { Here } from './preflight.ts';

const GROUPS_PER_REGION = 500;

export async function latticeCollections(
  clients: LatticeClients,
  { targetGroups }: AwsRequest,
  { region, ours }: Here,
): Promise<Collection[]> {
  const regions = [...new Set(targetGroups.map(group => group.region ?? region))];
  const found = await Promise.all(
    regions.map(async where => {
      const existing = await allTargetGroups(clients(where));
      const wanted = targetGroups.filter(group => (group.region ?? region) === where);
      const owned = existing.filter(({ arn }) => ours.includes(arn ?? ''));
      const inGroups = await Promise.all(
        wanted.map(async ({ name }) => {
          const arn = owned.find(each => each.name === name)?.arn;
          const targets = arn === undefined ? [] : ((await orAbsent(allTargets(clients(where), arn))) ?? []);
          return {
            key: collectionOf.targets(where, name),
            of: `targets of ${name}`,
            now: targets.filter(({ status }) => status !== 'DRAINING').length,
            quota: MAX_TARGETS,
            cloud: 'AWS',
          };
        }),
      );
      const groups = {
        key: collectionOf.targetGroups(where),
        of: `target groups in ${where}`,
        now: existing.length,
        quota: GROUPS_PER_REGION,
        cloud: 'AWS',
      };
      return [groups, ...inGroups];
    }),
  );
  return found.flat();
}
