// The whole deployment, part by part, and what a person has to know of it afterwards.
import { deployApi } from './api.ts';
import { deployEvents } from './events.ts';
import { groundOf } from './ground.ts';
import { settingsOf } from './settings.ts';
import { deployStorage } from './storage.ts';
import { deployWorkflow } from './workflow.ts';

export function deploy() {
  const ground = groundOf(settingsOf($app.stage));
  const storage = deployStorage(ground);
  const workflow = deployWorkflow(ground, storage);
  const api = deployApi(ground, storage);
  const events = deployEvents(ground, storage);
  return {
    api: api.url,
    table: storage.table.name,
    stateMachine: workflow.machine.arn,
    eventBus: events.bus.name,
    deadLetters: events.deadLetters.url,
  };
}
