// Idempotency tokens: a create that comes again with its token makes nothing. What it is answered, and for
// how long that holds, each cloud says for itself.
import type { Context } from './cloud.ts';
import type { Done } from './operation.ts';

/** The answer once given under an idempotency token. */
export interface TokenRecord {
  operation: string;
  token: string;
  request: string;
  answer: unknown;
  arn: string;
  expiresAt: number;
}

export interface Creation {
  operation: string;
  token: string;
  /** As its reader has put it, members in one order, so that equal requests give equal texts. */
  parameters: unknown;
  /** How long the token is remembered, in seconds of the real cloud. */
  tokenSeconds: number;
  /** What a known token is answered; undefined where it holds no longer. `isEqual`: with equal parameters. */
  again(known: TokenRecord, isEqual: boolean): Done | undefined;
  /** Makes the object, and tells its ARN. `changed`: where it may have changed nothing. */
  create(): { arn: string; answer: unknown; changed?: boolean };
}

export function createOnce(state: { tokens: TokenRecord[] }, asked: Creation, context: Context): Done {
  if (context.forgetsTokens) {
    const { answer, changed = true } = asked.create();
    return { answer, changed };
  }

  const { operation, token } = asked;
  const request = JSON.stringify(asked.parameters);
  state.tokens = state.tokens.filter(({ expiresAt }) => expiresAt > context.now);

  const known = state.tokens.find(record => record.operation === operation && record.token === token);
  const again = known && asked.again(known, known.request === request);
  if (again) return again;

  const { arn, answer, changed = true } = asked.create();
  const expiresAt = context.now + context.scaled(asked.tokenSeconds);
  state.tokens = state.tokens.filter(record => record !== known);
  state.tokens.push({ operation, token, request, answer, arn, expiresAt });
  return { answer, changed };
}
