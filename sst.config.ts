/// <reference path="./.sst/platform/config.d.ts" />
// What `sst deploy --stage NAME` deploys. What can be configured is in stacks/settings.ts.

export default $config({
  async app({ stage }) {
    const { SST_VERSION, settingsOf } = await import('./stacks/settings.ts');
    const { region, protect, keepTable } = settingsOf(stage);
    return {
      name: 'gatehouse',
      home: 'aws',
      version: SST_VERSION,
      removal: keepTable ? 'retain' : 'remove',
      protect,
      providers: { aws: { region, defaultTags: { tags: { app: 'gatehouse', stage } } } },
    };
  },

  async run() {
    const { deploy } = await import('./stacks/deploy.ts');
    return deploy();
  },
});
