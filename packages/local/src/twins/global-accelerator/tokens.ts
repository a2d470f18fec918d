// Idempotency tokens: a create that comes again with its token is answered as it was the first time, and
// nothing is made. How long that holds and what a mismatch says is undocumented: see the switches.
import type { Context } from '../cloud.ts';
import { invalidArgument } from './errors.ts';
import type { Done } from './operation.ts';
import type { State } from './state.ts';
import { tokenAfterDelete, tokenMismatch, tokenSeconds } from './switches.ts';

/** `create` makes the object, and tells its ARN. */
export function createOnce(
  state: State,
  asked: { operation: string; request: { IdempotencyToken: string } },
  context: Context,
  create: () => { arn: string; answer: unknown },
): Done {
  if (context.forgetsTokens) return { answer: create().answer, changed: true };

  const { IdempotencyToken: token, ...parameters } = asked.request;
  // Its reader has put the members in one order, so equal requests give equal texts.
  const request = JSON.stringify(parameters);
  const { operation } = asked;
  state.tokens = state.tokens.filter(({ expiresAt }) => expiresAt > context.now);

  const known = state.tokens.find(record => record.operation === operation && record.token === token);
  const isReplay = known && (context.setting(tokenAfterDelete) === 'replay' || exists(state, known.arn));
  if (isReplay) {
    if (known.request !== request && context.setting(tokenMismatch) === 'InvalidArgument') {
      throw invalidArgument(`The idempotency token ${token} was used with other parameters`);
    }
    return { answer: known.answer, changed: false };
  }

  const { arn, answer } = create();
  const expiresAt = context.now + context.scaled(context.setting(tokenSeconds));
  state.tokens = state.tokens.filter(record => record !== known);
  state.tokens.push({ operation, token, request, answer, arn, expiresAt });
  return { answer, changed: true };
}

function exists(state: State, arn: string): boolean {
  return (
    state.listeners.some(({ ListenerArn }) => ListenerArn === arn) ||
    state.groups.some(({ EndpointGroupArn }) => EndpointGroupArn === arn)
  );
}
