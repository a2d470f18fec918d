// The client of AWS Global Accelerator. The API is in us-west-2 only and the SDK does not redirect: any other region ends in
// ENOTFOUND, which would be retried as a transient error.
import {
  type EndpointGroup,
  GlobalAcceleratorClient,
  type GlobalAcceleratorClientConfig,
  type Listener,
  paginateListEndpointGroups,
  paginateListListeners,
} from '@aws-sdk/client-global-accelerator';
import { awsCall, STEP_CLIENT } from '../aws-call.ts';
import type { ErrorTable } from '../errors.ts';
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
  return awsCall(
    { service: 'globalaccelerator', operation, errors: { ...ERRORS, ...also }, heals: NOT_ACTIVE_YET },
    send,
  );
}

/** All listeners of an accelerator, on all pages. */
export function allListeners(client: GlobalAcceleratorClient, acceleratorArn: string): Promise<Listener[]> {
  return call('ListListeners', async () => {
    const pages = paginateListListeners({ client, pageSize: PAGE_SIZE }, { AcceleratorArn: acceleratorArn });
    const listeners: Listener[] = [];
    for await (const page of pages) listeners.push(...(page.Listeners ?? []));
    return listeners;
  });
}

export function allEndpointGroups(
  client: GlobalAcceleratorClient,
  listenerArn: string,
): Promise<EndpointGroup[]> {
  return call('ListEndpointGroups', async () => {
    const pages = paginateListEndpointGroups({ client, pageSize: PAGE_SIZE }, { ListenerArn: listenerArn });
    const groups: EndpointGroup[] = [];
    for await (const page of pages) groups.push(...(page.EndpointGroups ?? []));
    return groups;
  });
}
