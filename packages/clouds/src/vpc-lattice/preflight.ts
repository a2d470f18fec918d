// Checks that need a read of the region: the name of a target group is free or belongs to the entry point. The cloud checks
// everything else when the group is created, without changing anything.
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { orAdopt } from '../or-adopt.ts';
import { type LatticeClients, targetGroupNamed } from './client.ts';

/** The default region, and the cloud ids of the resources that the entry point owns. */
export interface Here {
  region: string;
  ours: readonly string[];
}

export async function preflight(
  clients: LatticeClients,
  request: AwsRequest,
  { region, ours }: Here,
): Promise<Finding[]> {
  const found = await Promise.all(
    request.targetGroups.map(async (group, index): Promise<Finding[]> => {
      const existing = await targetGroupNamed(clients(group.region ?? region), group.name);
      if (!existing || ours.includes(existing.arn ?? '')) return [];
      const detail = `the name ${group.name} is taken by ${existing.arn} (${existing.status}); choose another name${orAdopt(request.options)}`;
      return [{ pointer: `/targetGroups/${index}/name`, code: 'AlreadyExists', detail }];
    }),
  );
  return found.flat();
}
