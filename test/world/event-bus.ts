// The event bus without any rule: it accepts the events of Gatehouse and keeps them for the test to read.
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import type { Bus } from '@gatehouse/core/ports/ports';
import { eventBridgeBus } from '@gatehouse/functions/event-bridge';
import type { BusEvent } from '@gatehouse/local/event-bridge/events';
import { createEventBus } from '@gatehouse/local/event-bridge/host';
import type { EventRow } from '@gatehouse/local/event-bridge/rows';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { ACCOUNT, CREDENTIALS, REGION } from './account.ts';
import type { VirtualClock } from './clock.ts';

/** The event bus of one world. */
export interface EventBus {
  bus: Bus;
  /** Every event that the bus has accepted, oldest first. */
  events(): Promise<BusEvent[]>;
}

/** Nothing has been sent to it yet. */
export function openEventBus(clock: VirtualClock): EventBus {
  const host = createEventBus({
    region: REGION,
    account: ACCOUNT,
    timeScale: 1,
    now: clock.now,
    invoke: async () => {},
    complain: message => console.error(message),
    functions: {},
    rules: [],
  });
  const client = new EventBridgeClient({
    region: REGION,
    credentials: CREDENTIALS,
    maxAttempts: 1,
    requestHandler: handlerFor(host.request),
  });
  return {
    bus: eventBridgeBus(client, 'default'),
    async events() {
      const answer = await host.control({ method: 'GET', path: '/_bus/events', headers: {}, body: '' });
      if (answer === 'dropped') throw new Error('the event bus is down');
      return (JSON.parse(answer.body) as EventRow[]).map(row => row.event);
    },
  };
}
