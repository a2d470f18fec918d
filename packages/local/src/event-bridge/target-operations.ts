// PutTargets, ListTargetsByRule, RemoveTargets.

import { parseShallowJson } from '@gatehouse/twins/http/shallow-json';
import { integer, listOf, members, text } from '@gatehouse/twins/shared/input';
import type { Body } from '../http/aws-json.ts';
import type { Target } from './buses.ts';
import { type BusContext, ruleAt } from './context.ts';
import { invalid, limitExceeded, notHere, page, paging, read, ruleAndBus, ruleName } from './reading.ts';
import { targetOf } from './targets.ts';

/** EventBridge's quota, per rule. */
const MAX_TARGETS = 5;

const queueArn = text({ min: 1, max: 1600 });

const target = members(
  { Id: ruleName, Arn: text({ min: 1, max: 1600 }) },
  {
    Input: text({ max: 8192 }),
    DeadLetterConfig: members({}, { Arn: queueArn }),
    RetryPolicy: members(
      {},
      { MaximumRetryAttempts: integer(0, 185), MaximumEventAgeInSeconds: integer(60, 86_400) },
    ),
    ...notHere(
      'AppSyncParameters',
      'BatchParameters',
      'EcsParameters',
      'HttpParameters',
      'InputPath',
      'InputTransformer',
      'KinesisParameters',
      'RedshiftDataParameters',
      'RoleArn',
      'RunCommandParameters',
      'SageMakerPipelineParameters',
      'SqsParameters',
    ),
  },
);

export function putTargets(context: BusContext, body: Body): object {
  const [required, optional] = ruleAndBus;
  const reader = members({ ...required, Targets: listOf(target, { min: 1, max: 100 }) }, optional);
  const requested = read(body, reader);
  for (const { Arn, Id, Input, DeadLetterConfig } of requested.Targets) {
    if (Input !== undefined && !isJson(Input)) throw invalid(`JSON syntax error in input for target ${Id}.`);
    if (!targetOf(Arn))
      throw invalid(`Parameter ${Arn} is not valid. Reason: this host has no such targets (${Id}).`);
    const queue = DeadLetterConfig?.Arn;
    if (queue !== undefined && targetOf(queue)?.kind !== 'queue') {
      throw invalid(`Parameter ${queue} is not valid. Reason: a dead-letter queue is an SQS queue.`);
    }
  }
  const rule = ruleAt(context, requested.EventBusName, requested.Rule);
  const put = new Map(
    [...rule.Targets, ...requested.Targets].map((each): [string, Target] => [each.Id, each]),
  );
  if (put.size > MAX_TARGETS) throw limitExceeded();
  context.buses.putRule({ ...rule, Targets: [...put.values()] });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

export function listTargets(context: BusContext, body: Body): object {
  const [required, optional] = ruleAndBus;
  const requested = read(body, members(required, { ...optional, ...paging }));
  return page('Targets', ruleAt(context, requested.EventBusName, requested.Rule).Targets, requested);
}

export function removeTargets(context: BusContext, body: Body): object {
  const [required, optional] = ruleAndBus;
  const requested = read(
    body,
    members({ ...required, Ids: listOf(ruleName, { min: 1, max: 100 }) }, optional),
  );
  const rule = ruleAt(context, requested.EventBusName, requested.Rule);
  context.buses.putRule({ ...rule, Targets: rule.Targets.filter(({ Id }) => !requested.Ids.includes(Id)) });
  return { FailedEntryCount: 0, FailedEntries: [] };
}

function isJson(text: string): boolean {
  try {
    parseShallowJson(text);
    return true;
  } catch {
    return false;
  }
}
