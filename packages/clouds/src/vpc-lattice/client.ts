// VPC Lattice is regional: one client per region, created on first use. Also the list calls that the resources share.
import {
  ListTargetGroupsCommand,
  ListTargetsCommand,
  type TargetGroupSummary,
  type TargetSummary,
  VPCLatticeClient,
  type VPCLatticeClientConfig,
} from '@aws-sdk/client-vpc-lattice';
import { TerminalError } from '@gatehouse/core/ports/errors';
import { awsCall, STEP_CLIENT } from '../aws-call.ts';
import type { ErrorTable } from '../errors.ts';
import { allPages } from '../pages.ts';
import { ERRORS } from './errors.ts';

const PAGE_SIZE = 100;

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
export async function targetGroupNamed(
  client: VPCLatticeClient,
  name: string,
): Promise<TargetGroupSummary | undefined> {
  const isNamed = (group: TargetGroupSummary) => group.name === name;
  return (await targetGroups(client, isNamed)).find(isNamed);
}

export function allTargetGroups(client: VPCLatticeClient): Promise<TargetGroupSummary[]> {
  return targetGroups(client, () => false);
}

function targetGroups(
  client: VPCLatticeClient,
  isLast: (group: TargetGroupSummary) => boolean,
): Promise<TargetGroupSummary[]> {
  return allPages({
    operation: 'ListTargetGroups',
    isLast,
    async page(nextToken) {
      const command = new ListTargetGroupsCommand({ maxResults: PAGE_SIZE, nextToken });
      const { items, nextToken: next } = await call('ListTargetGroups', () => client.send(command));
      return { items, next };
    },
  });
}

/** All pages, draining targets included. */
export async function allTargets(client: VPCLatticeClient, targetGroupArn: string): Promise<TargetSummary[]> {
  const input = { targetGroupIdentifier: identifier(targetGroupArn), maxResults: PAGE_SIZE };
  return allPages({
    operation: 'ListTargets',
    async page(nextToken) {
      const command = new ListTargetsCommand({ ...input, nextToken });
      const { items, nextToken: next } = await call('ListTargets', () => client.send(command));
      return { items, next };
    },
  });
}

/** A blank id would address the collection of all target groups. */
export function identifier(id: string): string {
  if (id === '') throw new TerminalError('InternalFailure', 'a target group has a blank id');
  return id;
}
