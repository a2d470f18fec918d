// Services: seeded and read-only. Their listeners define the groups that they use.
import type { Done } from '../shared/operation.ts';
import { type Page, pageOf } from './pages.ts';
import { type Service, servicesIn } from './seed.ts';
import { findService } from './service-listeners.ts';
import type { Region } from './state.ts';

export function listServices({ name }: Region, request: Page): Done {
  const { items, ...next } = pageOf(servicesIn(name), request, ({ arn }) => arn);
  return { answer: { items: items.map(shown), ...next }, changed: false };
}

export function getService(region: Region, request: { serviceIdentifier: string }): Done {
  const service = findService(region, request.serviceIdentifier);
  return { answer: { ...shown(service), authType: 'NONE' }, changed: false };
}

function shown({ region: _region, createdAt, ...service }: Service) {
  const time = new Date(createdAt).toISOString();
  return { ...service, status: 'ACTIVE', createdAt: time, lastUpdatedAt: time };
}
