// What only a look at the region shows: the name of a target group is free. Everything else of a target group the
// cloud itself refuses at its create, which changes nothing.
import type { Finding } from '@gatehouse/core/ports';
import type { Request } from '@gatehouse/core/request';
import { type LatticeClients, targetGroupNamed } from './client.ts';

export async function preflight(
  clients: LatticeClients,
  request: Request,
  region: string,
): Promise<Finding[]> {
  const found = await Promise.all(
    request.targetGroups.map(async (group, index): Promise<Finding[]> => {
      const standing = await targetGroupNamed(clients(group.region ?? region), group.name);
      if (!standing) return [];
      const detail = `the name ${group.name} is taken by ${standing.arn} (${standing.status}); choose one that is free`;
      return [{ pointer: `/targetGroups/${index}/name`, code: 'AlreadyExists', detail }];
    }),
  );
  return found.flat();
}
