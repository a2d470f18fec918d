// Serves an event that requests an entry point like a call of the API: the same schema, the same rules, the same job for the
// same key. The requester is the account and source of the event: the policy of the bus controls them, and forwarding
// preserves them. The sender's own key identifies a request, because the id of an event changes when it is forwarded.

import { MAX_BODY_BYTES } from '../json/body.ts';
import { isObject } from '../json/plain-value.ts';
import { schemaIssues } from '../json/schema-issues.ts';
import { bytesOf, shortened, type ValidationIssue } from '../json/validation-issues.ts';
import { limitProblem, type Problem } from '../ports/errors.ts';
import type { OutgoingEvent } from '../ports/ports.ts';
import { entryPointRequestedSchema, type RequestRejected } from '../record/bus-events.ts';
import { ENTRY_POINT_REQUESTED, REQUEST_REJECTED, REQUEST_REJECTED_SCHEMA } from '../record/event-names.ts';
import { acceptsSource, callerOfEvent } from '../request/callers.ts';
import type { RequestPorts } from '../request/request-ports.ts';
import { accept } from './accept.ts';

/** An event as EventBridge delivers it. */
export interface IncomingEvent {
  id: string;
  source: string;
  account: string;
  time: string;
  detail: unknown;
}

/** Ours: the source becomes part of the requester, which every item and event of the job repeats. */
const MAX_SOURCE_LENGTH = 256;
/** EventBridge's limit of 256 KB per entry, less room for its other members. */
const MAX_EVENT_BYTES = 250 * 1024;

export type Answered = { jobId: string } | { problem: Problem };

/** Throws if the event could not be served this time; it is then delivered again. */
export async function requested(ports: RequestPorts, event: IncomingEvent): Promise<Answered> {
  const answered = await serve(ports, event);
  if ('problem' in answered) await ports.bus.put([rejection(ports, event, answered.problem)]);
  return answered;
}

async function serve(ports: RequestPorts, event: IncomingEvent): Promise<Answered> {
  if (!acceptsSource(event.source, ports.settings.eventSources)) {
    const message = `events from the source ${shortened(event.source)} are not accepted by this deployment`;
    return refused('AccessDenied', message);
  }
  if (event.source.length > MAX_SOURCE_LENGTH) {
    const message = `the source of the event is longer than the limit of ${MAX_SOURCE_LENGTH} characters`;
    return refused('InvalidRequest', message);
  }
  const text = textOf(event.detail);
  if (text === undefined) return refused('InvalidRequest', 'the detail is nested too deeply');
  if (bytesOf(text) > MAX_BODY_BYTES) {
    return refused('BodyTooLarge', `the detail is larger than the limit of ${MAX_BODY_BYTES / 1024} KB`);
  }
  const envelope = readEnvelope(event.detail);
  if ('issues' in envelope) return invalid(envelope.issues);
  const accepted = await accept(ports, { caller: callerOfEvent(event), ...envelope });
  switch (accepted.outcome) {
    case 'accepted':
    case 'replayed':
      return { jobId: accepted.job.id };
    case 'invalid':
      return invalid(accepted.issues.map(each => ({ ...each, pointer: `/data${each.pointer}` })));
    case 'keyReused': {
      const message = `this key was used for ${accepted.jobId}, a different request; send this request with a new key`;
      return refused('IdempotencyKeyReused', message);
    }
    case 'forbidden':
      return { problem: limitProblem(accepted.problem) };
    default:
      return unknownOutcome(accepted);
  }
}

type Envelope = { idempotencyKey: string; correlationId: string; value: unknown };

const envelopeSchema = entryPointRequestedSchema.pick({ metadata: true });

function readEnvelope(detail: unknown): Envelope | { issues: ValidationIssue[] } {
  const parsed = envelopeSchema.safeParse(detail);
  if (!parsed.success) return { issues: schemaIssues(parsed.error, envelopeSchema, detail) };
  const { idempotencyKey, id, correlationId } = parsed.data.metadata;
  const name = idempotencyKey ?? id;
  if (name === undefined) {
    const detail =
      'must have an `idempotencyKey` or an `id` with a new value for every new request, such as a UUID';
    return { issues: [{ pointer: '/metadata', detail }] };
  }
  return {
    // No key contains a space, so an id never equals a key.
    idempotencyKey: idempotencyKey ?? `id ${id}`,
    correlationId: correlationId ?? name,
    value: isObject(detail) ? detail['data'] : undefined,
  };
}

/** Carries everything that is needed to send the corrected request again. */
function rejection(ports: RequestPorts, event: IncomingEvent, problem: Problem): OutgoingEvent {
  const { id, source, account, time, detail } = event;
  const envelope = readEnvelope(detail);
  const Detail = textOf(detail);
  const rejected: RequestRejected = {
    metadata: {
      id,
      schema: REQUEST_REJECTED_SCHEMA,
      ...('correlationId' in envelope ? { correlationId: envelope.correlationId } : {}),
    },
    data: {
      problem,
      event: { id, source: shortened(source, MAX_SOURCE_LENGTH), account, time },
    },
  };
  return {
    detailType: REQUEST_REJECTED,
    time: ports.clock.now().toISOString(),
    detail: Detail === undefined ? rejected : withEntry(rejected, source, Detail),
  };
}

/** The detail is a string within JSON, where each quotation mark takes two characters. */
function withEntry(rejected: RequestRejected, Source: string, Detail: string): RequestRejected {
  const entry = { Source, DetailType: ENTRY_POINT_REQUESTED, Detail };
  const complete = { ...rejected, data: { ...rejected.data, entry } };
  return bytesOf(JSON.stringify(complete)) <= MAX_EVENT_BYTES ? complete : rejected;
}

function invalid(errors: ValidationIssue[]): Answered {
  const message =
    'the request is not valid; nothing was changed; fix every entry of errors and send the request again';
  return { problem: limitProblem({ code: 'InvalidRequest', message, retryable: false, errors }) };
}

function refused(code: string, message: string): Answered {
  return { problem: { code, message, retryable: false } };
}

/** Undefined for a value that is nested too deeply to be serialized. */
function textOf(detail: unknown): string | undefined {
  try {
    return JSON.stringify(detail);
  } catch {
    return undefined;
  }
}

function unknownOutcome(accepted: never): never {
  throw new Error(`unknown outcome ${JSON.stringify(accepted)}`);
}
