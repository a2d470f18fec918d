// IAM on one machine: everything that the functions send passes here on its way to the clouds. A call is let through if
// the role of the function that signed it allows the action on the resource; else it is refused as AWS refuses it. What
// passed is what the policies are held against.
import { request as httpRequest } from 'node:http';
import { text } from 'node:stream/consumers';
import { serve } from '@gatehouse/local/http/http-service';
import { LOCAL } from '@gatehouse/local/settings';
import { readCall as readQuery } from '@gatehouse/twins/classic-elb/wire';
import type { Answer, WireRequest } from '@gatehouse/twins/http/wire';
import { signedFor } from '@gatehouse/twins/http/wire';
import { readCall as readRest } from '@gatehouse/twins/vpc-lattice/wire';
import type { Statement } from './deployment.ts';
import { keyOf } from './instances.ts';
import { type Asked, askedOnBehalf } from './on-behalf.ts';

const MAX_BODY_BYTES = 10 * 1024 * 1024;

export interface Gate {
  url: string;
  /** For Alibaba Cloud, whose one access key does not say which function calls: a door for each. */
  doorOf(handler: string): Promise<string>;
  /** `service:Operation` by handler. */
  passed: Map<string, Set<string>>;
  /** All that passed, in order. */
  seen: Passed[];
  /** What no role allowed. */
  refused: string[];
  /** From now on the line drops what is so: `handler service:Operation`. Nothing more of it arrives. */
  losing(which: RegExp | undefined): void;
  stop(): Promise<void>;
}

/** `readUnits`: of a read of the table, as the engine counts them, once it is answered. */
export interface Passed {
  handler: string;
  action: string;
  readUnits?: number;
}

export async function openGate(to: () => string, policies: Map<string, Statement[]>): Promise<Gate> {
  const passed = new Map<string, Set<string>>();
  const seen: Gate['seen'] = [];
  const refused: string[] = [];
  let lost: RegExp | undefined;
  const handlers = new Map([...policies.keys()].map(handler => [keyOf(handler), handler]));

  function answer(request: WireRequest): Promise<Answer> {
    const [, key = ''] = /Credential=([^/]+)\//.exec(request.headers['authorization'] ?? '') ?? [];
    return checked(handlers.get(key) ?? key, request);
  }

  async function checked(handler: string, request: WireRequest): Promise<Answer> {
    const needed = asked(request);
    const statements = policies.get(handler) ?? [];
    const lacking = needed.find(each => !statements.some(statement => allows(statement, each)));
    if (lacking) {
      refused.push(`${handler}: ${lacking.action} on ${lacking.resource}`);
      return denied(lacking);
    }
    const [called] = needed;
    if (lost?.test(`${handler} ${called?.action}`)) return 'dropped';
    const entry: Passed = { handler, action: called?.action ?? '' };
    if (called) seen.push(entry);
    const actions = passed.get(handler) ?? new Set();
    for (const { action } of needed) actions.add(action);
    passed.set(handler, actions);
    return TABLE_READ.test(entry.action) ? counted(request, entry) : forward(to(), request);
  }

  /** Asks for the capacity that the read consumes, which callers do not ask for. */
  async function counted(request: WireRequest, entry: Passed): Promise<Answer> {
    const body = JSON.stringify({ ...JSON.parse(request.body), ReturnConsumedCapacity: 'TOTAL' });
    const answered = await forward(to(), { ...request, body });
    if (answered !== 'dropped' && answered.status === 200) {
      const consumed: { CapacityUnits: number }[] = [
        JSON.parse(String(answered.body)).ConsumedCapacity,
      ].flat();
      entry.readUnits = consumed.reduce((sum, { CapacityUnits }) => sum + CapacityUnits, 0);
    }
    return answered;
  }

  const doors = [await serve(answer, { port: 0, maxBodyBytes: MAX_BODY_BYTES })];
  return {
    url: `http://127.0.0.1:${doors[0]?.port}`,
    async doorOf(handler) {
      const door = await serve(request => checked(handler, request), {
        port: 0,
        maxBodyBytes: MAX_BODY_BYTES,
      });
      doors.push(door);
      return `http://127.0.0.1:${door.port}`;
    },
    passed,
    seen,
    refused,
    losing(which) {
      lost = which;
    },
    stop: async () => {
      await Promise.all(doors.map(door => door.close()));
    },
  };
}

/** A transaction and a scan are not used. */
export const TABLE_READ = /^dynamodb:(GetItem|BatchGetItem|Query)$/;

