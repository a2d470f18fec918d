// An operation: reads its request, then runs against the state at one moment. It checks everything before
// it changes anything, so an error leaves the state as it was.
import type { Context } from '../cloud.ts';
import type { Reader } from '../input.ts';
import type { State } from './state.ts';

export interface Done {
  /** The response's members; undefined for an operation without output. */
  answer: unknown;
  /** Something configured is different now. */
  changed: boolean;
}

export type Operation = (state: State, request: unknown, context: Context) => Done;

export function operation<Request>(
  read: Reader<Request>,
  run: (state: State, request: Request, context: Context) => Done,
): Operation {
  return (state, request, context) => run(state, read(request, ''), context);
}
