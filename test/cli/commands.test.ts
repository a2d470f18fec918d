// The commands against the local stack, with the exit codes that scripts get.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { TagResourceCommand, VPCLatticeClient } from '@aws-sdk/client-vpc-lattice';
import { INIT_EXAMPLES } from '@gatehouse/cli/init-examples';
import { createClient } from '@gatehouse/client';
import { setFaults, startedStack } from '../client/local-stack.ts';
import { unreliableProxy } from '../client/unreliable-proxy.ts';
import { captured, type Given, gatehouse, json } from './run.ts';

const url = await startedStack();
const at = (...args: string[]) => [...args, '--url', url];
const say = (args: string[], given?: Given) => gatehouse(at(...args), given);

/** An entry point of its own for each test. */
const lambda = (name: string) =>
  readFileSync('examples/metrics-lambda.yaml', 'utf8').replaceAll('metrics-lambda', name);

async function jobsOf(entryPoint: string) {
  return (await createClient({ url }).jobs({ entryPoint })).items;
}

async function jobOf(entryPoint: string): Promise<string> {
  const [job] = await jobsOf(entryPoint);
  assert.ok(job);
  return job.id;
}

test('apply --wait shows each step and the cloud ids, and exits with 0', async () => {
  const { code, stdout, stderr } = await say(['apply', '-f', '-', '--wait'], { stdin: lambda('applied') });
  assert.equal(code, 0, stderr);
  assert.match(stdout, /✔ target group applied: done\n/);
  assert.match(
    stdout,
    /SUCCEEDED after .* s: The entry point is provisioned as requested\.\n {2}target group applied: arn:aws:vpc-lattice:eu-west-1:/,
  );
  assert.match(stderr, /^job-[0-9a-f]{32}: provision applied\n$/);
});

test('on a terminal, the steps are redrawn in place', async () => {
  const stdout = captured({ columns: 120, rows: 40 });
  const ran = await say(['apply', '-f', '-', '-w'], { stdin: lambda('drawn'), stdout });
  assert.equal(ran.code, 0, ran.stderr);
  assert.match(
    ran.stdout,
    /✔ 1 target of drawn: done\n(?:[\s\S]*\n)?SUCCEEDED after [\d.]+ s: The entry point is provisioned as requested\./,
  );
});

test('with --output json there is one JSON value per line, the job at each change', async () => {
  const { code, stdout } = await say(['apply', '-f', '-', '-w', '--output', 'json'], {
    stdin: lambda('lines'),
  });
  assert.equal(code, 0);
  const jobs = json(stdout);
  assert.equal(jobs.at(-1)?.['status'], 'SUCCEEDED');
  assert.equal(new Set(jobs.map(job => job['id'])).size, 1);
});

test('apply updates an existing entry point, and remove removes it', async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('changed') });
  const more = lambda('changed').replace('team: observability', 'team: platform');
  const update = await say(['apply', '-f', '-', '-w'], { stdin: more });
  assert.equal(update.code, 0, update.stdout + update.stderr);
  assert.match(update.stderr, /^job-[0-9a-f]{32}: update changed\n$/);
  assert.match(update.stdout, /✔ update target group changed: done\n/);
  const removal = await say(['remove', 'changed', '--wait']);
  assert.equal(removal.code, 0, removal.stdout + removal.stderr);
  assert.match(
    removal.stdout,
    /✔ delete target group changed: done\n[\s\S]*SUCCEEDED after .*: The entry point has been removed\.\n$/,
  );
  assert.match(
    (await say(['events', 'changed'])).stdout,
    /^ {2}1 {2}\S+ {2}QUEUED\n {2}2 {2}\S+ {2}RUNNING, attempt 1\n/,
  );
  assert.match(
    (await say(['status', 'changed'])).stdout,
    /^changed does not exist\. Its newest job:\n.*: remove changed/,
  );
  const again = await say(['remove', 'changed']);
  assert.equal(again.code, 2);
  assert.match(again.stderr, /404 EntryPointNotFound/);
});

