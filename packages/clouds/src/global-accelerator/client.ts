// The client of AWS Global Accelerator. The API is in us-west-2 only and the SDK does not redirect: any other region ends in
// ENOTFOUND, which would be retried as a transient error.
import {
  type EndpointGroup,
  GlobalAcceleratorClient,
  type GlobalAcceleratorClientConfig,
  ListEndpointGroupsCommand,
  type Listener,
  ListListenersCommand,
} from '@aws-sdk/client-global-accelerator';
import { awsCall, STEP_CLIENT } from '../aws-call.ts';
import type { ErrorTable } from '../errors.ts';
import { allPages } from '../pages.ts';
import { ERRORS, NOT_ACTIVE_YET } from './errors.ts';

const REGION = 'us-west-2';
const PAGE_SIZE = 100;

export function globalAcceleratorClient(
  config: Pick<GlobalAcceleratorClientConfig, 'requestHandler' | 'credentials'> = {},
): GlobalAcceleratorClient {
  return new GlobalAcceleratorClient({ region: REGION, ...STEP_CLIENT, ...config });
}

/** Sends one call; `also` has error codes that are specific to this call. */
export function call<T>(operation: string, send: () => Promise<T>, also: ErrorTable = {}): Promise<T> {
  return awsCall({ service: 'globalaccelerator', operation, errors: { ...ERRORS, ...also } }, send);
}

/** Sends a call that adds endpoints. A load balancer that is still being created is refused, for minutes. */
export function callWithEndpoints<T>(operation: string, send: () => Promise<T>): Promise<T> {
  const api = { service: 'globalaccelerator', operation, errors: ERRORS, transientText: NOT_ACTIVE_YET };
  return awsCall(api, send);
}

/** All listeners of an accelerator, on all pages. */
export function allListeners(client: GlobalAcceleratorClient, acceleratorArn: string): Promise<Listener[]> {
  return allPages({
    operation: 'ListListeners',
    async page(NextToken) {
      const input = { AcceleratorArn: acceleratorArn, MaxResults: PAGE_SIZE, NextToken };
      const { Listeners: items, NextToken: next } = await call('ListListeners', () =>
        client.send(new ListListenersCommand(input)),
      );
      return { items, next };
    },
  });
}

export function allEndpointGroups(
  client: GlobalAcceleratorClient,
  listenerArn: string,
): Promise<EndpointGroup[]> {
  return allPages({
    operation: 'ListEndpointGroups',
    async page(NextToken) {
      const input = { ListenerArn: listenerArn, MaxResults: PAGE_SIZE, NextToken };
      const { EndpointGroups: items, NextToken: next } = await call('ListEndpointGroups', () =>
        client.send(new ListEndpointGroupsCommand(input)),
      );
      return { items, next };
    },
  });
}
