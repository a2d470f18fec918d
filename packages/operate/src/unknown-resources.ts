// Resources in the clouds that Gatehouse made and the inventory does not know: what a table restored to an earlier state has lost.
// Only target groups of VPC Lattice can carry a mark of their entry point. Of other resources, the log of events has the jobs
// that made them.
import {
  ListTagsForResourceCommand,
  paginateListTargetGroups,
  VPCLatticeClient,
} from '@aws-sdk/client-vpc-lattice';
import type { EntryPoint } from '@gatehouse/client';
import { ENTRY_POINT_TAG, JOB_TAG } from '@gatehouse/core/request/aws/own-tags';

export interface Unknown {
  id: string;
  entryPoint: string;
  job: string;
}

/** The marked target groups of these regions that are in no inventory item. */
export async function unknownTargetGroups(
  regions: readonly string[],
  owned: readonly EntryPoint[],
): Promise<Unknown[]> {
  const known = new Set(owned.flatMap(({ resources }) => resources.map(({ id }) => id)));
  const found: Unknown[] = [];
  for (const region of regions) {
    const client = new VPCLatticeClient({ region });
    for await (const { items = [] } of paginateListTargetGroups({ client, pageSize: 100 }, {})) {
      for (const { arn = '' } of items.filter(group => !known.has(group.arn ?? ''))) {
        const { tags = {} } = await client.send(new ListTagsForResourceCommand({ resourceArn: arn }));
        const entryPoint = tags[ENTRY_POINT_TAG];
        if (entryPoint) found.push({ id: arn, entryPoint, job: tags[JOB_TAG] ?? 'an unknown job' });
      }
    }
  }
  return found;
}
