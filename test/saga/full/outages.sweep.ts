// From every invocation of every example on, forward and backward, all functions crash for three hours, as after a bad
// deployment. Once they work again, the job ends by itself.
import assert from 'node:assert/strict';
import { everyInvoked } from '../function-crashes.ts';
import { HOURS, outage } from '../outages.ts';
import { endsOfRepeated, type Ran, runCase, sweep } from '../sweep.ts';

for (const { example, direction, invocations } of await everyInvoked())
  sweep(
    `${example.name}, ${direction}: a bad deployment for three hours leaves no job to a person`,
    invocations.map(({ n, name, step }) => ({
      name: `${example.name}, ${direction}, from call ${n} on (${name}${step ? ` ${step}` : ''})`,
      seed: example.name,
      value: example.value,
      lambdaFaults: {
        ...outage({ from: call => call.n === n, lastsMs: 3 * HOURS }),
        schedule: true as const,
      },
      // FAILED: a job that has not begun by its deadline has changed nothing.
      ends:
        direction === 'forward'
          ? ['SUCCEEDED', 'ROLLED_BACK', 'FAILED']
          : [...endsOfRepeated(example), 'ROLLBACK_FAILED'],
      // Past its deadline, a job turns back before it meets the denied read, and may meet it on its way back.
      ...(direction === 'backward'
        ? {
            faults: example.turnBack.map(fault => ({ ...fault, unless: 'it turns back before' })),
            also: assertOnlyDenied,
          }
        : {}),
    })),
    runCase,
  );

/** What is left is left because the cloud refused it, and not because functions crashed. */
function assertOnlyDenied({ jobRecord }: Ran): void {
  for (const { problem } of jobRecord.job.leftovers ?? []) assert.equal(problem.code, 'AccessDenied');
}
