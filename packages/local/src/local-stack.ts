// The whole house on one machine and one port: the REST API, DynamoDB, Step Functions, EventBridge and the twins, with
// the Lambda handlers as they are deployed. Which service a request is for, its SigV4 credential scope says, or that it
// is an RPC call of Alibaba Cloud; what is under /_twin is the twins' control, under /_bus the event buses'; the rest is
// the REST API.
import { accessSync, constants, mkdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { FUNCTIONS, machine, OLDER_FUNCTIONS } from '@gatehouse/core/machine/machine';
import { corsOf } from '@gatehouse/functions/api/cors';
import { DEFAULT_ROUTE, ROUTES } from '@gatehouse/functions/api/routes';
import { EVENT_FUNCTIONS } from '@gatehouse/functions/events/rules';
import { signedFor, type WireService } from '@gatehouse/twins/http/wire';
import { createTwins, type Twins } from '@gatehouse/twins/twins';
import { readAccess } from './access-file.ts';
import { createGateway, MAX_PAYLOAD_BYTES } from './api-gateway/gateway.ts';
import { ensureTable, openDatabase } from './dynamodb/database.ts';
import { completeInterruptedWrites } from './dynamodb/interrupted-writes.ts';
import type { SentEvent } from './event-bridge/events.ts';
import { createEventBus, type EventBus } from './event-bridge/host.ts';
import { foreignPages } from './http/foreign-pages.ts';
import { serve } from './http/http-service.ts';
import { createLambdas, type Handler, type LocalFunction } from './lambda/lambdas.ts';
import { logToFile } from './log.ts';
import { asyncSettings, localRules } from './rules.ts';
import { functionArn, LOCAL, localEnvironment } from './settings.ts';
import { type AslObject, createStepFunctions, type ExecutionStatusEvent } from './step-functions/host.ts';

export interface HouseOptions {
  port: number;
  dataDir: string;
  timeScale: number;
  seed: string;
  /** A file of access rules. */
  access?: string;
  /** Origins whose pages may call the API. */
  corsOrigin?: string[];
  /** A handler by its file, such as `steps/begin`; the sources of functions/ unless told. */
  handlerOf?: (file: string) => Promise<Handler>;
}

export interface House {
  url: string;
  stop(): Promise<void>;
}

/** Throws an Error with one clear line where the port or the data folder cannot be used. */
export async function openHouse(options: HouseOptions): Promise<House> {
  const { dataDir, timeScale, seed, handlerOf = sourceOf } = options;
  useDataDir(dataDir);
  const access = options.access === undefined ? '' : await readAccess(options.access);
  let answer: WireService = async () => ({ status: 503, headers: { 'retry-after': '1' }, body: '' });
  let database: RequestListener = (_incoming, outgoing) => outgoing.writeHead(503).end();
  const server = await serve(request => answer(request), {
    port: options.port,
    maxBodyBytes: MAX_PAYLOAD_BYTES,
    refuses: foreignPages(options.corsOrigin ?? []),
    direct: { dynamodb: (incoming, outgoing) => database(incoming, outgoing) },
  });
  database = await openDatabase(join(dataDir, 'dynamodb'));
  logToFile(join(dataDir, 'gatehouse.log'));
  const url = `http://127.0.0.1:${server.port}`;
  Object.assign(process.env, localEnvironment(url, timeScale), { GATEHOUSE_ACCESS: access });

  // Loaded only now: the SDK clients in there find their endpoints in the environment just set.
  const { DynamoDBClient } = await import('@aws-sdk/client-dynamodb');
  const client = new DynamoDBClient({});
  await ensureTable(client, LOCAL.table);
  await completeInterruptedWrites(client, LOCAL.table);

  const functions = localFunctions(handlerOf);
  const lambdas = createLambdas(functions, LOCAL.region, LOCAL.account);
  const twins = createTwins({ dataDir: join(dataDir, 'twins'), seed, timeScale, now: Date.now, sleep });
  const eventBus = createEventBus({
    dataDir,
    region: LOCAL.region,
    account: LOCAL.account,
    timeScale,
    now: Date.now,
    invoke: lambdas.invoke,
    functions: asyncSettings(Object.keys(functions)),
    complain: (message, details) => console.error(message, details),
    rules: localRules(),
  });
  const stepFunctions = createStepFunctions({
    dataDir,
    region: LOCAL.region,
    account: LOCAL.account,
    timeScale,
    now: Date.now,
    invoke: lambdas.invoke,
    onStatusChange: detail => eventBus.emit(statusChange(detail)),
    machines: [{ name: LOCAL.machine, definition: machine(functionArn) as unknown as AslObject }],
  });
  const gateway = createGateway({
    routes: ROUTES,
    defaultRoute: DEFAULT_ROUTE,
    lambdas,
    account: LOCAL.account,
    cors: corsOf(options.corsOrigin ?? []),
  });
  answer = dispatch({ states: stepFunctions.request, eventBus, twins, gateway });
  eventBus.start();

  return {
    url,
    async stop() {
      eventBus.stop();
      await stepFunctions.stop();
      await server.close();
    },
  };
}

function dispatch(to: {
  states: WireService;
  eventBus: EventBus;
  twins: Twins;
  gateway: WireService;
}): WireService {
  return request => {
    if (request.path.startsWith('/_twin')) return to.twins.control(request);
    if (request.path.startsWith('/_bus')) return to.eventBus.control(request);
    const service = signedFor(request.headers)?.service;
    if (service === 'states') return to.states(request);
    if (service === 'events') return to.eventBus.request(request);
    return to.twins.takes(request) ? to.twins.request(request) : to.gateway(request);
  };
}

function statusChange(detail: ExecutionStatusEvent): SentEvent {
  const detailType = 'Step Functions Execution Status Change';
  return { source: 'aws.states', detailType, resources: [detail.executionArn], detail };
}

function localFunctions(handlerOf: (file: string) => Promise<Handler>): Record<string, LocalFunction> {
  const load = (file: string, timeoutSeconds: number) => ({ timeoutSeconds, load: () => handlerOf(file) });
  const steps = Object.entries({ ...FUNCTIONS, ...OLDER_FUNCTIONS }).map(([name, { timeoutSeconds }]) => [
    name,
    load(`steps/${name}`, timeoutSeconds),
  ]);
  const api = [...Object.values(ROUTES), DEFAULT_ROUTE].map(name => [name, load(`api/${name}`, 30)]);
  const events = Object.entries(EVENT_FUNCTIONS).map(([name, { timeoutSeconds }]) => [
    name,
    load(`events/${name}`, timeoutSeconds),
  ]);
  return Object.fromEntries([...steps, ...api, ...events]);
}

async function sourceOf(file: string): Promise<Handler> {
  const { handler }: { handler: Handler } = await import(`@gatehouse/functions/${file}`);
  return handler;
}

function useDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw new Error(`the data folder ${dataDir} cannot be written; choose another with --data-dir`, {
      cause,
    });
  }
}
