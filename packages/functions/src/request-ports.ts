// The ports of the functions that take requests and verbs: they know what callers may do.
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { readRequestRules } from './environment.ts';
import { once } from './once.ts';
import { ports } from './ports.ts';

export const requestPorts = once((): RequestPorts => {
  const { settings, ...rest } = ports();
  return { ...rest, settings: { ...settings, ...readRequestRules() } };
});