test('a plan shows the steps, and a job with its hash executes exactly these', async () => {
  const first = await say(['plan', '-f', '-'], { stdin: lambda('planned') });
  assert.equal(first.code, 0, first.stderr);
  assert.match(
    first.stdout,
    /^provision planned on aws:\n {2}\+ create target group planned\n {6}name: "planned"\n/,
  );
  const short = await say(['plan', '-f', '-'], {
    stdin: lambda('planned').replace(/ +region: .*\n/, ''),
  });
  assert.match(short.stdout, /\n {6}region: "eu-west-1" \(default\)\n/);
  assert.match(first.stdout, /\n {2}\+ create 1 target of planned\n/);
  assert.match(first.stdout, /\n {6}targetGroupArn: known once target group planned is created\n/);
  assert.match(
    first.stdout,
    /\nPlan: 2 to add, 0 to change, 0 to delete\.\n2 mutating API calls, usually within 1 min 20 s\. To apply exactly this plan, run:\n/,
  );
  const hashIn = ({ stdout }: { stdout: string }) => /--plan (\S+) --url \S+\n$/.exec(stdout)?.[1] ?? '';
  const made = await say(['apply', '-f', '-', '--wait', '--plan', hashIn(first)], {
    stdin: lambda('planned'),
  });
  assert.equal(made.code, 0, made.stdout);
  const more = lambda('planned').replace('observability', 'platform');
  const update = await say(['plan', '-f', '-'], { stdin: more });
  assert.match(
    update.stdout,
    /^update planned on aws:\n {2}~ update target group planned \(arn:\S+\)\n {6}tags\.team: "observability" -> "platform"\nPlan: 0 to add, 1 to change, 0 to delete, 1 unchanged\.\n1 mutating API call, usually within 20 s\./,
  );
  const unchanged = await say(['plan', '-f', '-'], { stdin: lambda('planned') });
  assert.match(
    unchanged.stdout,
    /^update planned on aws: no changes\.\nPlan: 0 to add, 0 to change, 0 to delete, 2 unchanged\.\n$/,
  );
  const kept = await say(['plan', '-f', '-'], {
    stdin: `${lambda('planned')}\noptions: { protected: true }\n`,
  });
  assert.match(kept.stdout, /^update planned on aws:\n {2}~ protected: false -> true\nPlan: 0 to add/);
  assert.match(kept.stdout, /To apply exactly this plan, run:/);
  const event = lambda('planned').replace('V2', 'V1');
  const refused = await say(['plan', '-f', '-'], { stdin: event });
  assert.equal(refused.code, 2);
  assert.match(refused.stdout, /\n {2}-\/\+ replace target group planned \(arn:\S+\)\n/);
  assert.match(refused.stdout, /lambdaEventStructureVersion: "V2" -> "V1"\n/);
  assert.match(
    refused.stdout,
    /\nPlan: 0 to add, 0 to change, 2 to replace, 0 to delete\.\nInterruption: [^\n]+\n$/,
  );
  assert.match(refused.stderr, /was refused: [\s\S]*options\.allowInterruption: true/);
  const other = await say(['apply', '-f', '-', '-w', '--plan', hashIn(first)], { stdin: more });
  assert.equal(other.code, 3);
  assert.match(other.stdout, /FAILED after .*: Nothing was changed: /);
  const removal = await say(['plan', '--remove', 'planned']);
  assert.match(
    removal.stdout,
    /^remove planned on aws:\n {2}- delete 1 target of planned[^\n]*\n {2}- delete target group planned[\s\S]*gatehouse remove planned --plan \S+ --url \S+\n$/,
  );
  const forced = await say(['plan', '--remove', 'planned', '--force']);
  assert.match(forced.stdout, /gatehouse remove planned --force --plan \S+ --url \S+\n$/);
  const gone = await say(['remove', 'planned', '-w', '--plan', hashIn(removal)]);
  assert.equal(gone.code, 0, gone.stdout);
  for (const args of [['plan'], ['plan', '-f', '-', '--remove', 'planned']])
    assert.equal((await say(args)).code, 2);
});

test("health shows the verdict on each endpoint and target, and the cloud's words for the lack of one", async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('checked') });
  const { code, stdout } = await say(['health', 'checked']);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^checked is NOT_CHECKED\.\n {2}NOT_CHECKED 1 target of checked: 0 of 1 healthy\n {6}NOT_CHECKED arn:aws:lambda:\S+[^:] \((UNUSED|UNAVAILABLE)\)\n$/,
  );
  const [answer] = json((await say(['health', 'checked', '--output', 'json'])).stdout);
  assert.equal(answer?.['state'], 'NOT_CHECKED');
  const cookie = readFileSync('examples/app-cookie.yaml', 'utf8').replaceAll('app-cookie', 'unchecked');
  await say(['apply', '-f', '-', '-w'], { stdin: cookie });
  assert.equal(
    (await say(['health', 'unchecked'])).stdout,
    'unchecked is NOT_CHECKED: it has no endpoint or target that its cloud checks.\n',
  );
  assert.match((await say(['health', 'nobody'])).stderr, /404 EntryPointNotFound/);
});

