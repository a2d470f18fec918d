// Plans and jobs of the tests about foreign objects: what they name, and a foreign change at the worst instant.
import assert from 'node:assert/strict';
import { type PlanView, planSchema } from '@gatehouse/core/api/answers';
import { jobView } from '@gatehouse/core/api/job-view';
import type { Job } from '@gatehouse/core/record/job';
import type { JobRecord } from '@gatehouse/core/record/records';
import { createPlan } from '@gatehouse/functions/api/create-plan';
import type { World } from '../world/world.ts';

export const BY = '123456789012/user/alice';

export async function planOf(world: World, value: unknown): Promise<PlanView> {
  const body = JSON.stringify(value);
  const headers = { 'content-type': 'application/json' };
  const answer = await createPlan(world.ports(), { body, headers, caller: BY });
  assert.equal(answer.status, 200, JSON.stringify(answer.body));
  return planSchema.parse(answer.body);
}

/** What a job keeps on record about foreign objects. */
export function recordOf({ job, ...rest }: JobRecord) {
  const { steps } = jobView({ job, ...rest }, []);
  return {
    named: steps.flatMap(({ deletesForeign = [] }) => deletesForeign),
    notices: steps.flatMap(({ notices = [] }) => notices),
    events: job.events.flatMap(({ deletesForeign = [] }) => deletesForeign.flatMap(({ names }) => names)),
  };
}

/** Acts once, right before the job is written as RUNNING: its plan is fixed, and nothing is deleted yet. */
export function beforeItRuns({ store }: World, act: () => Promise<unknown>) {
  const put = store.put;
  let acted = false;
  store.put = async (key, value, version, index) => {
    const { status } = value as Partial<Job>;
    if (!acted && key.sk === 'JOB' && status === 'RUNNING') {
      acted = true;
      await act();
    }
    return put(key, value, version, index);
  };
}
