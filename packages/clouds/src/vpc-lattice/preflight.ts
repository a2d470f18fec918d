// What only a look at the region shows: the name of a target group is free, or its group is the entry point's own.
// Everything else of a target group the cloud itself refuses at its create, which changes nothing.
import type { Finding } from '@gatehouse/core/plan/cloud-ports';
import type { AwsRequest } from '@gatehouse/core/request/request';
import { type LatticeClients, targetGroupNamed } from './client.ts';

/** Where a part belongs that names no region, and the cloud ids of what the entry point owns already. */
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
      const standing = await targetGroupNamed(clients(group.region ?? region), group.name);
      if (!standing || ours.includes(standing.arn ?? '')) return [];
      const detail = `the name ${group.name} is taken by ${standing.arn} (${standing.status}); choose one that is free`;
      return [{ pointer: `/targetGroups/${index}/name`, code: 'AlreadyExists', detail }];
    }),
  );
  return found.flat();
}
