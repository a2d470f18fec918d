// The path of a cloud call: its cloud, its fault, its effect, its row in the log. Nothing awaits between reading the
// state and recording the change.
import assert from 'node:assert/strict';
import { type Answer, signedFor, type WireRequest, type WireService } from '../http/wire.ts';
import { type Call, type Cloud, CloudError, type Outcome, type Twin } from './cloud.ts';
import { type Fault, strike } from './faults.ts';
import type { World } from './world.ts';

export function createRequestService(world: World): WireService {
  return async wire => {
    carryOutLateCalls(world);
    const scope = scopeOf(world.clouds, wire);
    if (!scope) return refuse(403, 'MissingAuthenticationTokenException', 'Request is missing a signature');
    const twin = world.twin(scope.service);
    if (!twin) return refuse(404, 'UnknownService', `There is no twin of the service ${scope.service}`);
    return answerCall(world, twin, wire, scope);
  };
}

/** The service and region of a request, read from its protocol. */
export function scopeOf(clouds: readonly Cloud[], wire: WireRequest): Scope | undefined {
  const signed = signedFor(wire.headers);
  if (signed) return signed;
  for (const { service, takes } of clouds) {
    const taken = takes?.(wire);
    if (taken) return { service, ...taken };
  }
  return undefined;
}

interface Scope {
  service: string;
  region: string;
}

/** Every request and control call begins here: late calls that are due are carried out. */
export function carryOutLateCalls(world: World): void {
  const isDue = (late: { dueAt: number }) => late.dueAt <= world.options.now();
  const due = world.state().late.filter(isDue);
  for (const late of due.toSorted((a, b) => a.dueAt - b.dueAt)) {
    const { dueAt, ...call } = late;
    const twin = world.twin(call.service);
    const state = world.state();
    state.late = state.late.filter(other => other !== late);
    if (!twin) continue;
    const outcome = twin.carryOut(call, world.context(call.service, dueAt));
    record(world, { call, at: dueAt, outcome, late: true });
  }
}

async function answerCall(world: World, twin: Twin, wire: WireRequest, scope: Scope): Promise<Answer> {
  const context = world.context(scope.service, world.options.now());
  const { refusal, ...requested } = twin.read(wire, scope.region, context);
  const call = { ...scope, ...requested };
  if (refusal) {
    const answer = twin.errorAnswer(refusal, context, call);
    return record(world, { call, outcome: { answer, error: refusal.code, changed: false } });
  }
  const fault = strike(world.state().faults, call);
  if (fault?.fault === 'delay') {
    world.save();
    await world.options.sleep(fault.delayMs ?? 0);
    carryOutLateCalls(world);
  }
  const answer = underFault(world, twin, call, fault);
  if (fault?.fault === 'slowAnswer') await world.options.sleep(fault.delayMs ?? 0);
  return answer;
}

function underFault(world: World, twin: Twin, call: Call, fault: Fault | undefined): Answer {
  const now = world.options.now();
  const context = world.context(call.service, now, fault);
  switch (fault?.fault) {
    case 'dropRequest':
      return record(world, { call, fault, outcome: undefined, dropped: true });
    case 'lateCreate':
      world.state().late.push({ ...call, dueAt: now + (fault.delayMs ?? 0) });
      return record(world, { call, fault, outcome: undefined, dropped: true });
    case 'error': {
      assert(fault.error, 'a fault of this kind is never read without its error');
      const { code, status, message, headers = {} } = fault.error;
      const answer = twin.errorAnswer(new CloudError(code, status, message), context, call);
      const withHeaders = { ...answer, headers: { ...answer.headers, ...headers } };
      return record(world, { call, fault, outcome: { answer: withHeaders, error: code, changed: false } });
    }
    case 'answer': {
      assert(fault.answer, 'a fault of this kind is never read without its answer');
      const { status, headers = {}, body, carriedOut = false } = fault.answer;
      const changed = carriedOut && twin.carryOut(call, context).changed;
      return record(world, { call, fault, outcome: { answer: { status, headers, body }, changed } });
    }
    case 'slowBody': {
      const outcome = twin.carryOut(call, context);
      const answer = { ...outcome.answer, bodyDelayMs: fault.delayMs ?? 0 };
      return record(world, { call, fault, outcome: { ...outcome, answer } });
    }
    case 'lostAnswer':
      return record(world, { call, fault, outcome: twin.carryOut(call, context), dropped: true });
    case 'delay':
    case 'slowAnswer':
    case 'failed':
    case 'stuck':
    case 'locked':
    case 'forgetTokens':
    case undefined:
      return record(world, { call, fault, outcome: twin.carryOut(call, context) });
  }
}

interface Handled {
  call: Call;
  /** Undefined if the call was not carried out, or not yet. */
  outcome: Outcome | undefined;
  fault?: Fault | undefined;
  dropped?: boolean;
  /** The instant of its effect; now, unless it is late. */
  at?: number;
  late?: true;
}

function record(world: World, handled: Handled): Answer {
  const { call, outcome, fault, at = world.options.now() } = handled;
  const answer = handled.dropped || !outcome ? 'dropped' : outcome.answer;
  world.record({
    at: new Date(at).toISOString(),
    service: call.service,
    region: call.region,
    operation: call.operation,
    request: call.request,
    status: answer === 'dropped' ? 'dropped' : answer.status,
    ...(outcome?.error ? { error: outcome.error } : {}),
    changed: outcome?.changed ?? false,
    ...(fault ? { fault: fault.fault } : {}),
    ...(handled.late ? { late: true } : {}),
  });
  return answer;
}

/** The cloud of the call is not identified yet, so the answer has no cloud's own form. */
function refuse(status: number, code: string, message: string): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': code },
    body: JSON.stringify({ __type: code, message }),
  };
}
