// Alibaba Cloud, where a stage enables it: its access key as two secrets of the stage, in the environment of the
// functions that call it and of no others.
import { type Handler, ramActionsOf } from '@gatehouse/functions/permissions';

export interface Alicloud {
  accessKeyId: sst.Secret;
  accessKeySecret: sst.Secret;
}

export function deployAlicloud(): Alicloud {
  return {
    accessKeyId: new sst.Secret('AlicloudAccessKeyId'),
    accessKeySecret: new sst.Secret('AlicloudAccessKeySecret'),
  };
}

export function alicloudEnvironment(
  alicloud: Alicloud | undefined,
  handler: Handler,
): Record<string, $util.Input<string>> {
  if (!alicloud || ramActionsOf(handler).length === 0) return {};
  return {
    ALIBABA_CLOUD_ACCESS_KEY_ID: alicloud.accessKeyId.value,
    ALIBABA_CLOUD_ACCESS_KEY_SECRET: alicloud.accessKeySecret.value,
  };
}
