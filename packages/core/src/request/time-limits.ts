// Time limits of a job, running and queued, in seconds. In a file without schemas, because the step functions use them and
// their bundles carry no schema library.

/** Six hours. */
export const MAX_DEADLINE_SECONDS = 21_600;
/** A day. */
export const DEFAULT_QUEUE_SECONDS = 86_400;
/** A week. */
export const MAX_QUEUE_SECONDS = 604_800;
