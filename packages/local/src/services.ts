// The services of the local stack behind its one port, except DynamoDB: the REST API, Step Functions, EventBridge and
// the twins, around the functions that they call.
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { machine } from '@gatehouse/core/machine/machine';
import { corsOf } from '@gatehouse/functions/api/cors';
import { DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { readRequestRules } from '@gatehouse/functions/environment';
import { signedFor, type WireService } from '@gatehouse/twins/http/wire';
import { createTwins, type Twins } from '@gatehouse/twins/twins';
import { createGateway } from './api-gateway/gateway.ts';
import type { SentEvent } from './event-bridge/events.ts';
import { createEventBus, type EventBus } from './event-bridge/host.ts';
import { type HandlerOf, localFunctions } from './functions.ts';
import { createLambdas, type Lambdas } from './lambda/lambdas.ts';
import { asyncSettings, localRules } from './rules.ts';
import { createSecrets } from './secrets-manager/secrets.ts';
import { ALICLOUD_KEY, functionArn, LOCAL, secretArn } from './settings.ts';
import {
  type AslObject,
  createStepFunctions,
  type ExecutionStatusEvent,
  type StepFunctions,
  type StepFunctionsOptions,
} from './step-functions/host.ts';

export interface ServicesOptions {
  dataDir: string;
  timeScale: number;
  /** The source of the twins' times and ids. */
  seed: string;
  /** Origins whose pages can call the API. */
  corsOrigin?: string[];
  /** By default the sources of the functions' package. */
  handlerOf?: HandlerOf;
  /** The engine behind the Step Functions API; by default the local one. */
  engine?: (options: StepFunctionsOptions) => Engine;
}

export type Engine = Pick<StepFunctions, 'request' | 'stop'>;

export interface Services {
  request: WireService;
  /** Starts the delivery of events to functions, which can call the services immediately. */
  start(): void;
  stop(): Promise<void>;
}

/** The functions find the services in the environment, which must be set before `start`. */
export function createServices(options: ServicesOptions): Services {
  const { dataDir, timeScale, seed, corsOrigin = [], handlerOf, engine = createStepFunctions } = options;
  const { region, account } = LOCAL;
  const functions = localFunctions(handlerOf);
  const lambdas = createLambdas(functions, region, account);
  const host = { dataDir, region, account, timeScale, now: Date.now, invoke: lambdas.invoke };
  const twins = createTwins({
    dataDir: join(dataDir, 'twins'),
    seed,
    timeScale,
    now: Date.now,
    sleep,
    // The limits that Gatehouse applies to requests.
    switches: { ga: { profile: readRequestRules().alicloudLimits } },
  });
  const eventBus = createEventBus({
    ...host,
    functions: asyncSettings(Object.keys(functions)),
    complain: (message, details) => console.error(message, details),
    rules: localRules(),
  });
  const stepFunctions = engine({
    ...host,
    onStatusChange: detail => eventBus.emit(statusChange(detail)),
    machines: [{ name: LOCAL.machine, definition: machine(functionArn) as unknown as AslObject }],
  });
  const secrets = createSecrets({ [LOCAL.alicloudSecret]: JSON.stringify(ALICLOUD_KEY) }, secretArn);
  const gateway = createGateway({
    routes: ROUTES,
    defaultRoute: DEFAULT_ROUTE,
    lambdas,
    account,
    cors: corsOf(corsOrigin),
  });
  return {
    request: dispatch({ states: stepFunctions.request, eventBus, lambdas, secrets, twins, gateway }),
    start: () => eventBus.start(),
    async stop() {
      eventBus.stop();
      await stepFunctions.stop();
    },
  };
}

/**
 * `/_twin` is the twins' control API, `/_bus` the event bus's, `/_lambda` that of the functions. A signed request is for the service of its SigV4
 * credential scope, a call of a cloud for its twin. All others are for the REST API.
 */
function dispatch(to: {
  states: WireService;
  eventBus: EventBus;
  lambdas: Lambdas;
  secrets: WireService;
  twins: Twins;
  gateway: WireService;
}): WireService {
  return request => {
    if (request.path.startsWith('/_twin')) return to.twins.control(request);
    if (request.path.startsWith('/_bus')) return to.eventBus.control(request);
    if (request.path.startsWith('/_lambda')) return to.lambdas.control(request);
    const service = signedFor(request.headers)?.service;
    if (service === 'states') return to.states(request);
    if (service === 'events') return to.eventBus.request(request);
    if (service === 'secretsmanager') return to.secrets(request);
    if (service === 'sqs') return to.eventBus.sqs(request);
    if (service === 'lambda') return to.eventBus.invoke(request);
    return to.twins.takes(request) ? to.twins.request(request) : to.gateway(request);
  };
}

function statusChange(detail: ExecutionStatusEvent): SentEvent {
  const detailType = 'Step Functions Execution Status Change';
  return { source: 'aws.states', detailType, resources: [detail.executionArn], detail };
}