test('drift shows changes made outside Gatehouse', async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('drifting') });
  assert.match(
    (await say(['drift', 'drifting'])).stdout,
    /^drifting is IN_SYNC\.\n {2}IN_SYNC target group drifting \(arn:/,
  );
  const { resources } = await createClient({ url }).entryPoint('drifting');
  const lattice = new VPCLatticeClient({ region: 'eu-west-1', endpoint: url });
  await lattice.send(new TagResourceCommand({ resourceArn: resources[0]?.id, tags: { team: 'somebody' } }));
  const { code, stdout } = await say(['drift', 'drifting']);
  assert.equal(code, 0);
  assert.match(
    stdout,
    /^drifting is DRIFTED\.\n {2}DRIFTED target group drifting[\s\S]*tags\.team: "observability" -> "somebody"/,
  );
});

test('an earlier key finds its job, even if the entry point has changed since', async () => {
  const apply = (text: string, key: string) =>
    say(['apply', '-f', '-', '--wait', '--idempotency-key', key], { stdin: text });
  const jobOfRun = ({ stderr }: { stderr: string }) => stderr.split(' ')[0];
  const made = await apply(lambda('same-key'), 'key-1');
  const other = lambda('same-key').replace('observability', 'platform');
  const changed = await apply(other, 'key-2');
  assert.equal(jobOfRun(await apply(lambda('same-key'), 'key-1')), jobOfRun(made));
  await say(['remove', 'same-key', '-w']);
  assert.equal(jobOfRun(await apply(other, 'key-2')), jobOfRun(changed));
  const refused = await apply(other, 'key-1');
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /422 IdempotencyKeyReused/);
});

test('apply refuses an entry point that is being created and names the job in progress', async () => {
  await setFaults(url, [
    { service: 'vpc-lattice', operation: 'CreateTargetGroup', fault: 'delay', times: 1, delayMs: 500 },
  ]);
  await say(['apply', '-f', '-'], { stdin: lambda('under-way') });
  const { code, stderr } = await say(['apply', '-f', '-'], { stdin: lambda('under-way') });
  assert.equal(code, 2);
  assert.ok(
    stderr.includes(
      `under-way does not exist yet, and ${await jobOf('under-way')} (provision) is in progress`,
    ),
    stderr,
  );
  await say(['watch', 'under-way']);
});

test('apply refuses a file with operation: remove', async () => {
  const { code, stderr } = await say(['apply', '-f', '-'], { stdin: 'operation: remove\nentryPoint: found' });
  assert.equal(code, 2);
  assert.match(stderr, /has operation: remove; use npx gatehouse remove NAME --url http/);
});

test('apply returns at once, and watch, status, list and events find the job', async () => {
  const { code, stdout } = await say(['apply', '-f', '-'], { stdin: lambda('found') });
  assert.equal(code, 0);
  const [id = ''] = /job-[0-9a-f]{32}/.exec(stdout) ?? [];
  assert.match(stdout, new RegExp(`To watch it, run: npx gatehouse watch ${id} --url ${url}\n`));
  for (const word of [id, 'found']) assert.match((await say(['watch', word])).stdout, /SUCCEEDED after/);
  assert.match(
    (await say(['status', id])).stdout,
    new RegExp(`^${id}: provision found on aws, requested by`),
  );
  const stands = await say(['status', 'found']);
  assert.match(
    stands.stdout,
    new RegExp(`^found: on aws since .*, owned by .*[\\s\\S]*Last job: ${id}\\.\n$`),
  );
  assert.match(
    (await say(['list'])).stdout,
    /^ENTRY POINT +CLOUD +STATE +AGE +OWNER\n[\s\S]*found +aws +ready +\d+ s +123456789012\/user\/local\n/,
  );
  const jobs = await say(['list', '--entry-point', 'found', '--status', 'succeeded']);
  assert.match(jobs.stdout, new RegExp(`found +provision +SUCCEEDED +\\d+ s +${id}\n$`));
  const history = await say(['events', 'found', '--follow']);
  assert.match(
    history.stdout,
    /^ {2}1 {2}\S+ {2}QUEUED\n {2}2 {2}\S+ {2}RUNNING, attempt 1\n {2}3 {2}\S+ {2}SUCCEEDED/,
  );
});

