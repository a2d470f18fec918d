// The answer to a client token that was used with other parameters. AWS does not document which error it is.
import type { Context } from '../shared/cloud.ts';
import { InputError } from '../shared/input.ts';
import { conflict, type ResourceType } from './errors.ts';
import { tokenMismatch } from './switches.ts';

export function refuseOtherParameters(
  resource: { id: string; type: ResourceType },
  token: string,
  context: Context,
): void {
  if (context.setting(tokenMismatch) === 'Validation') {
    throw new InputError('constraint', 'clientToken', 'not be used again with other parameters');
  }
  const message = `The client token ${token} was used with other parameters`;
  throw conflict(message, { resourceId: resource.id, resourceType: resource.type });
}