/** With the host that was called: Alibaba Cloud signs it. */
async function forward(url: string, { method, path, headers, body }: WireRequest): Promise<Answer> {
  const { connection: _, 'content-length': __, expect: ___, ...sent } = headers;
  const { hostname, port } = new URL(url);
  const { promise, resolve } = Promise.withResolvers<Answer>();
  const outgoing = httpRequest({ hostname, port, method, path, headers: sent }, async incoming => {
    const { 'transfer-encoding': ____, ...answered } = incoming.headers;
    const told = Object.entries(answered).map(([name, value]) => [name, String(value)]);
    const status = incoming.statusCode ?? 500;
    resolve(
      text(incoming).then(
        said => ({ status, headers: Object.fromEntries(told), body: said }),
        () => 'dropped' as const,
      ),
    );
  });
  outgoing.on('error', () => resolve('dropped'));
  outgoing.end(body);
  return promise;
}

/** The actions that IAM would check, that of the call first, and the resources that it would check them on. */
function asked(request: WireRequest): Asked[] {
  const onAlicloud = request.headers['x-acs-action'];
  if (onAlicloud) return [{ action: `ga:${onAlicloud}`, resource: '*' }];
  const { service = '', region = '' } = signedFor(request.headers) ?? {};
  const { operation, members } = readCall(service, request);
  const call = {
    action: `${service}:${operation}`,
    resource: resourceOf(service, region, operation, members),
    ...(service === 'events' ? { context: sourceOf(members) } : {}),
  };
  return [call, ...askedOnBehalf(call, members)];
}

type Members = Record<string, unknown>;

function readCall(service: string, request: WireRequest): { operation: string; members: Members } {
  if (service === 'vpc-lattice') {
    const { operation, request: members } = readRest(request);
    return { operation, members: Object(members) };
  }
  if (service === 'elasticloadbalancing') {
    const { operation, request: members } = readQuery(request, []);
    return { operation, members: Object(members) };
  }
  const [, operation = ''] = String(request.headers['x-amz-target']).split('.');
  return { operation, members: JSON.parse(request.body || '{}') };
}

/** Every entry of a call has the same source. */
function sourceOf({ Entries }: Members): Record<string, string> {
  return { 'events:source': String(Object(Entries)[0]?.Source) };
}

function resourceOf(service: string, region: string, operation: string, of: Members): string {
  const arn = (what: string, where = region) => `arn:aws:${service}:${where}:${LOCAL.account}:${what}`;
  switch (service) {
    case 'dynamodb': {
      // A batch read names its one table as the key of what it asks for.
      const table = of['TableName'] ?? Object.keys(Object(of['RequestItems'])).join();
      return arn(of['IndexName'] ? `table/${table}/index/${of['IndexName']}` : `table/${table}`);
    }
    case 'states':
      return String(of['stateMachineArn'] ?? of['executionArn']);
    case 'globalaccelerator':
      return String(of['EndpointGroupArn'] ?? of['ListenerArn'] ?? of['AcceleratorArn']);
    case 'elasticloadbalancing':
      return operation.startsWith('Describe') ? '*' : arn(`loadbalancer/${of['LoadBalancerName']}`);
    case 'vpc-lattice':
      if (operation === 'ListTargetGroups' || operation === 'ListTagsForResource') return '*';
      if (operation === 'CreateTargetGroup') return arn('targetgroup/tg-not-yet');
      return String(of['targetGroupIdentifier'] ?? of['resourceArn']);
    case 'secretsmanager':
      return String(of['SecretId']);
    case 'events':
      return arn(`event-bus/${Object(of['Entries'])[0]?.EventBusName ?? 'default'}`);
    default:
      return `unknown service ${service}`;
  }
}

function allows(
  { Action, Resource, Condition }: Statement,
  { action, resource, context = {} }: Asked,
): boolean {
  const conditions = Object.entries({ ...Condition }).flatMap(([, keys]) => Object.entries(keys));
  return (
    Action.includes(action) &&
    conditions.every(([key, values]) => values.includes(context[key] ?? '')) &&
    Resource.some(pattern => {
      if (pattern === '*') return true;
      const literals = pattern.split('*').map(text => text.replaceAll(/[\^$.|?+()[\]{}]/g, '\\$&'));
      return new RegExp(`^${literals.join('.*')}$`).test(resource);
    })
  );
}

function denied({ action, resource }: Asked): Answer {
  const message = `not authorized to perform: ${action} on resource: ${resource}`;
  return {
    status: 403,
    headers: { 'content-type': 'application/json', 'x-amzn-errortype': 'AccessDeniedException' },
    body: JSON.stringify({ __type: 'AccessDeniedException', message, Message: message }),
  };
}
