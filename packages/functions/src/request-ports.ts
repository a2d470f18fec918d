// The ports of the functions that accept requests and actions, with the access rules of callers.
import { accessWarnings } from '@gatehouse/core/request/access';
import type { RequestPorts } from '@gatehouse/core/request/request-ports';
import { readRequestRules } from './environment.ts';
import { once } from './once.ts';
import { ports } from './ports.ts';

export const requestPorts = once((): RequestPorts => {
  const { settings, ...rest } = ports();
  const rules = readRequestRules();
  for (const warning of accessWarnings(rules.access)) rest.log.warn(warning);
  return { ...rest, settings: { ...settings, ...rules } };
});
