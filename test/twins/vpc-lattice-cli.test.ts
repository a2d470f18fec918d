// The twin of VPC Lattice behind a real HTTP server, with the real AWS CLI in front.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '@gatehouse/local/http/http-service';
import { aws, needsAws } from './aws-cli.ts';
import { billingArn, settledMs, startLattice, vpc } from './vpc-lattice-start.ts';

test(
  'the AWS CLI makes a group with a target, looks at it, tags it and deletes it',
  needsAws,
  async context => {
    const { twins, clock } = startLattice();
    const server = await serve(twins.request, { port: 0, maxBodyBytes: 10_000 });
    context.after(server.close);
    const at = { url: `http://127.0.0.1:${server.port}`, region: 'eu-west-1' };
    const lattice = (...args: string[]) => aws(at, 'vpc-lattice', ...args);

    const { items } = await lattice('list-target-groups');
    assert.equal(items[0].arn, billingArn);

    const { id, arn, status } = await lattice(
      ...['create-target-group', '--name', 'shop', '--type', 'IP', '--tags', 'job=1'],
      ...['--config', `protocol=HTTP,vpcIdentifier=${vpc}`],
    );
    assert.equal(status, 'CREATE_IN_PROGRESS');
    clock.now += settledMs;
    const group = ['--target-group-identifier', arn];
    assert.equal((await lattice('get-target-group', ...group)).status, 'ACTIVE');
    const { unsuccessful } = await lattice(
      'register-targets',
      ...group,
      '--targets',
      'id=10.0.0.4',
      'id=192.0.2.1',
    );
    assert.equal(unsuccessful[0].id, '192.0.2.1');
    const { items: targets } = await lattice('list-targets', ...group);
    assert.deepEqual(targets, [{ id: '10.0.0.4', port: 80, status: 'INITIAL' }]);

    await lattice('untag-resource', '--resource-arn', arn, '--tag-keys', 'job', 'other');
    await lattice('tag-resource', '--resource-arn', arn, '--tags', 'owner=me');
    const { tags } = await lattice('list-tags-for-resource', '--resource-arn', arn);
    assert.deepEqual(tags, { owner: 'me' });

    await assert.rejects(lattice('delete-target-group', ...group), /ConflictException/);
    await lattice('deregister-targets', ...group, '--targets', 'id=10.0.0.4');
    clock.now += 300_000;
    await lattice('delete-target-group', '--target-group-identifier', id);
    clock.now += settledMs;
    await assert.rejects(lattice('get-target-group', ...group), /ResourceNotFoundException/);
  },
);
