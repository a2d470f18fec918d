// Who may put which events on the bus. A policy that allows does not limit the identities of its own account, whose own policies
// are enough: so each source is denied to everybody but its senders. Only the functions of Gatehouse publish as Gatehouse.
import { ENTRY_POINT_REQUESTED } from '@gatehouse/core/record/event-names';
import { EVENT_SOURCE } from '@gatehouse/functions/events/rules';
import { type Handler, publishes } from '@gatehouse/functions/permissions';
import type { Ground } from './ground.ts';
import type { Settings } from './settings.ts';

/** `functions`: by handler. */
export function deployBusPolicy(
  { settings }: Ground,
  bus: aws.cloudwatch.EventBus,
  functions: Record<string, sst.aws.Function>,
): void {
  const publishers = Object.entries(functions)
    .filter(([handler]) => publishes(handler as Handler))
    .map(([, made]) => made.nodes.role.arn);
  new aws.cloudwatch.EventBusPolicy('BusPolicy', {
    eventBusName: bus.name,
    policy: $resolve([bus.arn, ...publishers]).apply(([arn = '', ...roles]) =>
      JSON.stringify(busPolicy(settings.eventSources, arn, roles)),
    ),
  });
}

function busPolicy(sources: Settings['eventSources'], bus: string, publishers: string[]) {
  const names = Object.keys(sources);
  refuseOverlaps(names);
  const put = { Action: 'events:PutEvents', Resource: bus };
  const denied = { Effect: 'Deny', Principal: '*', ...put };
  return {
    Version: '2012-10-17',
    Statement: [
      ...Object.entries(sources).flatMap(([source, senders], at) => {
        const { accounts, arns } = sendersOf(source, senders);
        const own = [...new Set([...accounts, ...arns.map(arn => arn.split(':')[4] ?? '')])];
        return [
          {
            Sid: `Allow${at}`,
            Effect: 'Allow',
            Principal: { AWS: own },
            ...put,
            Condition: {
              StringLike: { 'events:source': source },
              StringEquals: { 'events:detail-type': ENTRY_POINT_REQUESTED },
            },
          },
          {
            Sid: `DenyOthers${at}`,
            ...denied,
            Condition: {
              StringLike: { 'events:source': source },
              // Another form of source is Gatehouse's own, which has a statement of its own.
              StringNotEquals: {
                'events:source': EVENT_SOURCE,
                ...(accounts.length > 0 ? { 'aws:PrincipalAccount': accounts } : {}),
              },
              ...(arns.length > 0 ? { ArnNotEquals: { 'aws:PrincipalArn': arns } } : {}),
            },
          },
        ];
      }),
      {
        Sid: 'DenyOtherSources',
        ...denied,
        Condition: { StringNotLike: { 'events:source': [...names, EVENT_SOURCE] } },
      },
      {
        Sid: 'DenyGatehouseToOthers',
        ...denied,
        Condition: {
          StringEquals: { 'events:source': EVENT_SOURCE },
          ArnNotEquals: { 'aws:PrincipalArn': publishers },
        },
      },
    ],
  };
}

const SOURCE = /^(?!aws\.)[\w./-]*\*?$/;
const SENDER = /^(?:\d{12}|arn:[^:]+:iam::\d{12}:(?:role|user)\/[\w+=,.@/-]+)$/;

function sendersOf(source: string, senders: readonly string[]) {
  const wrong = senders.find(sender => !SENDER.test(sender));
  if (!SOURCE.test(source) || source === '')
    throw new Error(
      `eventSources: \`${source}\` is no source; write it like com.example.pipeline or com.example.*`,
    );
  if (wrong !== undefined)
    throw new Error(
      `eventSources of ${source}: \`${wrong}\` is no sender; write an account of 12 digits, or the ARN of a role or user`,
    );
  if (senders.length === 0)
    throw new Error(`eventSources of ${source}: there is no sender, so nobody could send it`);
  return {
    accounts: senders.filter(sender => !sender.startsWith('arn:')),
    arns: senders.filter(sender => sender.startsWith('arn:')),
  };
}

/** An event of a source that two patterns match would need a sender of both. */
function refuseOverlaps(sources: readonly string[]): void {
  const prefixOf = (source: string) => source.replace(/\*$/, '');
  for (const wide of sources.filter(source => source.endsWith('*')))
    for (const other of sources)
      if (other !== wide && prefixOf(other).startsWith(prefixOf(wide)))
        throw new Error(
          `eventSources: ${wide} also matches ${other}; a source has one entry, with all of its senders`,
        );
}
