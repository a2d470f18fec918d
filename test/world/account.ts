// The account in which a world runs: its names, and credentials that open nothing.
/** Where Gatehouse runs. */
export const REGION = 'eu-west-1';
/** The AWS account that it runs in. */
export const ACCOUNT = '123456789012';
/** What clients of AWS sign with. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** Of the state machine. */
export const MACHINE_NAME = 'gatehouse';

/** The ARN of a Lambda, by its name. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** The ARN of a job's execution; attempts count from 1. */
export function executionArn(jobId: string, attempt: number): string {
  return `arn:aws:states:${REGION}:${ACCOUNT}:execution:${MACHINE_NAME}:${jobId}-${attempt}`;
}