for (const [cloud, example] of Object.entries(INIT_EXAMPLES)) {
  test(`the example that init creates for ${cloud} can be applied unchanged`, async () => {
    const stdin = example.replaceAll('my-edge', `my-${cloud}`);
    const { code, stdout, stderr } = await say(['apply', '-f', '-', '--wait'], { stdin });
    assert.equal(code, 0, stdout + stderr);
    const { stdout: listed } = await say([
      'list',
      '--cloud',
      cloud,
      '--created-after',
      '2026-01-01T00:00:00Z',
    ]);
    assert.match(listed, new RegExp(`my-${cloud} +${cloud} `));
  });
}

test('the first requester owns the entry point, and others are refused', async () => {
  const team = '123456789012/role/checkout';
  await say(['apply', '-f', '-', '-w', '--as', team], { stdin: lambda('theirs') });
  const { stdout } = await say(['list', '--owner', team]);
  assert.match(stdout, new RegExp(`theirs +aws +ready +\\d+ s +${team}\n$`));
  assert.match(
    (await say(['list', '--requester', team])).stdout,
    /theirs +provision +SUCCEEDED +\d+ s +job-\S+\n$/,
  );
  const refused = await say(['remove', 'theirs']);
  assert.equal(refused.code, 2);
  assert.match(refused.stderr, /\(403 \w+\)/);
  assert.equal((await say(['list', '--jobs', '--owner', team])).code, 2);
});

test('list says if there are more items than its limit', async () => {
  const { stdout } = await say(['list', '--jobs', '--limit', '1']);
  assert.equal(stdout.split('\n').length, 4);
  assert.match(stdout, /There are more items; raise --limit above 1 to list them\.\n$/);
});

test('a job that rolls back exits with 3 and shows the cause', async () => {
  const error = { code: 'ValidationException', status: 400, message: 'no such function' };
  const fault = { service: 'vpc-lattice', operation: 'RegisterTargets' };
  await setFaults(url, [{ ...fault, fault: 'error', times: 1, error }]);
  const { code, stdout } = await say(['apply', '-f', '-', '-w'], { stdin: lambda('rolled-back') });
  assert.equal(code, 3);
  assert.match(stdout, /✖ .*: failed \(.*no such function/);
  assert.match(stdout, /ROLLED_BACK after .*: The clouds are as before\. Cause: .*no such function/);
  assert.equal((await say(['watch', 'rolled-back'])).code, 3);
});

/** A job whose target group cannot be deleted. */
async function stuck(name: string) {
  const denied = { code: 'AccessDeniedException', status: 403, message: 'not yours' };
  const lattice = { service: 'vpc-lattice', fault: 'error', error: denied };
  await setFaults(url, [
    { ...lattice, operation: 'RegisterTargets', times: 1 },
    { ...lattice, operation: 'DeleteTargetGroup', times: 100 },
  ]);
  const ran = await say(['apply', '-f', '-', '-w'], { stdin: lambda(name) });
  await setFaults(url, []);
  return ran;
}

test('a job with leftovers exits with 4 and shows the leftovers and the next steps', async () => {
  const { code, stdout } = await stuck('left-behind');
  assert.equal(code, 4, stdout);
  const id = await jobOf('left-behind');
  for (const says of [
    /ROLLBACK_FAILED after .*: Manual action needed\. Leftovers: arn:aws:vpc-lattice:\S+:targetgroup\//,
    / {2}leftover: target group left-behind arn:\S+ \(step \S+\): .*not yours/,
    new RegExp(
      `Next steps: npx gatehouse retry ${id} --url \\S+, npx gatehouse skip ${id} STEP --url \\S+, npx gatehouse forget ${id} --reason TEXT --url \\S+\n`,
    ),
  ])
    assert.match(stdout, says);
});

test('status of a name shows its stuck job, its leftovers, the next steps and the jobs behind it', async () => {
  await stuck('blocked');
  const id = await jobOf('blocked');
  await say(['apply', '-f', '-'], { stdin: lambda('blocked') });
  const behind = await jobOf('blocked');
  assert.notEqual(behind, id);
  const { code, stdout } = await say(['status', 'blocked']);
  assert.equal(code, 0);
  for (const says of [
    new RegExp(`^blocked does not exist\\. Its stuck job:\n${id}: provision blocked`),
    / {2}leftover: target group blocked arn:\S+ \(step \S+\): .*not yours/,
    new RegExp(`Next steps: npx gatehouse retry ${id} --url ${url}, `),
    new RegExp(
      `^Waiting job ${behind}: Position 2 in the queue of .*, held by ${id}, which needs manual action`,
      'm',
    ),
  ])
    assert.match(stdout, says);
  await say(['cancel', behind]);
  assert.match((await say(['status', 'blocked'])).stdout, /Its stuck job:\n/);
});

test('status of an existing entry point shows the job that is stuck on it', async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('half-gone') });
  const denied = { code: 'AccessDeniedException', status: 403, message: 'not yours' };
  await setFaults(url, [
    { service: 'vpc-lattice', operation: 'DeleteTargetGroup', fault: 'error', times: 100, error: denied },
  ]);
  assert.equal((await say(['remove', 'half-gone', '-w'])).code, 4);
  await setFaults(url, []);
  const id = await jobOf('half-gone');
  const { stdout } = await say(['status', 'half-gone']);
  assert.match(stdout, /^half-gone: on aws since/);
  assert.equal((await say(['get', 'half-gone'])).stdout, stdout);
  assert.match(stdout, new RegExp(`Stuck job: ${id} \\(remove\\)\\. REMOVE_FAILED: Manual action needed`));
  assert.match(stdout, / {2}leftover: target group half-gone arn:.*not yours/);
  assert.match(stdout, /Next steps: npx gatehouse retry /);
  assert.match((await say(['list'])).stdout, /^half-gone +aws +stuck /m);
});

