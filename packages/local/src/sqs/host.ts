// The part of the SQS API that a consumer needs, on the queues of the event bus: receive, hide, delete. A received message is hidden
// from other receives until its visibility timeout has passed; after a restart all messages are visible.
import { createHash } from 'node:crypto';
import type { WireRequest, WireService } from '@gatehouse/twins/http/wire';
import { type AwsJson, answerAwsJson, type Body, WireError } from '../http/aws-json.ts';
import type { Message, Queues } from './queues.ts';

const PROTOCOL: AwsJson = { service: 'sqs', target: 'AmazonSQS', version: '1.0' };

/** SQS's own default and limits. */
const VISIBILITY_SECONDS = 30;
const MAX_VISIBILITY_SECONDS = 43_200;
const MAX_RECEIVED = 10;

export interface SqsOptions {
  queues: Queues;
  account: string;
  /** Epoch milliseconds. */
  now(): number;
}

export function createSqs({ queues, account, now }: SqsOptions): WireService {
  /** By message id: until when it is hidden. */
  const hiddenUntil = new Map<string, number>();
  const hide = (messageId: string, seconds: number) => hiddenUntil.set(messageId, now() + seconds * 1000);
  const isVisible = ({ messageId }: Message) => (hiddenUntil.get(messageId) ?? 0) <= now();
  const queueOf = (body: Body) => {
    const [, name] = /\/\d{12}\/([\w-]+(?:\.fifo)?)$/.exec(text(body, 'QueueUrl')) ?? [];
    if (name !== undefined && queues.names().includes(name)) return name;
    throw new WireError('QueueDoesNotExist', 'The specified queue does not exist.');
  };
  const operations = (request: WireRequest) =>
    new Map<string, (body: Body) => object>([
      [
        'GetQueueUrl',
        body => {
          const name = text(body, 'QueueName');
          if (!queues.names().includes(name))
            throw new WireError('QueueDoesNotExist', 'The specified queue does not exist.');
          return { QueueUrl: `http://${request.headers['host']}/${account}/${name}` };
        },
      ],
      [
        'ReceiveMessage',
        body => {
          const most = numberOf(body, 'MaxNumberOfMessages', { or: 1, from: 1, to: MAX_RECEIVED });
          const seconds = visibilityOf(body);
          const received = queues.messages(queueOf(body)).filter(isVisible).slice(0, most);
          for (const { messageId } of received) hide(messageId, seconds);
          return received.length > 0 ? { Messages: received.map(onWire) } : {};
        },
      ],
      [
        'ChangeMessageVisibility',
        body => {
          queueOf(body);
          hide(text(body, 'ReceiptHandle'), visibilityOf(body));
          return {};
        },
      ],
      [
        'DeleteMessage',
        body => {
          queues.remove(queueOf(body), text(body, 'ReceiptHandle'));
          return {};
        },
      ],
    ]);
  return async request => answerAwsJson(PROTOCOL, request, operations(request));
}

/** The id of a message is its receipt handle as well. Clients check the digest. */
function onWire({ messageId, at, attributes, body }: Message): object {
  const Body = JSON.stringify(body);
  const MessageAttributes = Object.fromEntries(
    Object.entries(attributes).map(([name, StringValue]) => [name, { DataType: 'String', StringValue }]),
  );
  return {
    MessageId: messageId,
    ReceiptHandle: messageId,
    Body,
    MD5OfBody: createHash('md5').update(Body).digest('hex'),
    Attributes: { SentTimestamp: String(Date.parse(at)) },
    ...(Object.keys(attributes).length > 0 ? { MessageAttributes } : {}),
  };
}

function visibilityOf(body: Body): number {
  const limits = { or: VISIBILITY_SECONDS, from: 0, to: MAX_VISIBILITY_SECONDS };
  return numberOf(body, 'VisibilityTimeout', limits);
}

function text(body: Body, member: string): string {
  const value = body[member];
  if (typeof value === 'string') return value;
  throw new WireError('MissingParameter', `The request must contain the parameter ${member}.`);
}

function numberOf(
  body: Body,
  member: string,
  { or, from, to }: { or: number; from: number; to: number },
): number {
  const value = body[member] ?? or;
  if (typeof value === 'number' && Number.isInteger(value) && value >= from && value <= to) return value;
  throw new WireError('InvalidParameterValue', `${member} must be between ${from} and ${to}.`);
}
