// Client tokens: a write that is repeated with its token gets the first answer and changes nothing, also while the
// first write is in progress. A refused call does not use its token up.
import type { Call, Context } from '../shared/cloud.ts';
import { isRecord } from '../shared/input.ts';
import type { Done } from '../shared/operation.ts';
import { createOnce } from '../shared/tokens.ts';
import { gaError } from './errors.ts';
import type { State } from './state.ts';
import { tokenAfterDelete, tokenMismatch, tokenScope, tokenSeconds } from './switches.ts';

export function once(state: State, call: Call, context: Context, write: () => Done): Done {
  const { ClientToken: token, ...parameters } = isRecord(call.request) ? call.request : {};
  if (typeof token !== 'string' || String(parameters['DryRun']).toLowerCase() === 'true') return write();
  const { operation, caller } = call;
  return createOnce(
    state,
    {
      operation: context.setting(tokenScope) === 'account' ? '' : `${caller?.accessKeyId ?? ''} ${operation}`,
      token,
      parameters: { operation, parameters },
      tokenSeconds: context.setting(tokenSeconds),
      again(known, isEqual) {
        const isGone = known.arn !== '' && !exists(state, known.arn);
        if (isGone && context.setting(tokenAfterDelete) === 'create') return undefined;
        if (!isEqual && context.setting(tokenMismatch) === 'IdempotentParameterMismatch') {
          throw gaError('IdempotentParameterMismatch', 'The token was used with other parameters');
        }
        return { answer: known.answer, changed: false };
      },
      create() {
        const { answer, changed } = write();
        return { arn: createdIn(answer), answer, changed };
      },
    },
    context,
  );
}

/** The id of the created resource; a write that creates nothing has none. */
function createdIn(answer: unknown): string {
  if (!isRecord(answer)) return '';
  const { ListenerId, EndpointGroupId, ForwardingRules } = answer;
  const [rule]: unknown[] = Array.isArray(ForwardingRules) ? ForwardingRules : [];
  const id = ListenerId ?? EndpointGroupId ?? (isRecord(rule) ? rule['ForwardingRuleId'] : undefined);
  return typeof id === 'string' ? id : '';
}

function exists(state: State, id: string): boolean {
  return (
    state.listeners.some(({ ListenerId }) => ListenerId === id) ||
    state.groups.some(({ EndpointGroupId }) => EndpointGroupId === id) ||
    state.rules.some(({ ForwardingRuleId }) => ForwardingRuleId === id)
  );
}
