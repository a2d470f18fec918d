// Services: seeded, to be looked at.
import type { Done } from '../operation.ts';
import { notFound } from './errors.ts';
import { type Page, pageOf } from './pages.ts';
import { type Service, servicesIn } from './seed.ts';
import type { Region } from './state.ts';

export function listServices({ name }: Region, request: Page): Done {
  const { items, ...next } = pageOf(servicesIn(name), request, ({ arn }) => arn);
  return { answer: { items: items.map(shown), ...next }, changed: false };
}

export function getService({ name }: Region, request: { serviceIdentifier: string }): Done {
  const wanted = request.serviceIdentifier;
  const service = servicesIn(name).find(({ id, arn }) => id === wanted || arn === wanted);
  if (!service) throw notFound('SERVICE', wanted);
  return { answer: { ...shown(service), authType: 'NONE' }, changed: false };
}

function shown({ region: _region, createdAt, ...service }: Service) {
  const time = new Date(createdAt).toISOString();
  return { ...service, status: 'ACTIVE', createdAt: time, lastUpdatedAt: time };
}
