// The actions of callers, the schedule and operators on jobs: submit, wait, recover, stop.
import { accept } from '@gatehouse/core/api/accept';
import { ATTEMPT_GAP_SECONDS } from '@gatehouse/core/machine/time-limits';
import type { EveryPort } from '@gatehouse/core/plan/cloud-ports';
import type { Store } from '@gatehouse/core/ports/ports';
import type { Job } from '@gatehouse/core/record/job';
import { type JobRecord, readJobRecord } from '@gatehouse/core/record/records';
import { recover } from '@gatehouse/core/saga/recover';
import { recoverAll } from '@gatehouse/core/saga/recover-all';
import type { VirtualClock } from './clock.ts';
import { hasDied, nextTurn } from './lambda-life.ts';
import type { StateMachine } from './state-machine.ts';

const CALLER = '123456789012/user/alice';
/** The schedule recovers jobs every minute. */
const RECOVERY_MS = 61_000;
/** From then on, the next attempt of a job whose execution has died can begin. */
export const PAST_GAP_SECONDS = ATTEMPT_GAP_SECONDS + 1;
/** Waited after an execution has died, it makes a round of recovery find the gap just over. */
export const TO_A_ROUND_SECONDS = PAST_GAP_SECONDS % (RECOVERY_MS / 1000);
/** A call that is held so long reaches its cloud beside the next attempt, which still waits for it. */
export const HELD_SECONDS = PAST_GAP_SECONDS + 15;
const MAX_RECOVERIES = 40;
const MAX_TURNS = 100_000;

/** What a test does with jobs. */
export interface Jobs {
  /** Submits a request, and repeats it under the same key if the API's own Lambda dies before it answers. */
  submit(value: unknown, idempotencyKey?: string, planHash?: string): Promise<Job>;
  /** Runs until the job has ended, with the schedule's recovery in between. Gives all records of the job. */
  finish(jobId: string): Promise<JobRecord>;
  /** Like `finish`, for a run with a held call, whose execution is never idle: without recovery. */
  finishBesideHeld(jobId: string): Promise<JobRecord>;
  /** Starts the next attempt while Lambdas of the current one still run: AWS reports the current one as ended. */
  takeOver(jobId: string): Promise<void>;
  /** Stops the job's first execution, as an operator can. Its running Lambdas continue. */
  stopJob(jobId: string): Promise<void>;
}

/** The parts of a world that jobs run on. */
export interface JobsOptions {
  clock: VirtualClock;
  machine: StateMachine;
  table: Store;
  /** The ports of one more Lambda. */
  ports(): EveryPort;
}

/** The jobs of one world. */
export function jobsOf({ clock, machine, table, ports }: JobsOptions): Jobs {
  return {
    async submit(value, idempotencyKey = 'key', planHash) {
      for (;;) {
        try {
          const accepted = await accept(ports(), { caller: CALLER, idempotencyKey, value, planHash });
          if (!('job' in accepted)) throw new Error(`not accepted: ${JSON.stringify(accepted)}`);
          return accepted.job;
        } catch (thrown) {
          if (!hasDied(thrown)) throw thrown;
        }
      }
    },

    async finish(jobId) {
      for (let round = 0; round < MAX_RECOVERIES; round++) {
        await machine.idle();
        const jobRecord = await readJobRecord(table, jobId);
        if (jobRecord && !jobRecord.job.open) return jobRecord;
        clock.advance(RECOVERY_MS);
        await recoverAll(ports()).catch(() => {});
      }
      throw new Error(`${jobId} did not end: ${JSON.stringify((await readJobRecord(table, jobId))?.job)}`);
    },

    async finishBesideHeld(jobId) {
      for (let turn = 0; turn < MAX_TURNS; turn++) {
        const jobRecord = await readJobRecord(table, jobId);
        if (jobRecord && !jobRecord.job.open) return jobRecord;
        await nextTurn();
      }
      throw new Error(`${jobId} did not end beside the held call`);
    },

    async takeOver(jobId) {
      const ended = { state: 'ended' as const, endedAt: clock.date() };
      clock.advance(1000 * PAST_GAP_SECONDS);
      const { executions, ...others } = ports();
      await recover({ ...others, executions: { ...executions, describe: async () => ended } }, jobId);
    },

    stopJob: jobId => machine.stopExecution(jobId),
  };
}
