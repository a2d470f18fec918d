// The ports of the functions that read from every cloud and change none: Begin, a plan, a drift report.
import type { CloudPorts } from '@gatehouse/core/plan/cloud-ports';
import type { RequestSettings } from '@gatehouse/core/request/request-ports';
import { alicloudConfig } from './alicloud-key.ts';
import { readRequestRules } from './environment.ts';
import { everyCloud } from './every-cloud.ts';
import { once } from './once.ts';
import { tablePorts } from './table-ports.ts';

export interface LookingPorts extends CloudPorts {
  settings: RequestSettings;
}

export const lookingPorts = once((): LookingPorts => {
  const table = tablePorts();
  const settings = { ...table.settings, ...readRequestRules() };
  const alicloud = { config: alicloudConfig(), profile: settings.alicloudLimits };
  return { ...table, settings, ...everyCloud(settings.region, alicloud) };
});
