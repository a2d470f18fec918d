// What the commands show of foreign objects that a forced removal deletes: the plan, the job and its history name each.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RegisterTargetsCommand, VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { createClient } from '@gatehouse/client';
import { startedStack } from '../client/local-stack.ts';
import { gatehouse } from './run.ts';

const GROUP = `
operation: provision
entryPoint: shared
cloud: aws
targetGroups:
  - name: shared
    region: eu-west-1
    type: IP
    config: { protocol: HTTP, port: 8080, vpcIdentifier: vpc-0a1b2c3d4e5f60718 }
    targets: [{ id: 10.0.1.5 }]
`;

test('plan, status and events name the foreign objects that a forced removal deletes', async () => {
  const url = await startedStack();
  const say = (args: string[], stdin = '') => gatehouse([...args, '--url', url], { stdin });
  assert.equal((await say(['apply', '-f', '-', '--wait'], GROUP)).code, 0);
  const { resources } = await createClient({ url }).entryPoint('shared');
  const lattice = new VPCLatticeClient({ region: 'eu-west-1', endpoint: url });
  const targetGroupIdentifier = resources.find(({ kind }) => kind === 'targetGroup')?.id;
  const targets = [{ id: '10.0.9.9', port: 8080 }];
  await lattice.send(new RegisterTargetsCommand({ targetGroupIdentifier, targets }));

  const plan = await say(['plan', '--remove', 'shared', '--force']);
  assert.match(
    plan.stdout,
    /delete target group shared \S+\n {6}- also deletes foreign target 10\.0\.9\.9:8080\n/,
  );
  assert.match(plan.stdout, /\n3 mutating API calls/);
  const hash = /--plan ([0-9a-f]{64})/.exec(plan.stdout)?.[1] ?? '';
  const removed = await say(['remove', 'shared', '--force', '--wait', '--plan', hash]);
  assert.equal(removed.code, 0, removed.stdout);
  assert.match(
    removed.stdout,
    /notice: target group shared: also deleted target 10\.0\.9\.9:8080, which was foreign/,
  );
  const status = await say(['status', 'shared']);
  assert.match(status.stdout, /also deleted target 10\.0\.9\.9:8080/);
  const events = await say(['events', 'shared']);
  assert.match(
    events.stdout,
    /RUNNING, attempt 1, also deletes foreign target 10\.0\.9\.9:8080 with target group shared\n/,
  );
});
