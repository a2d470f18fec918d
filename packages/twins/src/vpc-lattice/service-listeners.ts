// Listeners of services, as far as they use target groups: a service forwards to a group by its listener's default
// action, and a group belongs to one service at most. They are created and deleted immediately; a group in use by one
// cannot be deleted.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { createOnce } from '../shared/tokens.ts';
import { conflict, notFound, quotaExceeded } from './errors.ts';
import { type Page, pageOf } from './pages.ts';
import type { ByListener, CreateListener } from './requests.ts';
import { type Service, servicesIn } from './seed.ts';
import { findGroup, type Region, type ServiceListener, type TargetGroup } from './state.ts';
import { conflictOf, refuseUnlessUsable } from './status.ts';
import { listenersPerService, tokenAfterDelete, tokenSeconds } from './switches.ts';
import { refuseTooManyTags } from './tags.ts';
import { refuseOtherParameters } from './token-mismatch.ts';

const USUAL_PORT = { HTTP: 80, HTTPS: 443, TLS_PASSTHROUGH: 443 };

export function createListener(region: Region, request: CreateListener, context: Context): Done {
  const { clientToken: token, ...parameters } = request;
  const create = () => newListener(region, parameters, context);
  if (token === undefined) return { answer: create().answer, changed: true };
  const operation = `CreateListener in ${region.name}`;
  const tokenFor = context.setting(tokenSeconds);
  return createOnce(
    region.account,
    {
      ...{ operation, token, parameters, tokenSeconds: tokenFor, create },
      again(known, isEqual) {
        const isThere = region.account.listeners?.some(({ arn }) => arn === known.arn);
        if (!isThere && context.setting(tokenAfterDelete) === 'create') return undefined;
        if (!isEqual) refuseOtherParameters({ id: token, type: 'LISTENER' }, token, context);
        return { answer: known.answer, changed: false };
      },
    },
    context,
  );
}

function newListener(
  region: Region,
  request: Omit<CreateListener, 'clientToken'>,
  context: Context,
): { arn: string; answer: unknown } {
  const { name, protocol, port = USUAL_PORT[protocol], defaultAction, tags = {} } = request;
  refuseTooManyTags(tags, context);
  const service = findService(region, request.serviceIdentifier);
  const others = listenersOf(region, service);
  const taken = others.find(other => other.name === name || other.port === port);
  if (taken) {
    const message = `${service.name} has a listener ${taken.name} on port ${taken.port}`;
    throw conflict(message, { resourceId: taken.id, resourceType: 'LISTENER' });
  }
  const most = context.setting(listenersPerService);
  if (others.length >= most) throw quotaExceeded(`A service has at most ${most} listeners`, 'LISTENER');
  const forwardsTo = defaultAction.forward?.targetGroups ?? [];
  const groups = forwardsTo.map(({ targetGroupIdentifier }) => findGroup(region, targetGroupIdentifier));
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
    tags,
    createdAt: context.now,
  };
  region.account.listeners = [...(region.account.listeners ?? []), listener];
  for (const group of groups) group.serviceArns = [service.arn];
  return { arn: listener.arn, answer: shown(listener) };
}

export function getListener(region: Region, { serviceIdentifier, listenerIdentifier }: ByListener): Done {
  const listener = findListener(region, findService(region, serviceIdentifier), listenerIdentifier);
  const time = new Date(listener.createdAt).toISOString();
  return { answer: { ...shown(listener), createdAt: time, lastUpdatedAt: time }, changed: false };
}

function shown({ groups: _groups, tags: _tags, createdAt: _createdAt, ...api }: ServiceListener) {
  return api;
}

export function listListeners(region: Region, request: Page & { serviceIdentifier: string }): Done {
  const service = findService(region, request.serviceIdentifier);
  const { items, ...next } = pageOf(listenersOf(region, service), request, ({ id }) => id);
  const summaries = items.map(({ arn, id, name, protocol, port, createdAt }) => {
    const time = new Date(createdAt).toISOString();
    return { arn, id, name, protocol, port, createdAt: time, lastUpdatedAt: time };
  });
  return { answer: { items: summaries, ...next }, changed: false };
}

export function deleteListener(region: Region, request: ByListener): Done {
  const service = findService(region, request.serviceIdentifier);
  const gone = findListener(region, service, request.listenerIdentifier);
  const left = (region.account.listeners ?? []).filter(listener => listener !== gone);
  const inUse = new Set(left.flatMap(({ groups }) => groups));
  region.account.listeners = left;
  for (const group of region.account.groups) {
    if (gone.groups.includes(group.arn) && !inUse.has(group.arn)) group.serviceArns = [];
  }
  return { answer: {}, changed: true };
}

function findListener(region: Region, service: Service, wanted: string): ServiceListener {
  const found = listenersOf(region, service).find(({ id, arn }) => id === wanted || arn === wanted);
  if (!found) throw notFound('LISTENER', wanted);
  return found;
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
