// CreateEventBus, DescribeEventBus, ListEventBuses, DeleteEventBus.

import { members, text } from '@gatehouse/twins/shared/input';
import { type Body, WireError } from '../http/aws-json.ts';
import { type Bus, DEFAULT_BUS } from './buses.ts';
import { type BusContext, busArn, busAt } from './context.ts';
import { busName, invalid, name, notHere, page, paging, read } from './reading.ts';

export function createBus(context: BusContext, body: Body): object {
  const optional = {
    Description: text({ max: 512 }),
    ...notHere('DeadLetterConfig', 'EventSourceName', 'KmsKeyIdentifier', 'LogConfig', 'Tags'),
  };
  const { Name, Description } = read(body, members({ Name: name(256) }, optional));
  const requested = { Name, ...(Description === undefined ? {} : { Description }) };
  // A name with a slash is that of a partner's event source.
  if (Name.includes('/'))
    throw invalid(`Parameter Name is not valid. Reason: ${Name} must not contain a slash.`);
  if (context.buses.bus(requested.Name))
    throw new WireError('ResourceAlreadyExistsException', `Event bus ${requested.Name} already exists.`);
  context.buses.putBus({ ...requested, CreationTime: context.now() / 1000 });
  return { EventBusArn: busArn(context, requested.Name) };
}

export function describeBus(context: BusContext, body: Body): object {
  const { Name = DEFAULT_BUS } = read(body, members({}, { Name: busName }));
  return listedBus(context, busAt(context, Name));
}

export function listBuses(context: BusContext, body: Body): object {
  const { NamePrefix = '', ...requested } = read(body, members({}, { NamePrefix: name(256), ...paging }));
  const found = context.buses.all().filter(({ Name }) => Name.startsWith(NamePrefix));
  return page(
    'EventBuses',
    found.map(bus => listedBus(context, bus)),
    requested,
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
  return { ...bus, Arn: busArn(context, bus.Name), LastModifiedTime: bus.CreationTime };
}
