// Begin: the first state of every execution. It finds out which way this attempt goes; for a job that has not
// begun, it looks at inventory and cloud first and ends the job there if anything is wrong, before any change.
import { changeJob } from './change-job.ts';
import { endJob } from './ending.ts';
import { type Problem, problemOf, TerminalError, toStepError } from './errors.ts';
import { begun, endUnbegun, type Job } from './job.ts';
import { type Lanes, lanesOf, type Plan, planSteps } from './plan.ts';
import type { CloudPorts, Finding, Ports } from './ports.ts';
import { change, type Dossier, entryPointKey, planKey, readDossier } from './records.ts';
import { parseRequest, type Request } from './request.ts';

export interface Run {
  jobId: string;
  attempt: number;
}

/** What the machine's state carries from here on. `nothing`: ended, superseded or refused. */
export type Begun = Run & ({ direction: 'forward' | 'backward'; lanes: Lanes } | { direction: 'nothing' });

export async function begin(ports: CloudPorts, run: Run): Promise<Begun> {
  const dossier = await readDossier(ports.store, run.jobId);
  if (!dossier || dossier.job.attempt !== run.attempt) return { ...run, direction: 'nothing' };
  const { job, plan } = dossier;
  if (job.status === 'ROLLING_BACK' && plan) return go(run, 'backward', plan);
  if (job.status === 'RUNNING' && plan) return go(run, 'forward', plan);
  if (job.status !== 'QUEUED') return { ...run, direction: 'nothing' };
  try {
    return await start(ports, run, dossier);
  } catch (thrown) {
    const error = toStepError(thrown);
    if (!(error instanceof TerminalError)) throw error;
    // No retry heals it, and nothing has been changed yet.
    await endJob(ports, run, { status: 'FAILED', problem: problemOf(error) });
    return { ...run, direction: 'nothing' };
  }
}

async function start(ports: CloudPorts, run: Run, { job, request: accepted }: Dossier): Promise<Begun> {
  const parsed = parseRequest(accepted.value, ports.settings.region);
  const problem = parsed.ok
    ? await refusal(ports, parsed.request)
    : {
        code: 'InvalidRequest',
        message: 'The request is not valid.',
        retryable: false,
        errors: parsed.mistakes,
      };
  if (problem || !parsed.ok) {
    await endJob(ports, run, { status: 'FAILED', ...(problem ? { problem } : {}) });
    return { ...run, direction: 'nothing' };
  }
  const plan = await fixPlan(ports, run, parsed.request);
  const running = await setRunning(ports, run, job);
  if (running?.status === 'RUNNING') return go(run, 'forward', plan);
  // Cancelled between its start and here.
  if (running?.mark) await endJob(ports, run, endUnbegun(running.mark));
  return { ...run, direction: 'nothing' };
}

/** What forbids to begin: the name stands, or the cloud does not allow it. */
async function refusal(ports: CloudPorts, request: Request): Promise<Problem | undefined> {
  const standing = (await ports.store.get(entryPointKey(request.entryPoint)))?.value;
  if (standing) {
    const message = `Entry point ${standing.name} stands already, made by ${standing.jobId}.`;
    return { code: 'EntryPointExists', message, retryable: false };
  }
  const findings = await ports.preflight(request);
  return findings.length > 0 ? problemOfFindings(findings) : undefined;
}

function problemOfFindings(findings: Finding[]): Problem {
  const [first] = findings;
  const errors = findings.map(({ pointer, detail }) => ({ pointer, detail }));
  const message = `The cloud does not allow it: ${errors.map(error => error.detail).join('; ')}.`;
  return { code: first?.code ?? 'InvalidRequest', message, retryable: false, errors };
}

/** The first plan written is the plan, whichever execution wrote it. */
async function fixPlan(ports: Ports, run: Run, request: Request): Promise<Plan> {
  const wanted = planSteps(request, { jobId: run.jobId, region: ports.settings.region });
  const fixed = await change(ports.store, planKey(run.jobId), standing => (standing ? undefined : wanted));
  return fixed ?? wanted;
}

async function setRunning(ports: Ports, run: Run, job: Job): Promise<Job | undefined> {
  const at = ports.clock.now().toISOString();
  const deadlineAt = ports.clock.after(job.deadlineSeconds).toISOString();
  return changeJob(ports, run.jobId, now => begun(now, run.attempt, at, deadlineAt));
}

function go(run: Run, direction: 'forward' | 'backward', plan: Plan): Begun {
  return { ...run, direction, lanes: lanesOf(plan, direction) };
}
