// One execution in the host's records (dates in epoch milliseconds, data as JSON text, as AWS returns them), and the
// detail of the EventBridge event for its change of status.

export type ExecutionStatus = 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'TIMED_OUT' | 'ABORTED';

export interface Closing {
  status: Exclude<ExecutionStatus, 'RUNNING'>;
  output?: string;
  error?: string;
  cause?: string;
}

/** The members that lists need; kept in memory for every execution. */
export interface ExecutionSummary {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  /** The order of starts, also over restarts: two starts can share a millisecond. */
  sequence: number;
  status: ExecutionStatus;
  startDate: number;
  stopDate?: number;
}

export interface ExecutionRecord extends ExecutionSummary {
  input: string;
  output?: string;
  error?: string;
  cause?: string;
}

/** `detail` of "Step Functions Execution Status Change"; absent values are null, as on AWS. */
export interface ExecutionStatusEvent {
  executionArn: string;
  stateMachineArn: string;
  name: string;
  status: ExecutionStatus;
  startDate: number;
  stopDate: number | null;
  input: string | null;
  inputDetails: { included: boolean };
  output: string | null;
  outputDetails: { included: boolean } | null;
  error: string | null;
  cause: string | null;
}

/** Larger data is left out of the event; AWS says "about 248 KB". */
const eventDataBytesLimit = 248 * 1024;

export function statusEvent(record: ExecutionRecord): ExecutionStatusEvent {
  const input = fitting(record.input);
  const output = record.output === undefined ? undefined : fitting(record.output);
  return {
    executionArn: record.executionArn,
    stateMachineArn: record.stateMachineArn,
    name: record.name,
    status: record.status,
    startDate: record.startDate,
    stopDate: record.stopDate ?? null,
    input,
    inputDetails: { included: input !== null },
    output: output ?? null,
    outputDetails: output === undefined ? null : { included: output !== null },
    error: record.error ?? null,
    cause: record.cause ?? null,
  };
}

function fitting(text: string): string | null {
  return Buffer.byteLength(text) <= eventDataBytesLimit ? text : null;
}

export function summaryOf(record: ExecutionRecord): ExecutionSummary {
  const { input: _input, output: _output, error: _error, cause: _cause, ...summary } = record;
  return summary;
}

/** AWS caps: error 256 characters, cause 32,768. */
export function closed(record: ExecutionRecord, closing: Closing, stopDate: number): ExecutionRecord {
  return {
    ...record,
    status: closing.status,
    stopDate,
    ...(closing.output === undefined ? {} : { output: closing.output }),
    ...(closing.error === undefined ? {} : { error: closing.error.slice(0, 256) }),
    ...(closing.cause === undefined ? {} : { cause: closing.cause.slice(0, 32_768) }),
  };
}

export const hostLost: Closing = {
  status: 'FAILED',
  error: 'HostLost',
  cause: 'The host that ran this execution ended before it did; the state of the execution is lost.',
};
