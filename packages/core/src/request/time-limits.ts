// Time limits of a job, running and queued, in seconds. In a file without schemas, because the step functions use them and
// their bundles carry no schema library.

/**
 * Twelve hours, the one number that every long time follows from: the deadlines, the limit of an execution, the number of retries.
 * The largest listener of Alibaba Cloud, whose changes come one after another, fits into it at its usual pace.
 */
export const MAX_DEADLINE_SECONDS = 43_200;
/** An hour. A job whose request names no deadline has this one, or a later one if its plan usually needs it. */
export const DEFAULT_DEADLINE_SECONDS = 3_600;
/** An hour. A rollback or a removal is stuck if none of its steps ends for so long. */
export const STALLED_SECONDS = 3_600;
/** A day. */
export const DEFAULT_QUEUE_SECONDS = 86_400;
/** A week. */
export const MAX_QUEUE_SECONDS = 604_800;
