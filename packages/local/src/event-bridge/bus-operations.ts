// CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus.

import { members, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { type Bus, DEFAULT_BUS } from './buses.ts';
import { type BusContext, busArn, busAt } from './context.ts';
import { busName, invalid, name, page, paging, read } from './reading.ts';

export function createBus(context: BusContext, body: Body): object {
  const asked = read(body, members({ Name: name(256) }, { Description: text({ max: 512 }) }));
  if (context.buses.bus(asked.Name))
    throw new WireError('ResourceAlreadyExistsException', `Event bus ${asked.Name} already exists.`);
  context.buses.putBus({ ...asked, CreationTime: context.now() / 1000 });
  return { EventBusArn: busArn(context, asked.Name) };
}

export function describeBus(context: BusContext, body: Body): object {
  const { Name = DEFAULT_BUS } = read(body, members({}, { Name: busName }));
  return listedBus(context, busAt(context, Name));
}

export function listBuses(context: BusContext, body: Body): object {
  const { NamePrefix = '', ...asked } = read(body, members({}, { NamePrefix: name(256), ...paging }));
  const found = context.buses.all().filter(({ Name }) => Name.startsWith(NamePrefix));
  return page(
    'EventBuses',
    found.map(bus => listedBus(context, bus)),
    asked,
  );
}

export function deleteBus(context: BusContext, body: Body): object {
  const { Name } = read(body, members({ Name: name(256) }, {}));
  if (Name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
  if (context.buses.rules(Name).length > 0)
    throw invalid(`Cannot delete event bus ${Name}: it still has rules.`);
  context.buses.removeBus(Name);
  return {};
}

function listedBus(context: BusContext, bus: Bus): object {
  return { ...bus, Arn: busArn(context, bus.Name) };
}
