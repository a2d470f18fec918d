// Idempotency tokens: a repeated create with its token makes nothing. Each cloud defines the answer, and how long the
// token is valid.
import type { Context } from './cloud.ts';
import type { Done } from './operation.ts';

/** The first answer under an idempotency token. */
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
  /** The members in the reader's order, so that equal requests give equal texts. */
  parameters: unknown;
  /** How long the token is kept, in seconds of the real cloud. */
  tokenSeconds: number;
  /** The answer for a known token; undefined if the token is no longer valid. `isEqual`: with equal parameters. */
  again(known: TokenRecord, isEqual: boolean): Done | undefined;
  /** Makes the object and returns its ARN. `changed`: set if it may have changed nothing. */
  create(): { arn: string; answer: unknown; changed?: boolean };
}

export function createOnce(state: { tokens: TokenRecord[] }, requested: Creation, context: Context): Done {
  if (context.forgetsTokens) {
    const { answer, changed = true } = requested.create();
    return { answer, changed };
  }

  const { operation, token } = requested;
  const request = JSON.stringify(requested.parameters);
  state.tokens = state.tokens.filter(({ expiresAt }) => expiresAt > context.now);

  const known = state.tokens.find(record => record.operation === operation && record.token === token);
  const again = known && requested.again(known, known.request === request);
  if (again) return again;

  const { arn, answer, changed = true } = requested.create();
  const expiresAt = context.now + context.scaled(requested.tokenSeconds);
  state.tokens = state.tokens.filter(record => record !== known);
  state.tokens.push({ operation, token, request, answer, arn, expiresAt });
  return { answer, changed };
}
