// An event that asks for an entry point, served as a call of the API is: the same schema, the same rules, the same job
// for the same key. Whoever it comes from is its account and source, which a bus's policy vouches for and forwarding
// keeps; what tells two requests apart is the sender's own key, as an event's id changes on its way.

import { MAX_BODY_BYTES } from '../json/body.ts';
import type { Mistake } from '../json/mistakes.ts';
import { isObject } from '../json/plain-value.ts';
import { schemaMistakes } from '../json/schema-mistakes.ts';
import type { Problem } from '../ports/errors.ts';
import type { OutgoingEvent } from '../ports/ports.ts';
import { entryPointRequestedSchema, type RequestRejected } from '../record/bus-events.ts';
import { ENTRY_POINT_REQUESTED, REQUEST_REJECTED, REQUEST_REJECTED_SCHEMA } from '../record/event-names.ts';
import type { RequestPorts } from '../request/request-ports.ts';
import { accept } from './accept.ts';

/** As EventBridge gives it. */
export interface IncomingEvent {
  id: string;
  source: string;
  account: string;
  time: string;
  detail: unknown;
}

export type Answered = { jobId: string } | { problem: Problem };

/** Throws where it could not be served this time; it is then sent once more. */
export async function requested(ports: RequestPorts, event: IncomingEvent): Promise<Answered> {
  const answered = await serve(ports, event);
  if ('problem' in answered) await ports.bus.put([rejection(ports, event, answered.problem)]);
  return answered;
}

/** Account and source. No IAM identity looks like it: nobody else owns what an event asked for. */
function eventCaller({ account, source }: Pick<IncomingEvent, 'account' | 'source'>): string {
  return `${account}/event/${source}`;
}

async function serve(ports: RequestPorts, event: IncomingEvent): Promise<Answered> {
  if (!isAllowed(event.source, ports.settings.eventSources)) {
    const message = `events of the source ${event.source} are not taken here; the installation says which are`;
    return refused('AccessDenied', message);
  }
  const text = textOf(event.detail);
  if (text === undefined) return refused('InvalidRequest', 'the detail is nested too deeply to be read');
  if (sizeOf(text) > MAX_BODY_BYTES) {
    return refused(
      'BodyTooLarge',
      `the detail is longer than ${MAX_BODY_BYTES / 1024} KB, the longest we take`,
    );
  }
  const envelope = readEnvelope(event.detail);
  if ('mistakes' in envelope) return invalid(envelope.mistakes);
  const accepted = await accept(ports, { caller: eventCaller(event), ...envelope });
  switch (accepted.outcome) {
    case 'accepted':
    case 'replayed':
      return { jobId: accepted.job.id };
    case 'invalid':
      return invalid(accepted.mistakes.map(each => ({ ...each, pointer: `/data${each.pointer}` })));
    case 'keyReused': {
      const message = `this key belongs to ${accepted.jobId}, whose request was another; send this one under a new key`;
      return refused('IdempotencyKeyReused', message);
    }
    case 'forbidden':
      return { problem: accepted.problem };
    default:
      return unknownOutcome(accepted);
  }
}

/** `*` is every source, `com.example.*` every one below it. */
function isAllowed(source: string, allowed: readonly string[]): boolean {
  return allowed.some(each => (each.endsWith('*') ? source.startsWith(each.slice(0, -1)) : source === each));
}

type Envelope = { idempotencyKey: string; correlationId: string; value: unknown };

const envelopeSchema = entryPointRequestedSchema.pick({ metadata: true });

function readEnvelope(detail: unknown): Envelope | { mistakes: Mistake[] } {
  const parsed = envelopeSchema.safeParse(detail);
  if (!parsed.success) return { mistakes: schemaMistakes(parsed.error, envelopeSchema, detail) };
  const { idempotencyKey, id, correlationId } = parsed.data.metadata;
  const name = idempotencyKey ?? id;
  if (name === undefined) {
    const must =
      'must have an `idempotencyKey`, or an `id`, that is new for every new request, such as a UUID';
    return { mistakes: [{ pointer: '/metadata', detail: must }] };
  }
  return {
    // No key has a space: an id is never taken for a key.
    idempotencyKey: idempotencyKey ?? `id ${id}`,
    correlationId: correlationId ?? name,
    value: isObject(detail) ? detail['data'] : undefined,
  };
}

/** Carries what is needed to send the request again, once it is mended. */
function rejection(ports: RequestPorts, event: IncomingEvent, problem: Problem): OutgoingEvent {
  const { id, source, account, time, detail } = event;
  const envelope = readEnvelope(detail);
  const Detail = textOf(detail);
  // As it travels, a text within JSON: each of its quotation marks is two characters there.
  const carried = Detail !== undefined && sizeOf(JSON.stringify(Detail)) <= MAX_BODY_BYTES;
  const told: RequestRejected = {
    metadata: {
      id,
      schema: REQUEST_REJECTED_SCHEMA,
      ...('correlationId' in envelope ? { correlationId: envelope.correlationId } : {}),
    },
    data: {
      problem,
      event: { id, source, account, time },
      ...(carried ? { entry: { Source: source, DetailType: ENTRY_POINT_REQUESTED, Detail } } : {}),
    },
  };
  return { detailType: REQUEST_REJECTED, time: ports.clock.now().toISOString(), detail: told };
}

function invalid(errors: Mistake[]): Answered {
  const message =
    'The request is not valid; nothing was written. Mend every entry of errors and send it again.';
  return { problem: { code: 'InvalidRequest', message, retryable: false, errors } };
}

function refused(code: string, message: string): Answered {
  return { problem: { code, message, retryable: false } };
}

/** Undefined for what is nested so deeply that no text can be made of it again. */
function textOf(detail: unknown): string | undefined {
  try {
    return JSON.stringify(detail);
  } catch {
    return undefined;
  }
}

function sizeOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function unknownOutcome(accepted: never): never {
  throw new Error(`unknown outcome ${JSON.stringify(accepted)}`);
}
