// An execution keeps the definition with which it began. Machines up to version 4 call other functions, use other names for
// phases and other shapes of lanes. This file has those functions, based on today's logic. They can be deleted once no
// execution of such a machine can still run (a job lasts at most a day).
import type { EveryPort } from '../plan/cloud-ports.ts';
import type { Ports } from '../ports/ports.ts';
import { UNBOUNDED } from '../record/history.ts';
import { type OlderLanes, olderLanesOf } from '../record/older-lanes.ts';
import { type JobRecord, readJobRecord } from '../record/records.ts';
import type { Run } from '../record/run.ts';
import { begin } from './begin.ts';
import { evaluate } from './evaluate.ts';
import { finish } from './finish.ts';
import type { Next, Walk, WalkPhase } from './walk-phase.ts';

type Walked = Run & { phase?: string };
type Way = 'forward' | 'alicloud' | 'remove' | 'backward' | 'restore';

/** Begin of today's machine, whose input has its version, or of an older machine. */
export function beginFor(ports: EveryPort, { machine, ...run }: Run & { machine?: number }): Promise<object> {
  return machine === undefined ? olderBegin(ports, run) : begin(ports, run);
}

async function olderBegin(
  ports: EveryPort,
  run: Run,
): Promise<Run & { direction: Way | 'nothing'; phase?: string; lanes?: OlderLanes }> {
  const next = await begin(ports, run, UNBOUNDED);
  if (next.next === 'walk') {
    const { lanes, way } = await olderWalk(ports, next);
    return { ...run, direction: way, phase: OLDER_PHASES[next.phase], lanes };
  }
  // An older machine ends a job in phase `committing` in Begin itself.
  if (next.next === 'finish') await finish(ports, { ...run, end: next.end });
  return { ...run, direction: 'nothing' };
}

export async function judge(
  ports: Ports,
  { phase, ...run }: Walked,
): Promise<Run & { verdict: string; phase?: string; lanes?: OlderLanes }> {
  const next = await evaluate(ports, { ...run, ...(phase === undefined ? {} : { phase: fromOlder(phase) }) });
  if (next.next === 'walk') {
    const { lanes, way } = await olderWalk(ports, next);
    return { ...run, verdict: way === 'backward' ? 'rollback' : way, phase: OLDER_PHASES[next.phase], lanes };
  }
  if (next.next === 'finish') return { ...run, phase: fromToday(next.phase), verdict: 'complete' };
  if (next.next === 'nothing') return { ...run, verdict: 'ended' };
  await finish(ports, { ...run, end: next.end });
  return { ...run, verdict: 'removeFailed' };
}

export function complete(ports: Ports, run: Run): Promise<{ status: string }> {
  return finish(ports, { ...run, end: 'SUCCEEDED' });
}

export async function conclude(
  ports: Ports,
  { phase, ...run }: Walked,
): Promise<Run & { status: string; phase?: string; lanes?: OlderLanes }> {
  const next = await evaluate(ports, { ...run, phase: phase === 'restore' ? 'restore' : 'rollback' });
  if (next.next === 'walk' && next.phase === 'restore') {
    const { lanes } = await olderWalk(ports, next);
    return { ...run, status: 'ROLLING_BACK', phase: OLDER_PHASES[next.phase], lanes };
  }
  const { status } = await finish(ports, { ...run, end: 'ROLLED_BACK' });
  return { ...run, status };
}

const OLDER_PHASES: Record<WalkPhase, string> = {
  prepare: 'prepare',
  forward: 'forward',
  cleanup: 'retire',
  rollback: 'forward',
  restore: 'restore',
};

function fromOlder(phase: string): string {
  return phase === 'retire' ? 'cleanup' : phase;
}

function fromToday(phase: string): string {
  return phase === 'cleanup' ? 'retire' : phase === 'committing' ? 'seal' : phase;
}

async function olderWalk(
  ports: Pick<Ports, 'store'>,
  { jobId, phase, walk }: Next & { next: 'walk' },
): Promise<{ lanes: OlderLanes; way: Way }> {
  const jobRecord = await readJobRecord(ports.store, jobId);
  return { lanes: olderLanes(jobRecord, walk), way: wayOf(phase, jobRecord) };
}

function olderLanes(jobRecord: JobRecord | undefined, walk: Walk): OlderLanes {
  const lanes = walk.map(lane => lane.map(wave => wave.map(({ step }) => step)));
  return olderLanesOf(lanes, jobRecord?.plan?.steps ?? []);
}

function wayOf(phase: WalkPhase, jobRecord: JobRecord | undefined): Way {
  if (phase === 'prepare' || phase === 'cleanup') return 'remove';
  if (phase === 'rollback') return 'backward';
  if (phase === 'restore') return 'restore';
  return jobRecord?.job.cloud === 'alicloud' ? 'alicloud' : 'forward';
}
