// The ports of the functions that change jobs: they start executions, and publish each change.
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SFNClient } from '@aws-sdk/client-sfn';
import type { Ports } from '@gatehouse/core/ports/ports';
import { readEnvironment } from './environment.ts';
import { eventBridgeBus } from './event-bridge.ts';
import { once } from './once.ts';
import { stepFunctionsExecutions } from './step-functions.ts';
import { HTTP, tablePorts } from './table-ports.ts';

/** A slow bus must not delay a job: the schedule publishes any event that is not accepted now. */
const SOON = { maxAttempts: 2, requestHandler: { ...HTTP, requestTimeout: 2_000 } };

export const ports = once((): Ports => {
  const { stateMachineArn, eventBusName } = readEnvironment();
  return {
    ...tablePorts(),
    executions: stepFunctionsExecutions(new SFNClient({ requestHandler: HTTP }), stateMachineArn),
    bus: eventBridgeBus(new EventBridgeClient(SOON), eventBusName),
  };
});
