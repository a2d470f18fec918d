// The basis of a deployment: its settings, its account, and the names that are fixed because two parts need each
// other's name before either of them is created.
import { accessOf } from './access.ts';
import { type Alicloud, deployAlicloud } from './alicloud.ts';
import type { Settings } from './settings.ts';

export interface Ground {
  settings: Settings;
  /** The checked access rules, as JSON. */
  access: string;
  /** The secret of Alibaba Cloud; undefined in a stage without it. */
  alicloud: Alicloud | undefined;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  partition: $util.Output<string>;
  account: $util.Output<string>;
  /** Fixed, because functions start the machine and the machine calls functions. */
  stateMachineName: string;
  stateMachineArn: $util.Output<string>;
  /** Fixed, because functions put events on the bus and its rules call functions. */
  eventBusName: string;
  eventBusArn: $util.Output<string>;
}

export function groundOf(settings: Settings): Ground {
  const partition = aws.getPartitionOutput({}).partition;
  const account = aws.getCallerIdentityOutput({}).accountId;
  const stateMachineName = `${$app.name}-${$app.stage}`;
  const eventBusName = `${$app.name}-${$app.stage}`;
  return {
    settings,
    access: accessOf(settings),
    alicloud: settings.alicloud && deployAlicloud(settings),
    partition,
    account,
    stateMachineName,
    stateMachineArn: $interpolate`arn:${partition}:states:${settings.region}:${account}:stateMachine:${stateMachineName}`,
    eventBusName,
    eventBusArn: $interpolate`arn:${partition}:events:${settings.region}:${account}:event-bus/${eventBusName}`,
  };
}
