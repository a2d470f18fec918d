// Evaluate, the state between two walks: once all lanes have settled it decides where the job goes, and writes the direction
// before anything is walked in it.

import { stepsIn } from '../plan/lanes.ts';
import type { Ports } from '../ports/ports.ts';
import { changeJob } from '../record/change-job.ts';
import { endUnbegun, entered, isSkipped } from '../record/job.ts';
import type { Plan } from '../record/plan.ts';
import { type Dossier, readDossier } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { type Decision, decideNext } from './decide-next.ts';
import { endJob } from './ending.ts';
import { turnBack } from './roll-back.ts';
import { lanesOf, type Next, phaseOf, walkOf } from './walk-phase.ts';

/** `phase`: the one whose lanes were walked. */
export async function evaluate(
  ports: Ports,
  { phase: walked, ...run }: Run & { phase?: string },
): Promise<Next> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier || dossier.job.attempt !== run.attempt) return { ...run, next: 'nothing' };
  return carryOut(ports, run, dossier, decisionOn(dossier, walked));
}

function decisionOn(dossier: Dossier, walked: string | undefined): Decision {
  const { job, plan } = dossier;
  return decideNext({
    status: job.status,
    phase: phaseOf(job),
    hasCause: job.mark !== undefined,
    hasPlan: plan !== undefined,
    walked,
    isUnfinished: plan !== undefined && unfinishedStep({ ...dossier, plan }) !== undefined,
    hasCleanup: plan?.lanes.cleanup !== undefined,
    hasRestore: plan?.lanes.restore !== undefined,
  });
}

async function carryOut(ports: Ports, run: Run, dossier: Dossier, decision: Decision): Promise<Next> {
  const { job, plan } = dossier;
  switch (decision.do) {
    case 'nothing':
      return { ...run, next: 'nothing' };
    case 'endUnbegun':
      if (job.mark) await endJob(ports, run, endUnbegun(job.mark));
      return { ...run, next: 'nothing' };
    case 'walk':
      return plan ? walkOf(run, { ...dossier, plan }, decision.phase) : { ...run, next: 'nothing' };
    case 'enter': {
      const now = await changeJob(ports, run.jobId, at => entered(at, run.attempt, decision.phase));
      // A rollback cause came at this very moment, or another evaluation was faster: look again.
      if (!now || !plan || (now.status === 'RUNNING' && now.mark)) return evaluate(ports, run);
      const phase = phaseOf(now);
      return phase === 'committing'
        ? evaluate(ports, run)
        : walkOf(run, { ...dossier, job: now, plan }, phase);
    }
    case 'rollBack': {
      const step = plan && unfinishedStep({ ...dossier, plan });
      const now = await turnBack(ports, run, { because: 'failed', problem: withoutOutcome(step) });
      if (!now || !plan || now.status !== 'ROLLING_BACK') return { ...run, next: 'nothing' };
      return walkOf(run, { ...dossier, job: now, plan }, 'rollback');
    }
    case 'finish':
      return {
        ...run,
        next: decision.end === 'SUCCEEDED' ? 'finish' : 'stop',
        phase: phaseOf(job),
        end: decision.end,
      };
    default:
      return unknownDecision(decision);
  }
}

/** Of the phase that the job is in, a step that is not applied. */
export function unfinishedStep(dossier: Dossier & { plan: Plan }): string | undefined {
  const { job, plan, ledger } = dossier;
  const phase = phaseOf(job);
  const walked = stepsIn(phase === 'committing' ? [] : lanesOf(dossier, phase));
  return plan.steps.find(
    ({ id }) => walked.has(id) && !isSkipped(job, id) && ledger.get(id)?.state !== 'applied',
  )?.id;
}

export function withoutOutcome(step: string | undefined) {
  return { code: 'InternalFailure', message: `step ${step} ended without an outcome`, retryable: false };
}

function unknownDecision(decision: never): never {
  throw new Error(`unknown decision ${JSON.stringify(decision)}`);
}
