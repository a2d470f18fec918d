// The whole deployment, part by part, and the outputs that its operator needs.
import { deployAlarms } from './alarms.ts';
import { deployKeyPolicy } from './alicloud.ts';
import { deployApi } from './api.ts';
import { deployBusPolicy } from './bus-policy.ts';
import { deployEvents } from './events.ts';
import { groundOf } from './ground.ts';
import { settingsOf } from './settings.ts';
import { deployStorage } from './storage.ts';
import { deployWorkflow } from './workflow.ts';

export function deploy() {
  const ground = groundOf(settingsOf($app.stage));
  const storage = deployStorage(ground);
  const workflow = deployWorkflow(ground, storage);
  const { api, functions: routes } = deployApi(ground, storage);
  const events = deployEvents(ground, storage);
  const functions = {
    ...byHandler('steps', workflow.functions),
    ...routes,
    ...byHandler('events', events.functions),
  };
  deployBusPolicy(ground, events.bus, functions);
  if (ground.alicloud) deployKeyPolicy(ground.alicloud, functions);
  const alarms = deployAlarms(ground, {
    ...storage,
    ...events,
    api,
    stateMachine: workflow.machine,
    functions,
  });
  return {
    api: api.url,
    table: storage.table.name,
    stateMachine: workflow.machine.arn,
    eventBus: events.bus.name,
    deadLetters: events.deadLetters.url,
    alarms: alarms.topic.arn,
    alarmRecipients:
      ground.settings.alarmEmails.join(', ') ||
      'NOBODY: set alarmEmails in stacks/settings.ts, and deploy again',
    dashboard: alarms.dashboard.dashboardName,
    ...(ground.alicloud ? { alicloudSecret: ground.alicloud.secret.name } : {}),
  };
}

function byHandler(folder: string, functions: Record<string, sst.aws.Function>) {
  return Object.fromEntries(Object.entries(functions).map(([name, made]) => [`${folder}/${name}`, made]));
}
