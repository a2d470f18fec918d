// The addresses of an entry point, and the DNS records to copy, on the local stack.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { GlobalAcceleratorClient, UpdateAcceleratorCommand } from '@aws-sdk/client-global-accelerator';
import { startedStack } from '../client/local-stack.ts';
import { gatehouse } from './run.ts';

const url = await startedStack();
const say = (args: string[], stdin = '') => gatehouse([...args, '--url', url], { stdin });

const TOOLS = 'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
const COOKIE = 'checkout-classic-1234567890.eu-west-1.elb.amazonaws.com';

/** On an accelerator, with a policy on two ports of a load balancer if `balanced`. */
function edge(operation: string, balanced: boolean): string {
  const policy = { loadBalancerName: 'checkout-classic', policyName: 'dns', loadBalancerPorts: [80] };
  return JSON.stringify({
    operation,
    entryPoint: 'named',
    listener: { acceleratorArn: TOOLS, protocol: 'TCP', portRanges: [{ fromPort: 7443, toPort: 7443 }] },
    endpointGroups: [{ region: 'eu-west-1' }],
    stickinessPolicies: balanced ? [{ ...policy, replace: true }] : [],
  });
}

test('an applied entry point shows its address, and its alias record for Route 53 is ready to copy', async () => {
  const { code, stdout, stderr } = await say(['apply', '-f', '-', '--wait'], edge('provision', false));
  assert.equal(code, 0, stdout + stderr);
  const address =
    /\nAddress: (afedcba0987654321\.awsglobalaccelerator\.com) \(192\.0\.2\.17, 198\.51\.100\.201\)\nDNS record: npx gatehouse dns named HOST --url \S+\n/;
  const [, dnsName] = address.exec(stdout) ?? assert.fail(stdout);
  assert.match((await say(['status', 'named'])).stdout, address);
  const record = await say(['dns', 'named', 'www.example.com']);
  assert.equal(record.code, 0, record.stderr);
  assert.deepEqual(JSON.parse(record.stdout), {
    Changes: [
      {
        Action: 'UPSERT',
        ResourceRecordSet: {
          Name: 'www.example.com',
          Type: 'A',
          AliasTarget: { HostedZoneId: 'Z2BJ6XQ5FK7U4H', DNSName: dnsName, EvaluateTargetHealth: false },
        },
      },
    ],
  });
  assert.equal(record.stdout.split('\n').length > 5, true, 'it is laid out for people');
  assert.equal(
    (await say(['dns', 'named', 'www.example.com', '--output', 'json'])).stdout.split('\n').length,
    2,
  );
  assert.equal(
    (await say(['dns', 'named', 'www.example.com', '--format', 'zone'])).stdout,
    `www.example.com. 300 IN CNAME ${dnsName}.\n`,
  );
});

test('of several addresses, one is selected; a dual-stack accelerator gets two alias records', async () => {
  const client = new GlobalAcceleratorClient({
    region: 'us-west-2',
    endpoint: url,
    credentials: { accessKeyId: 'x', secretAccessKey: 'x' },
  });
  await client.send(new UpdateAcceleratorCommand({ AcceleratorArn: TOOLS, IpAddressType: 'DUAL_STACK' }));
  const { code, stdout } = await say(['apply', '-f', '-', '--wait'], edge('update', true));
  assert.equal(code, 0, stdout);
  const dual = 'afedcba0987654321.dualstack.awsglobalaccelerator.com';
  assert.ok(stdout.includes(`\nAddress with IPv6: ${dual}\n`), stdout);
  assert.ok(stdout.includes(`\nAddress: ${COOKIE}\n`), stdout);
  const several = await say(['dns', 'named', 'www.example.com']);
  assert.equal(several.code, 2);
  assert.match(
    several.stderr,
    /has several addresses: afedcba0987654321\.\S+, checkout-classic\S+; .*--target/,
  );
  const unknown = await say(['dns', 'named', 'www.example.com', '--target', 'other.example.com']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /other\.example\.com is no address of named/);
  const target = ['--target', 'afedcba0987654321.awsglobalaccelerator.com'];
  const { Changes } = JSON.parse((await say(['dns', 'named', 'example.com', ...target])).stdout);
  assert.deepEqual(
    Changes.map((each: Record<string, Record<string, Record<string, string>>>) => [
      each['ResourceRecordSet']?.['Type'],
      each['ResourceRecordSet']?.['AliasTarget']?.['DNSName'],
    ]),
    [
      ['A', dual],
      ['AAAA', dual],
    ],
  );
  const balancer = JSON.parse((await say(['dns', 'named', 'b.example.com', '--target', COOKIE])).stdout);
  assert.equal(balancer.Changes[0].ResourceRecordSet.AliasTarget.HostedZoneId, 'Z32O12XQLNTSW2');
});

test('on Alibaba Cloud, the record is a line of a zone file, or a CNAME for Route 53', async () => {
  const shop = readFileSync('examples/game-udp.yaml', 'utf8');
  const [, name = ''] = /entryPoint: (\S+)/.exec(shop) ?? [];
  assert.equal((await say(['apply', '-f', '-', '--wait'], shop)).code, 0);
  const { stdout } = await say(['dns', name, 'game.example.com.']);
  const [, target] = /^game\.example\.com\. 300 IN CNAME (ga-\S+\.aliyunga0019\.com)\.\n$/.exec(stdout) ?? [];
  assert.ok(target, stdout);
  const { Changes } = JSON.parse(
    (await say(['dns', name, 'game.example.com', '--format', 'route53'])).stdout,
  );
  assert.deepEqual(Changes[0].ResourceRecordSet, {
    Name: 'game.example.com',
    Type: 'CNAME',
    TTL: 300,
    ResourceRecords: [{ Value: target }],
  });
});

for (const [host, why] of [
  ['localhost', 'a name without a dot'],
  ['a-.example.com', 'a label that ends with a dash'],
  ['a b.example.com', 'a blank'],
  ['www.example.com\n', 'a line end'],
] as const) {
  test(`dns: no host name is ${why}`, async () => {
    const { code, stderr } = await say(['dns', 'named', host]);
    assert.equal(code, 2);
    assert.match(stderr, /Expected a host name such as www\.example\.com/);
  });
}

test('an entry point without an address says so', async () => {
  const lambda = readFileSync('examples/metrics-lambda.yaml', 'utf8');
  await say(['apply', '-f', '-', '--wait'], lambda);
  const { code, stderr } = await say(['dns', 'metrics-lambda', 'www.example.com']);
  assert.equal(code, 2);
  assert.match(stderr, /metrics-lambda has no address/);
});
