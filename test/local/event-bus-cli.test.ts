// The event bus behind a real HTTP server, with the real AWS CLI in front.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { serve } from '@gatehouse/local/http/http-service';
import { aws, needsAws } from '../twins/aws-cli.ts';
import { bench, entry, queueArn, region } from './event-bus-bench.ts';

test('the AWS CLI puts a rule, a target and events', needsAws, async context => {
  const { bus, messages } = bench();
  const server = await serve(bus.request, { port: 0, maxBodyBytes: 1_000_000 });
  context.after(server.close);
  const events = (...args: string[]) =>
    aws({ url: `http://127.0.0.1:${server.port}`, region }, 'events', ...args);
  await events('put-rule', '--name', 'orders', '--event-pattern', '{"source":["com.example.shop"]}');
  await events('put-targets', '--rule', 'orders', '--targets', `Id=kept,Arn=${queueArn('kept')}`);
  const { FailedEntryCount } = await events('put-events', '--entries', JSON.stringify([entry({ n: 1 })]));
  assert.equal(FailedEntryCount, 0);
  assert.equal((await messages('kept')).length, 1);
  const { Rules } = await events('list-rules');
  assert.equal(Rules[0].Name, 'orders');
});
