// VPC Lattice is regional: one client per region, created on first use. Also the list calls that the resources share.
import {
  paginateListTargetGroups,
  paginateListTargets,
  type TargetGroupSummary,
  type TargetSummary,
  VPCLatticeClient,
  type VPCLatticeClientConfig,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/ports/errors';
import { awsCall, STEP_CLIENT } from '../aws-call.ts';
import type { ErrorTable } from '../errors.ts';
import { ERRORS } from './errors.ts';

export type LatticeClients = (region: string) => VPCLatticeClient;

export function vpcLatticeClients(
  config: Pick<VPCLatticeClientConfig, 'requestHandler' | 'credentials'> = {},
): LatticeClients {
  const clients = new Map<string, VPCLatticeClient>();
  return region => {
    const client = clients.get(region) ?? new VPCLatticeClient({ region, ...STEP_CLIENT, ...config });
    clients.set(region, client);
    return client;
  };
}

export function call<T>(operation: string, send: () => Promise<T>, also: ErrorTable = {}): Promise<T> {
  return awsCall({ service: 'vpc-lattice', operation, errors: { ...ERRORS, ...also } }, send);
}

/** The API has no filter by name, so all pages are searched. A name is unique in its account and region. */
export function targetGroupNamed(
  client: VPCLatticeClient,
  name: string,
): Promise<TargetGroupSummary | undefined> {
  return call('ListTargetGroups', async () => {
    for await (const { items } of paginateListTargetGroups({ client, pageSize: 100 }, {})) {
      const found = items?.find(group => group.name === name);
      if (found) return found;
    }
    return undefined;
  });
}

export function allTargetGroups(client: VPCLatticeClient): Promise<TargetGroupSummary[]> {
  return call('ListTargetGroups', async () => {
    const groups: TargetGroupSummary[] = [];
    for await (const { items } of paginateListTargetGroups({ client, pageSize: 100 }, {})) {
      groups.push(...(items ?? []));
    }
    return groups;
  });
}

/** All pages, draining targets included. */
export async function allTargets(client: VPCLatticeClient, targetGroupArn: string): Promise<TargetSummary[]> {
  const input = { targetGroupIdentifier: identifier(targetGroupArn) };
  return call('ListTargets', async () => {
    const targets: TargetSummary[] = [];
    for await (const { items } of paginateListTargets({ client, pageSize: 100 }, input)) {
      targets.push(...(items ?? []));
    }
    return targets;
  });
}

/** A blank id would address the collection of all target groups. */
export function identifier(id: string): string {
  if (id === '') throw new TerminalError('InternalFailure', 'a target group has a blank id');
  return id;
}
