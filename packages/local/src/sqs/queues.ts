// Queues for targets and as dead-letter queues: they keep messages, newest last, until a consumer deletes them, so that
// people can read them and send them again. Each queue is one file of JSON lines.
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openRowLog, type RowLog } from '@gatehouse/twins/files/row-log';

export interface Message {
  n: number;
  messageId: string;
  at: string;
  /** SQS's message attributes, by name. */
  attributes: Record<string, string>;
  body: unknown;
}

export interface Queues {
  send(queue: string, message: { body: unknown; attributes?: Record<string, string> }): void;
  messages(queue: string): Message[];
  remove(queue: string, messageId: string): void;
  names(): string[];
}

const ENDING = '.jsonl';

export function openQueues(folder: string | undefined, now: () => number): Queues {
  const open = new Map<string, RowLog<Message>>();
  const queueAt = (name: string) => {
    const queue = open.get(name) ?? openRowLog<Message>(folder && join(folder, `${name}${ENDING}`));
    open.set(name, queue);
    return queue;
  };
  for (const file of folder ? filesIn(folder) : []) queueAt(file.slice(0, -ENDING.length));
  return {
    send(name, { body, attributes = {} }) {
      const queue = queueAt(name);
      const at = new Date(now()).toISOString();
      queue.append({ n: queue.next(), messageId: randomUUID(), at, attributes, body });
    },
    messages: name => open.get(name)?.rows() ?? [],
    remove(name, messageId) {
      const queue = open.get(name);
      const found = queue?.rows().find(row => row.messageId === messageId);
      if (found) queue?.remove(found.n);
    },
    names: () => [...open.keys()].toSorted(),
  };
}

/** The folder is created with the first message. */
function filesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith(ENDING)) : [];
}
