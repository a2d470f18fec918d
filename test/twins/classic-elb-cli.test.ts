// The twin behind a real HTTP server, with the real AWS CLI in front.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '@gatehouse/local/http/http-service';
import { aws as cli, needsAws } from './aws-cli.ts';
import { startClassicElb, web } from './classic-elb-start.ts';

const aws = (url: string, ...args: string[]) => cli({ url, region: 'eu-west-1' }, ...args);

test(
  'the AWS CLI makes a policy, enables it beside the TLS policy, and takes it away again',
  needsAws,
  async context => {
    const { twins, picture } = startClassicElb();
    const before = await picture();
    const server = await serve(twins.request, { port: 0, maxBodyBytes: 10_000 });
    context.after(server.close);
    const elb = (...args: string[]) => aws(`http://127.0.0.1:${server.port}`, 'elb', ...args);
    const ofWeb = ['--load-balancer-name', web];
    const ours = [...ofWeb, '--policy-name', 'ours'];
    const set = (...names: string[]) =>
      elb(
        ...['set-load-balancer-policies-of-listener', ...ofWeb, '--load-balancer-port', '443'],
        ...['--policy-names', ...names],
      );

    await elb('create-lb-cookie-stickiness-policy', ...ours, '--cookie-expiration-period', '60');
    await set('tls-2023', 'ours');
    const { LoadBalancerDescriptions } = await elb('describe-load-balancers', '--load-balancer-names', web);
    assert.deepEqual(LoadBalancerDescriptions[0].ListenerDescriptions[0].PolicyNames, ['tls-2023', 'ours']);
    const { PolicyDescriptions } = await elb(
      ...['describe-load-balancer-policies', ...ofWeb, '--policy-names', 'ours'],
    );
    assert.equal(PolicyDescriptions[0].PolicyTypeName, 'LBCookieStickinessPolicyType');
    await assert.rejects(elb('delete-load-balancer-policy', ...ours), /\(InvalidConfigurationRequest\)/);
    await set('tls-2023');
    await elb('delete-load-balancer-policy', ...ours);
    assert.equal(await picture(), before);
  },
);

test('the AWS CLI gets an error for the newer load balancers', needsAws, async context => {
  const { twins } = startClassicElb();
  const server = await serve(twins.request, { port: 0, maxBodyBytes: 10_000 });
  context.after(server.close);
  const newer = aws(`http://127.0.0.1:${server.port}`, 'elbv2', 'describe-load-balancers');
  await assert.rejects(newer, /\(InvalidAction\).*for version 2015-12-01/);
});
