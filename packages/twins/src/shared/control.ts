// The control API of the twins, for tests and demonstrations: the resources, the calls, the present faults and
// switches. JSON over HTTP under /_twin, unsigned. No cloud has such an API.
import type { Answer, WireRequest, WireService } from '../http/wire.ts';
import { type Fault, readFaultOrders } from './faults.ts';
import { InputError, jsonBody, someOf } from './input.ts';
import { pictureOf } from './picture.ts';
import { carryOutLateCalls } from './requests.ts';
import { settingOf } from './switches.ts';
import type { World } from './world.ts';

type Route = (world: World, request: { query: URLSearchParams; body: string }) => unknown;

const routes = new Map<string, Record<string, Route>>([
  ['/_twin/resources', { GET: resources }],
  ['/_twin/reset', { POST: reset }],
  ['/_twin/faults', { GET: listFaults, PUT: replaceFaults, DELETE: clearFaults }],
  ['/_twin/calls', { GET: listCalls }],
  ['/_twin/switches', { GET: listSwitches, PUT: setSwitches }],
]);

export function createControlService(world: World): WireService {
  return async request => {
    carryOutLateCalls(world);
    return controlAnswer(world, request);
  };
}

function controlAnswer(world: World, request: WireRequest): Answer {
  const url = new URL(request.path, 'http://twin');
  const methods = routes.get(url.pathname);
  if (!methods)
    return json(404, {
      error: `There is no ${url.pathname}; the paths are ${[...routes.keys()].join(', ')}`,
    });
  const route = Object.hasOwn(methods, request.method) ? methods[request.method] : undefined;
  if (!route) {
    return json(405, { error: `${url.pathname} takes ${Object.keys(methods).join(', ')} only` });
  }
  try {
    return json(200, route(world, { query: url.searchParams, body: request.body }));
  } catch (error) {
    if (error instanceof InputError) return json(400, { error: error.message });
    throw error;
  }
}

function resources(world: World): unknown {
  const now = world.options.now();
  return pictureOf(
    Object.fromEntries(
      world.clouds.map(({ service }) => [
        service,
        world.twin(service)?.resources(world.context(service, now)),
      ]),
    ),
  );
}

function reset(world: World): unknown {
  world.reset();
  return {};
}

function listFaults(world: World): unknown {
  return world.state().faults.map(({ id: _id, seen: _seen, ...fault }) => fault);
}

function replaceFaults(world: World, { body }: { body: string }): unknown {
  const state = world.state();
  const orders = readFaultOrders(jsonBody(body), world.clouds);
  state.faults = orders.map((order, index): Fault => {
    return { ...order, id: state.nextFaultId + index, seen: 0, reached: 0 };
  });
  state.nextFaultId += orders.length;
  world.save();
  return listFaults(world);
}

function clearFaults(world: World): unknown {
  world.state().faults = [];
  world.save();
  return [];
}

function listCalls(world: World, { query }: { query: URLSearchParams }): unknown {
  const wanted = (name: 'service' | 'operation', value: string) => (query.get(name) ?? value) === value;
  return world.log.rows().filter(row => wanted('service', row.service) && wanted('operation', row.operation));
}

function listSwitches(world: World): unknown {
  return Object.fromEntries(
    world.clouds.map(({ service, switches }) => {
      const settings = world.settings(service);
      return [service, Object.fromEntries(switches.map(each => [each.name, settingOf(each, settings)]))];
    }),
  );
}

/** Sets the named switches and keeps the others; after one mistake, nothing is set. */
function setSwitches(world: World, { body }: { body: string }): unknown {
  const readers = world.clouds.map(({ service, switches }) => {
    return [service, someOf(Object.fromEntries(switches.map(each => [each.name, each.read])))] as const;
  });
  const requested = someOf(Object.fromEntries(readers))(jsonBody(body), '');
  const state = world.state();
  for (const [service, settings] of Object.entries(requested)) {
    state.switches[service] = { ...state.switches[service], ...settings };
  }
  world.save();
  return listSwitches(world);
}

function json(status: number, body: unknown): Answer {
  return {
    status,
    headers: { 'content-type': 'application/json' },
    body: `${JSON.stringify(body, undefined, 2)}\n`,
  };
}
