/** One run of the state machine for a job: an execution's input. */
export interface Run {
  jobId: string;
  attempt: number;
}
