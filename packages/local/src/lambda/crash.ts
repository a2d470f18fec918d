// The ways in which Lambda ends an invocation without an answer of its function, with the error that a Task of Step Functions
// fails with on AWS.
import { randomUUID } from 'node:crypto';

export const CRASHES = ['exit', 'outOfMemory', 'importError', 'timeout', 'unknown', 'throttled'] as const;

export type Crash = (typeof CRASHES)[number];

/**
 * `name` is the error type. `message` is the error message in Lambda's payload, or, for errors of the Lambda service itself, whose
 * names begin with `Lambda.`, the whole text. There is no stack: the function is dead.
 */
export class LambdaFailure extends Error {
  constructor(name: string, message: string) {
    super(message);
    this.name = name;
    this.stack = '';
  }
}

export function failureOf(crash: Crash, timeoutSeconds: number): LambdaFailure {
  const request = `RequestId: ${randomUUID()} Error:`;
  switch (crash) {
    case 'exit':
      return new LambdaFailure('Runtime.ExitError', `${request} Runtime exited with error: exit status 1`);
    case 'outOfMemory':
      return new LambdaFailure('Runtime.OutOfMemory', `${request} Runtime exited with error: signal: killed`);
    case 'importError':
      return new LambdaFailure('Runtime.ImportModuleError', "Error: Cannot find package 'absent'");
    case 'timeout':
      return new LambdaFailure(
        'Sandbox.Timedout',
        `${request} Task timed out after ${timeoutSeconds.toFixed(2)} seconds`,
      );
    case 'unknown':
      return new LambdaFailure(
        'Lambda.Unknown',
        'The cause could not be determined because Lambda did not return an error type. Returned payload: {}',
      );
    case 'throttled':
      return new LambdaFailure(
        'Lambda.TooManyRequestsException',
        `Rate Exceeded. (Service: Lambda, Status Code: 429, Request ID: ${randomUUID()})`,
      );
    default:
      return unknownCrash(crash);
  }
}

function unknownCrash(crash: never): never {
  throw new Error(`unknown crash ${crash}`);
}
