/** The input of an execution of the state machine: one attempt of a job. */
export interface Run {
  jobId: string;
  attempt: number;
}