test('list --stuck shows the jobs that need somebody with their leftovers, and no forgotten ones', async () => {
  await stuck('needs-help');
  await stuck('given-up');
  await say(['forget', 'given-up', '--reason', 'cleaned up by hand']);
  const { stdout } = await say(['list', '--stuck']);
  const id = await jobOf('needs-help');
  assert.match(stdout, new RegExp(`needs-help +provision +ROLLBACK_FAILED +\\d+ s +${id}$`, 'm'));
  assert.match(stdout, / {2}leftover: target group needs-help arn:\S+ \(step \S+\): .*not yours/);
  assert.match(stdout, new RegExp(`Next steps: npx gatehouse retry ${id} `));
  assert.ok(!stdout.includes('given-up'), stdout);
  const all = await say(['list', '--status', 'ROLLBACK_FAILED']);
  assert.match(all.stdout, /given-up +provision +ROLLBACK_FAILED, forgotten /);
  assert.equal((await say(['list', '--entry-point', 'nowhere'])).stdout, 'No jobs.\n');
});

test('on a terminal of 80 columns, each job of a list is one line', async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('narrow-terminal-job') });
  const stdout = captured({ columns: 80, rows: 24 });
  await say(['list', '--entry-point', 'narrow-terminal-job'], { stdout });
  assert.match(stdout.text(), /^ENTRY POINT {10}STATUS {5}AGE +JOB\nnarrow/);
  for (const line of stdout.text().split('\n')) assert.ok(line.length <= 80, line);
});

test('list takes a time ago and a day', async () => {
  for (const [since, lists] of [
    ['1h', true],
    ['0s', false],
    ['2026-01-01', true],
    ['2999-01-01', false],
  ] as const) {
    const { stdout } = await say(['ls', '--jobs', '--created-after', since]);
    assert.equal(stdout !== 'No jobs.\n', lists, since);
  }
});

test('retry resumes a stuck job until it ends', async () => {
  await stuck('retried');
  const { code, stdout, stderr } = await say(['retry', 'retried', '--wait', '--reason', 'allowed now']);
  assert.equal(code, 3, stdout + stderr);
  assert.match(stdout, /ROLLED_BACK after/);
  assert.match((await say(['events', 'retried'])).stdout, /retry requested by \S+: allowed now/);
});

