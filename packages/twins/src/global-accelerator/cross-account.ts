// What other accounts share with this one through their cross-account attachments. A client may ask for any account,
// its own included, which shares nothing with itself.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { type Page, pageOf } from './pages.ts';
import { endpointTargets } from './seed.ts';
import type { State } from './state.ts';

export function listCrossAccountResources(
  _state: State,
  request: Page & { ResourceOwnerAwsAccountId: string },
  context: Context,
): Done {
  const owner = request.ResourceOwnerAwsAccountId;
  const shared = endpointTargets.flatMap(({ id: EndpointId, attachmentArn: AttachmentArn }) =>
    AttachmentArn?.split(':')[4] === owner ? [{ EndpointId, AttachmentArn }] : [],
  );
  const list = {
    of: `resources of ${owner}`,
    arnOf: (item: { EndpointId: string }) => item.EndpointId,
    context,
  };
  const { items, ...next } = pageOf(shared, request, list);
  return { answer: { CrossAccountResources: items, ...next }, changed: false };
}
