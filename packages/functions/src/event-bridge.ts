// The event bus behind core's Bus port. EventBridge answers for each entry; a refused entry is an error here, because
// the sender publishes it again.
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { awsCall } from '@gatehouse/clouds/aws-call';
import { bytesOf } from '@gatehouse/core/json/validation-issues';
import type { Bus, OutgoingEvent } from '@gatehouse/core/ports/ports';
import { EVENT_SOURCE } from './events/rules.ts';

/** EventBridge's limits per call: of entries, and of their sizes together, with room for what else counts of each. */
const MAX_ENTRIES = 10;
const MAX_CALL_BYTES = 250 * 1024;

const ERRORS = {
  InternalException: 'ServiceInternalError',
  InvalidArgument: 'InvalidRequest',
  MalformedDetail: 'InvalidRequest',
  NotAuthorizedForSourceException: 'AccessDenied',
  NotAuthorizedForDetailTypeException: 'AccessDenied',
} as const;

export function eventBridgeBus(client: EventBridgeClient, busName: string): Bus {
  return {
    async put(events) {
      for (const Entries of callsOf(events.map(event => entryOf(event, busName)))) {
        await awsCall({ service: 'events', operation: 'PutEvents', errors: ERRORS }, async () => {
          const answer = await client.send(new PutEventsCommand({ Entries }));
          const refused = answer.Entries?.find(entry => entry.ErrorCode !== undefined);
          if (refused) throw refusal(refused);
        });
      }
    },
  };
}

type Entry = ReturnType<typeof entryOf>;

function entryOf({ detailType, time, detail }: OutgoingEvent, busName: string) {
  return {
    Source: EVENT_SOURCE,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Time: new Date(time),
    EventBusName: busName,
  };
}

/** In their order. */
function callsOf(entries: readonly Entry[]): Entry[][] {
  const calls: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const size = bytesOf(entry.Detail);
    const call = calls.at(-1);
    if (call && call.length < MAX_ENTRIES && bytes + size <= MAX_CALL_BYTES) {
      call.push(entry);
      bytes += size;
    } else {
      calls.push([entry]);
      bytes = size;
    }
  }
  return calls;
}

function refusal({ ErrorCode, ErrorMessage }: PutEventsResultEntry): Error {
  return Object.assign(new Error(ErrorMessage ?? ''), { name: ErrorCode });
}
