// The dead letters, by who wrote them: Lambda, for a call of a function that failed to the end; EventBridge, for an event that it
// could not deliver; a rule of Gatehouse, for a request that was rejected. Pure.
import { REQUEST_REJECTED } from '@gatehouse/core/record/event-names';

/** A message of the queue, as its consumer gets it. */
export interface Message {
  id: string;
  body: string;
  /** String attributes by name. */
  attributes: Record<string, string>;
}

/** A request as EventBridge delivered it. */
export interface RequestEvent {
  id: string;
  source: string;
  account: string;
  time: string;
  'detail-type': string;
  detail: unknown;
}

/** What a letter holds, and what sends it again. */
export type Letter = { id: string; title: string; why: string } & (
  | { kind: 'call'; functionName: string; event: unknown }
  /** A tick of the schedule. Later ticks have done its work. */
  | { kind: 'tick' }
  /** A request that was rejected; `event` is undefined for one that is too large for a letter. */
  | { kind: 'rejected'; event: RequestEvent | undefined }
  | { kind: 'unknown' }
);

export function letterOf({ id, body, attributes }: Message): Letter {
  const content = parsed(body);
  const call = member(content, 'requestContext');
  if (call !== undefined) return failedCall(id, content, call);
  const { TARGET_ARN: target, ERROR_CODE: code, ERROR_MESSAGE: message } = attributes;
  const why = [code, message].filter(Boolean).join(': ');
  if (member(content, 'detail-type') === REQUEST_REJECTED) return rejected(id, content);
  if (target?.includes(':function:')) return called(id, { functionName: target, event: content, why });
  return { id, kind: 'unknown', title: 'a message that Gatehouse did not write', why };
}

/** Lambda's record of an asynchronous invocation. */
function failedCall(id: string, content: unknown, call: unknown): Letter {
  const functionName = textIn(call, 'functionArn').replace(/:\$LATEST$/, '');
  const { errorType, errorMessage } = Object(member(content, 'responsePayload'));
  const condition = textIn(call, 'condition');
  const why = [condition, errorType, errorMessage].filter(Boolean).join(': ');
  return called(id, { functionName, event: member(content, 'requestPayload'), why });
}

function called(
  id: string,
  { functionName, event, why }: { functionName: string; event: unknown; why: string },
): Letter {
  if (member(event, 'source') === 'aws.events')
    return { id, kind: 'tick', title: 'a tick of the schedule', why };
  const title = `${textIn(event, 'detail-type') || 'an event'} ${textIn(event, 'id')}`.trim();
  return { id, kind: 'call', title, why, functionName, event };
}

function rejected(id: string, content: unknown): Letter {
  const data = member(member(content, 'detail'), 'data');
  const problem = member(data, 'problem');
  const sender = member(data, 'event');
  const title = `request of ${textIn(sender, 'source')} in ${textIn(sender, 'account')}`;
  const why = `${textIn(problem, 'code')}: ${textIn(problem, 'message')}`;
  return { id, kind: 'rejected', title, why, event: requestOf(sender, member(data, 'entry')) };
}

/** The event of a letter of Gatehouse: its sender, with the source and the detail of its entry, neither of which is shortened. */
function requestOf(sender: unknown, entry: unknown): RequestEvent | undefined {
  const detail = parsed(textIn(entry, 'Detail'));
  if (detail === undefined) return undefined;
  return {
    id: textIn(sender, 'id'),
    source: textIn(entry, 'Source'),
    account: textIn(sender, 'account'),
    time: textIn(sender, 'time'),
    'detail-type': textIn(entry, 'DetailType'),
    detail,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function member(of: unknown, name: string): unknown {
  return typeof of === 'object' && of !== null ? Reflect.get(of, name) : undefined;
}

function textIn(of: unknown, name: string): string {
  const value = member(of, name);
  return typeof value === 'string' ? value : '';
}
