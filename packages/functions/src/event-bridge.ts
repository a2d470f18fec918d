// The event bus behind core's Bus port. EventBridge answers for each entry; a refused entry is an error here, because
// the sender publishes it again.
import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsResultEntry,
} from '@aws-sdk/client-eventbridge';
import { awsCall } from '@gatehouse/clouds/aws-call';
import type { Bus, OutgoingEvent } from '@gatehouse/core/ports/ports';
import { EVENT_SOURCE } from './events/rules.ts';

/** EventBridge's limit per call. */
const MAX_ENTRIES = 10;

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
      for (let from = 0; from < events.length; from += MAX_ENTRIES) {
        const Entries = events.slice(from, from + MAX_ENTRIES).map(event => entryOf(event, busName));
        await awsCall({ service: 'events', operation: 'PutEvents', errors: ERRORS }, async () => {
          const answer = await client.send(new PutEventsCommand({ Entries }));
          const refused = answer.Entries?.find(entry => entry.ErrorCode !== undefined);
          if (refused) throw refusal(refused);
        });
      }
    },
  };
}

function entryOf({ detailType, time, detail }: OutgoingEvent, busName: string) {
  return {
    Source: EVENT_SOURCE,
    DetailType: detailType,
    Detail: JSON.stringify(detail),
    Time: new Date(time),
    EventBusName: busName,
  };
}

function refusal({ ErrorCode, ErrorMessage }: PutEventsResultEntry): Error {
  return Object.assign(new Error(ErrorMessage ?? ''), { name: ErrorCode });
}
