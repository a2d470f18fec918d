// The account in which a world runs: its names, and credentials that open nothing.
/** Where Gatehouse runs. */
export const REGION = 'eu-west-1';
/** The AWS account of Gatehouse. */
export const ACCOUNT = '123456789012';
/** The credentials of AWS clients. */
export const CREDENTIALS = { accessKeyId: 'test', secretAccessKey: 'test' };

/** The name of the state machine. */
export const MACHINE_NAME = 'gatehouse';

/** The ARN of a Lambda, by its name. */
export function functionArn(name: string): string {
  return `arn:aws:lambda:${REGION}:${ACCOUNT}:function:${name}`;
}

/** The ARN of a job's execution; attempts count from 1. */
export function executionArn(jobId: string, attempt: number): string {
  return `arn:aws:states:${REGION}:${ACCOUNT}:execution:${MACHINE_NAME}:${jobId}-${attempt}`;
}
