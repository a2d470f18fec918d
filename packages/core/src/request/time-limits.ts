// How long a job may run and wait, in seconds. In a file without a schema, because the step functions read these numbers
// and their bundles carry no schema library.

/** Six hours. */
export const MAX_DEADLINE_SECONDS = 21_600;
/** A day. */
export const USUAL_QUEUE_SECONDS = 86_400;
/** A week. */
export const MAX_QUEUE_SECONDS = 604_800;
