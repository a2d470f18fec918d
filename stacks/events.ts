// What comes to Gatehouse by itself: the schedule that looks after every open job. What could not be handled after all
// retries is kept for two weeks in one queue of dead letters.
import { deployFunction } from './functions.ts';
import type { Ground } from './ground.ts';
import type { Storage } from './storage.ts';

/** A minute is the shortest; recovery takes as long for a handful of jobs as for none. */
const SCHEDULE = 'rate(1 minute)';
const RECOVER_TIMEOUT_SECONDS = 55;
/** Recovery that is late is of no use: the next one does its work. */
const SCHEDULE_RETRIES = 0;

export function deployEvents(ground: Ground, storage: Storage) {
  const deadLetters = new aws.sqs.Queue('DeadLetters', {
    messageRetentionSeconds: 14 * 24 * 3600,
    sqsManagedSseEnabled: true,
  });
  const recover = deployFunction(ground, storage, 'events/recover', {
    timeoutSeconds: RECOVER_TIMEOUT_SECONDS,
  });
  new sst.aws.CronV2('Schedule', {
    schedule: SCHEDULE,
    function: recover.arn,
    retries: SCHEDULE_RETRIES,
    dlq: deadLetters.arn,
  });
  return { deadLetters };
}
