// CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus.

import { members, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { type Bus, DEFAULT_BUS } from './buses.ts';
import { busArn, busAt, type Desk } from './desk.ts';
import { busName, invalid, name, page, paging, read } from './reading.ts';

export function createBus(desk: Desk, body: Body): object {
  const asked = read(body, members({ Name: name(256) }, { Description: text({ max: 512 }) }));
  if (desk.buses.bus(asked.Name))
    throw new WireError('ResourceAlreadyExistsException', `Event bus ${asked.Name} already exists.`);
  desk.buses.putBus({ ...asked, CreationTime: desk.now() / 1000 });
  return { EventBusArn: busArn(desk, asked.Name) };
}

export function describeBus(desk: Desk, body: Body): object {
  const { Name = DEFAULT_BUS } = read(body, members({}, { Name: busName }));
  return listedBus(desk, busAt(desk, Name));
}

export function listBuses(desk: Desk, body: Body): object {
  const { NamePrefix = '', ...asked } = read(body, members({}, { NamePrefix: name(256), ...paging }));
  const found = desk.buses.all().filter(({ Name }) => Name.startsWith(NamePrefix));
  return page(
    'EventBuses',
    found.map(bus => listedBus(desk, bus)),
    asked,
  );
}

export function deleteBus(desk: Desk, body: Body): object {
  const { Name } = read(body, members({ Name: name(256) }, {}));
  if (Name === DEFAULT_BUS) throw invalid('Cannot delete event bus default.');
  if (desk.buses.rules(Name).length > 0)
    throw invalid(`Cannot delete event bus ${Name}: it still has rules.`);
  desk.buses.removeBus(Name);
  return {};
}

function listedBus(desk: Desk, bus: Bus): object {
  return { ...bus, Arn: busArn(desk, bus.Name) };
}