test('forget by name finds the stuck job, not the newer one that waits behind it', async () => {
  await stuck('behind');
  const first = await jobOf('behind');
  await say(['apply', '-f', '-'], { stdin: lambda('behind') });
  const second = await jobOf('behind');
  assert.notEqual(second, first);
  const { code, stdout } = await say(['forget', 'behind', '--reason', 'cleaned up by hand']);
  assert.equal(code, 0);
  assert.match(stdout, new RegExp(`^${first} is ROLLBACK_FAILED`));
  assert.equal((await say(['watch', second])).code, 3, 'the leftover still has the name');
});

test('skip takes the title of a leftover, and retry ends without it', async () => {
  await stuck('skipped');
  const nothing = await say(['skip', 'skipped', 'listener']);
  assert.equal(nothing.code, 2);
  assert.match(nothing.stderr, /listener is not a leftover of job-\S+; its leftovers are \S+/);
  assert.equal((await say(['skip', 'skipped', 'target group skipped', '--reason', 'mine now'])).code, 0);
  const { stdout } = await say(['retry', 'skipped', '--wait']);
  assert.match(stdout, /skipped by \S+: target group skipped arn:\S+/);
});

test('forget requires a reason, and the next job can begin', async () => {
  await stuck('forgotten');
  const silent = await say(['forget', 'forgotten']);
  assert.equal(silent.code, 2);
  assert.match(silent.stderr, /required option '--reason <text>' not specified/);
  assert.equal((await say(['forget', 'forgotten', '--reason', 'cleaned up by hand'])).code, 0);
  assert.match((await say(['status', 'forgotten'])).stdout, /forgotten by \S+ at \S+: cleaned up by hand/);
  const other = lambda('forgotten').replace('name: forgotten', 'name: forgotten-2');
  assert.equal((await say(['apply', '-f', '-', '-w'], { stdin: other })).code, 0);
});

test('a refusal by Gatehouse exits with 2 and shows its code', async () => {
  await say(['apply', '-f', '-', '-w'], { stdin: lambda('ended') });
  const again = await say(['cancel', 'ended']);
  assert.equal(again.code, 2);
  assert.match(
    again.stderr,
    /^gatehouse: job-\S+ is SUCCEEDED and allows no action \(409 ActionNotAllowed\)/,
  );
  const cancelled = await say(['cancel', 'ended', '--output', 'json']);
  assert.equal(cancelled.code, 2);
  const [told] = json(cancelled.stderr);
  assert.equal(Object(told?.['error']).code, 'ActionNotAllowed');
  const skipped = await say(['skip', 'ended', 'listener']);
  assert.match(skipped.stderr, /is SUCCEEDED and has no leftovers; only a leftover of a stuck job/);
  const unknown = await say(['status', 'never-was']);
  assert.equal(unknown.code, 2);
  assert.match(unknown.stderr, /the entry point never-was does not exist and has no jobs/);
});

test('without an answer the exit code is 5, and a lost submission says how to find its job', async t => {
  const proxy = await unreliableProxy(t, url);
  // Two reads come before the submission.
  proxy.mishaps.push('pass', 'pass', 'lose');
  const args = ['apply', '-f', '-', '--url', proxy.url, '--retry-for', '0'];
  const lost = await gatehouse(args, { stdin: lambda('lost') });
  assert.equal(lost.code, 5);
  assert.match(lost.stderr, /no answer from .*\. The job may exist\./);
  proxy.mishaps.push('pass', 'pass', 'lose');
  const asJson = await gatehouse([...args, '--output', 'json', '--idempotency-key', 'key-7'], {
    stdin: lambda('lost-7'),
  });
  assert.deepEqual(
    ['code', 'sent', 'idempotencyKey'].map(name => Object(json(asJson.stderr).at(-1)?.['error'])[name]),
    ['NoAnswer', true, 'key-7'],
  );
  const [, key = ''] = /--idempotency-key (\S+)\.$/m.exec(lost.stderr) ?? [];
  const found = await gatehouse([...args, '--wait', '--idempotency-key', key], { stdin: lambda('lost') });
  assert.equal(found.code, 0, found.stderr);
  assert.equal((await jobsOf('lost')).length, 1);
});

