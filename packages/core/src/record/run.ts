/** The input of an execution of the state machine: one attempt of a job. */
export interface Run {
  jobId: string;
  attempt: number;
}

/** How the executions of a job hand over to one another. */
export interface Handover {
  /** The attempt whose history is nearly full: its steps do nothing more. */
  ending?: number;
  /** The present attempt goes on where the one before it ended: in its phase, with the part that begins with this step. */
  attempt?: number;
  step?: string;
  /** The first of the attempts that have handed over to one another, up to the present one. */
  first?: number;
}
