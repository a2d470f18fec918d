// The Lambda function of Stop, which records a failure, for executions of a state machine up to version 4.
export { handler } from './record-failure.ts';