test('if Gatehouse is not at the URL, the error says how to set the URL', async () => {
  const args = ['list', '--retry-for', '1', '--url'];
  const elsewhere = await gatehouse([...args, `${url}/elsewhere`]);
  assert.equal(elsewhere.code, 2);
  assert.match(elsewhere.stderr, /\(404 RouteNotFound\)\n {2}Is Gatehouse running at this URL\?/);
  const page = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  });
  await once(page.listen(0, '127.0.0.1'), 'listening');
  const { port } = page.address() as AddressInfo;
  const html = await gatehouse([...args, `http://127.0.0.1:${port}`]);
  assert.equal(html.code, 2);
  assert.match(
    html.stderr,
    /answered with text\/html instead of JSON \(200 NotJson\)\n {2}Is Gatehouse running at this URL\?/,
  );
  await new Promise(closed => page.close(closed));
  const refused = await gatehouse([...args, `http://127.0.0.1:${port}`]);
  assert.equal(refused.code, 5);
  assert.equal(refused.stderr.match(/^No answer \(/gm)?.length, 1, refused.stderr);
  assert.match(
    refused.stderr,
    /no answer from .*\n {2}Is Gatehouse running at this URL\? .*--url or GATEHOUSE_URL/,
  );
});

test('a connection that is lost twice is reported once, and retries create one job', async t => {
  const proxy = await unreliableProxy(t, url);
  proxy.mishaps.push('pass', 'pass', 'lose', 'drop');
  const ran = await gatehouse(['apply', '-f', '-', '-w', '--url', proxy.url], {
    stdin: lambda('tried-again'),
  });
  assert.equal(ran.code, 0, ran.stderr);
  assert.equal(ran.stderr.match(/^No answer \(.*\)\. Retrying\.$/gm)?.length, 1);
  assert.equal((await jobsOf('tried-again')).length, 1);
});

test('Ctrl-C stops watching, says so, and exits with 130; the job continues', async () => {
  const stop = new AbortController();
  const stdout = captured();
  const write = stdout.write.bind(stdout);
  stdout.write = ((chunk: string) => {
    stop.abort();
    return write(chunk);
  }) as typeof stdout.write;
  const { code, stderr } = await say(['apply', '-f', '-', '-w'], {
    stdin: lambda('goes-on'),
    stopped: stop.signal,
    stdout,
  });
  assert.equal(code, 130);
  const id = await jobOf('goes-on');
  assert.match(
    stderr,
    new RegExp(
      `Stopped watching\\. The job continues\\. .* npx gatehouse watch ${id} --url \\S+; .* npx gatehouse cancel ${id} --url`,
    ),
  );
  assert.equal((await say(['watch', id])).code, 0);
});

test('Ctrl-C before the answer says how to find the job', async t => {
  const stop = new AbortController();
  const proxy = await unreliableProxy(t, url, seen => {
    if (seen.method === 'POST') stop.abort();
    return seen;
  });
  const args = ['apply', '-f', '-', '--url', proxy.url];
  const { code, stderr } = await gatehouse(args, { stdin: lambda('stopped-early'), stopped: stop.signal });
  assert.equal(code, 130);
  const [, key = ''] = /Stopped before an answer arrived\..* --idempotency-key (\S+)\.$/m.exec(stderr) ?? [];
  const found = await say(['apply', '-f', '-', '-w', '--idempotency-key', key], {
    stdin: lambda('stopped-early'),
  });
  assert.equal(found.code, 0, found.stderr);
  assert.equal((await jobsOf('stopped-early')).length, 1);
});

test('a cancelled job exits with 3, and its history has who cancelled it and why', async () => {
  const fault = { service: 'vpc-lattice', operation: 'CreateTargetGroup' };
  await setFaults(url, [{ ...fault, fault: 'delay', times: 1, delayMs: 500 }]);
  await say(['apply', '-f', '-'], { stdin: lambda('cancelled') });
  const { code, stdout, stderr } = await say(['cancel', 'cancelled', '--reason', 'wrong function']);
  assert.equal(code, 0, stderr);
  assert.match(stdout, /^job-[0-9a-f]{32} is (QUEUED|RUNNING|ROLLING_BACK|CANCELLED)/);
  assert.equal((await say(['watch', 'cancelled'])).code, 3);
  const { stdout: history } = await say(['events', 'cancelled']);
  assert.match(history, /cancel requested by 123456789012\/user\/local: wrong function/);
});
