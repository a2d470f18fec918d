// Idempotency tokens in Global Accelerator. It is undocumented how long one is valid, which error a mismatch gets, and
// how the token of a deleted object is treated: see the switches.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { createOnce } from '../shared/tokens.ts';
import { invalidArgument } from './errors.ts';
import type { State } from './state.ts';
import { emptyToken, tokenAfterDelete, tokenMismatch, tokenSeconds } from './switches.ts';

/** `create` makes the object and returns its ARN. */
export function createUnderToken(
  state: State,
  requested: { operation: string; request: { IdempotencyToken: string } },
  context: Context,
  create: () => { arn: string; answer: unknown },
): Done {
  const { IdempotencyToken: token, ...parameters } = requested.request;
  if (token === '' && context.setting(emptyToken) === 'none') {
    return { answer: create().answer, changed: true };
  }
  return createOnce(
    state,
    {
      operation: requested.operation,
      token,
      parameters,
      tokenSeconds: context.setting(tokenSeconds),
      again(known, isEqual) {
        if (context.setting(tokenAfterDelete) === 'create' && !exists(state, known.arn)) return undefined;
        if (!isEqual && context.setting(tokenMismatch) === 'InvalidArgument') {
          throw invalidArgument(`The idempotency token ${token} was used with other parameters`);
        }
        return { answer: known.answer, changed: false };
      },
      create,
    },
    context,
  );
}

function exists(state: State, arn: string): boolean {
  return (
    state.listeners.some(({ ListenerArn }) => ListenerArn === arn) ||
    state.groups.some(({ EndpointGroupArn }) => EndpointGroupArn === arn)
  );
}
