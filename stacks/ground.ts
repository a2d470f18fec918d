// Where a deployment stands: its settings, its account, and the names that are fixed because two of its parts have to
// know each other's before either is made.
import { type Alicloud, deployAlicloud } from './alicloud.ts';
import type { Settings } from './settings.ts';

export interface Ground {
  settings: Settings;
  /** Its secrets; none in a stage without it. */
  alicloud: Alicloud | undefined;
  /** `aws`, `aws-cn`, `aws-us-gov`. */
  partition: $util.Output<string>;
  account: $util.Output<string>;
  /** The functions start the machine and the machine calls the functions. */
  stateMachineName: string;
  stateMachineArn: $util.Output<string>;
  /** The functions put events on it, and its rules call the functions. */
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
    alicloud: settings.alicloud && deployAlicloud(),
    partition,
    account,
    stateMachineName,
    stateMachineArn: $interpolate`arn:${partition}:states:${settings.region}:${account}:stateMachine:${stateMachineName}`,
    eventBusName,
    eventBusArn: $interpolate`arn:${partition}:events:${settings.region}:${account}:event-bus/${eventBusName}`,
  };
}
