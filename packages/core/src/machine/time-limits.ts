// The time limits of the functions, and every time that follows from them. The limit of a function is longer than its calls can
// take together (test/saga/time-limits.test.ts adds them up), and shorter than that of its Task.

/**
 * A call of a step. It begins no further move after a quarter of it (core/src/step/step.ts), so that one move with all its calls
 * fits into the rest.
 */
export const STEP_SECONDS = 120;

/** Begin reads everything that a plan depends on. */
export const BEGIN_SECONDS = 300;
/** Finish writes the inventory, the claims and the queues, item by item. */
export const FINISH_SECONDS = 300;
export const EVALUATE_SECONDS = 60;
export const RECORD_FAILURE_SECONDS = 60;

/** A Lambda must not run on after its Task has timed out. */
const TASK_MARGIN_SECONDS = 15;

export function taskSeconds(functionSeconds: number): number {
  return functionSeconds + TASK_MARGIN_SECONDS;
}

/** How late a call that its caller has given up can still take effect in a cloud. */
export const LATENESS_SECONDS = 60;

/** After an execution has died, its functions can run on for as long as a Task. The next attempt begins after that. */
export const ATTEMPT_GAP_SECONDS = taskSeconds(STEP_SECONDS);
