// An operation: reads its request, then runs against a cloud's state at one moment. It checks everything
// before it changes anything, so an error leaves the state as it was.
import type { Context } from './cloud.ts';
import type { Reader } from './input.ts';

export interface Done {
  /** The response's members; undefined for an operation without output. */
  answer: unknown;
  /** Whether a configured resource has changed. */
  changed: boolean;
}

export type Operation<State> = (state: State, request: unknown, context: Context) => Done;

export function operation<State, Request>(
  read: Reader<Request>,
  run: (state: State, request: Request, context: Context) => Done,
): Operation<State> {
  return (state, request, context) => run(state, read(request, ''), context);
}
