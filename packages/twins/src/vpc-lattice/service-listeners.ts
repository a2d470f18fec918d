// Listeners of services, as far as they use target groups: a service forwards to a group by its listener's default
// action, and a group belongs to one service at most. They are created and deleted immediately; a group in use by one
// cannot be deleted.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { conflict, notFound, quotaExceeded } from './errors.ts';
import { type Page, pageOf } from './pages.ts';
import type { ByListener, CreateListener } from './requests.ts';
import { type Service, servicesIn } from './seed.ts';
import { findGroup, type Region, type ServiceListener, type TargetGroup } from './state.ts';
import { conflictOf, refuseUnlessUsable } from './status.ts';
import { listenersPerService } from './switches.ts';

const USUAL_PORT = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 };

export function createListener(region: Region, request: CreateListener, context: Context): Done {
  const { name, protocol, port = USUAL_PORT[protocol], defaultAction } = request;
  const service = findService(region, request.serviceIdentifier);
  const others = listenersOf(region, service);
  const taken = others.find(other => other.name === name || other.port === port);
  if (taken) {
    const message = `${service.name} has a listener ${taken.name} on port ${taken.port}`;
    throw conflict(message, { resourceId: taken.id, resourceType: 'LISTENER' });
  }
  const most = context.setting(listenersPerService);
  if (others.length >= most) throw quotaExceeded(`A service has at most ${most} listeners`, 'LISTENER');
  const groups = defaultAction.forward.targetGroups.map(({ targetGroupIdentifier }) =>
    findGroup(region, targetGroupIdentifier),
  );
  for (const group of groups) refuseUnlessFree(group, service, context);

  const id = `listener-${context.hex(17)}`;
  const listener: ServiceListener = {
    id,
    arn: `${service.arn}/listener/${id}`,
    name,
    protocol,
    port,
    serviceArn: service.arn,
    serviceId: service.id,
    defaultAction,
    groups: groups.map(({ arn }) => arn),
    createdAt: context.now,
  };
  region.account.listeners = [...(region.account.listeners ?? []), listener];
  for (const group of groups) group.serviceArns = [service.arn];
  const { groups: _groups, createdAt: _createdAt, ...answer } = listener;
  return { answer, changed: true };
}

export function listListeners(region: Region, request: Page & { serviceIdentifier: string }): Done {
  const service = findService(region, request.serviceIdentifier);
  const { items, ...next } = pageOf(listenersOf(region, service), request, ({ id }) => id);
  const shown = items.map(({ arn, id, name, protocol, port, createdAt }) => {
    const time = new Date(createdAt).toISOString();
    return { arn, id, name, protocol, port, createdAt: time, lastUpdatedAt: time };
  });
  return { answer: { items: shown, ...next }, changed: false };
}

export function deleteListener(region: Region, request: ByListener): Done {
  const service = findService(region, request.serviceIdentifier);
  const { listenerIdentifier } = request;
  const gone = listenersOf(region, service).find(
    ({ id, arn }) => id === listenerIdentifier || arn === listenerIdentifier,
  );
  if (!gone) throw notFound('LISTENER', listenerIdentifier);
  const left = (region.account.listeners ?? []).filter(listener => listener !== gone);
  const inUse = new Set(left.flatMap(({ groups }) => groups));
  region.account.listeners = left;
  for (const group of region.account.groups) {
    if (gone.groups.includes(group.arn) && !inUse.has(group.arn)) group.serviceArns = [];
  }
  return { answer: {}, changed: true };
}

function listenersOf({ account }: Region, { arn }: Service): ServiceListener[] {
  return (account.listeners ?? []).filter(({ serviceArn }) => serviceArn === arn);
}

export function findService({ name }: Region, wanted: string): Service {
  const service = servicesIn(name).find(({ id, arn }) => id === wanted || arn === wanted);
  if (!service) throw notFound('SERVICE', wanted);
  return service;
}

function refuseUnlessFree(group: TargetGroup, service: Service, context: Context): void {
  refuseUnlessUsable(group, context);
  const other = group.serviceArns.find(arn => arn !== service.arn);
  if (other) throw conflictOf(group, `The target group ${group.name} is in use by ${other}`);
}
