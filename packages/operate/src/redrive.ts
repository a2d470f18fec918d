// `redrive`: shows the dead letters, and with --apply sends them again: a failed call to its function, a rejected request to the
// function of all requests, because the policy of the bus allows only its sender to put it there. A letter is deleted only after its event was accepted, so an interruption sends it twice, which is harmless: the same
// request with the same key is the same job.
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { type Letter, letterOf } from './letters.ts';

export interface Redrive {
  /** The URL of the dead-letter queue. */
  queue: string;
  apply: boolean;
  /** The function to which rejected requests are sent again; without it, they stay in the queue. */
  rejectedTo?: string;
  /** Ids of messages to delete without sending them again. */
  discard: readonly string[];
}

interface Received {
  letter: Letter;
  receipt: string;
}

/** Other consumers do not see the letters for this time, which is enough for a thousand of them. */
const HIDDEN_SECONDS = 600;
const MAX_LETTERS = 1000;

type Outcome = 'sent' | 'dropped' | 'stays';

/** Returns the number of letters that stay in the queue although they were to be sent again. */
export async function redrive(options: Redrive, say: (line: string) => void): Promise<number> {
  const sqs = new SQSClient({});
  const received = await receiveAll(sqs, options.queue);
  const staying: Received[] = [];
  let failed = 0;
  for (const each of received) {
    const { letter, receipt } = each;
    say(`${letter.id}  ${letter.kind}  ${letter.title}\n    ${letter.why}`);
    try {
      const [outcome, line] = await handle(letter, options);
      say(`    ${line}`);
      if (outcome === 'stays') staying.push(each);
      else await sqs.send(new DeleteMessageCommand({ QueueUrl: options.queue, ReceiptHandle: receipt }));
    } catch (thrown) {
      failed++;
      staying.push(each);
      say(`    not sent: ${thrown instanceof Error ? thrown.message : thrown}`);
    }
  }
  await showAgain(sqs, options.queue, staying);
  say(`${received.length} letters, ${staying.length} of them stay in the queue.`);
  return failed;
}

async function handle(letter: Letter, options: Redrive): Promise<[Outcome, string]> {
  if (options.discard.includes(letter.id)) return ['dropped', 'deleted, as asked'];
  switch (letter.kind) {
    case 'call':
      if (!options.apply) return ['stays', `--apply sends it to ${letter.functionName} again`];
      await invoke(letter);
      return ['sent', `sent to ${letter.functionName} again`];
    case 'tick':
      if (!options.apply) return ['stays', '--apply deletes it: later ticks have done its work'];
      return ['dropped', 'deleted: later ticks have done its work'];
    case 'rejected':
      return resend(letter, options);
    case 'unknown':
      return ['stays', `read it in the console of SQS; --discard ${letter.id} deletes it`];
  }
}

async function resend(
  { id, event }: Letter & { kind: 'rejected' },
  { apply, rejectedTo }: Redrive,
): Promise<[Outcome, string]> {
  const otherwise = `--discard ${id} deletes it`;
  if (!event)
    return ['stays', `its sender must send it again, because it is too large for a letter; ${otherwise}`];
  if (!apply || rejectedTo === undefined)
    return ['stays', `once the cause is fixed, --apply --rejected-to FUNCTION sends it again; ${otherwise}`];
  await invoke({ functionName: rejectedTo, event });
  return ['sent', `sent to ${rejectedTo} again`];
}

/** Asynchronously, as the rule did: Lambda retries it, and a further failure is a new letter. */
async function invoke({ functionName, event }: { functionName: string; event: unknown }): Promise<void> {
  const Payload = new TextEncoder().encode(JSON.stringify(event));
  await new LambdaClient({}).send(
    new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }),
  );
}

async function receiveAll(sqs: SQSClient, QueueUrl: string): Promise<Received[]> {
  const found = new Map<string, Received>();
  while (found.size < MAX_LETTERS) {
    const { Messages = [] } = await sqs.send(
      new ReceiveMessageCommand({
        QueueUrl,
        MaxNumberOfMessages: 10,
        MessageAttributeNames: ['All'],
        VisibilityTimeout: HIDDEN_SECONDS,
        // A long poll asks every server of the queue, so an empty answer means that it is empty.
        WaitTimeSeconds: 1,
      }),
    );
    if (Messages.length === 0) break;
    for (const {
      MessageId: id = '',
      Body: body = '',
      ReceiptHandle: receipt = '',
      MessageAttributes,
    } of Messages) {
      const attributes = Object.fromEntries(
        Object.entries(MessageAttributes ?? {}).map(([name, { StringValue = '' }]) => [name, StringValue]),
      );
      found.set(id, { letter: letterOf({ id, body, attributes }), receipt });
    }
  }
  return [...found.values()];
}

async function showAgain(sqs: SQSClient, QueueUrl: string, staying: readonly Received[]): Promise<void> {
  for (const { receipt: ReceiptHandle } of staying) {
    const command = new ChangeMessageVisibilityCommand({ QueueUrl, ReceiptHandle, VisibilityTimeout: 0 });
    await sqs.send(command);
  }
}
