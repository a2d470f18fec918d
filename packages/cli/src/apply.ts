// `gatehouse apply`: a file becomes what stands. Where nothing stands under its name it is made, else changed.
import { Problem } from '@gatehouse/client';
import type { Request } from '@gatehouse/core/request/request';
import { BadInput, type ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { standing } from './jobs.ts';
import { mistakesFrom, type RequestFile, readRequest, requestAs } from './read-request.ts';
import { type Submission, submit } from './submit.ts';

const OTHER = { provision: 'update', update: 'provision' } as const;

export type ApplyOperation = keyof typeof OTHER;

export async function apply(
  { file, ...asked }: Submission & { file: string },
  watching: Watching,
): Promise<ExitCode> {
  const read = await readRequest(file, watching.terminal.stdin);
  const operation = await operationFor(read, asked, watching);
  const send = (as: ApplyOperation) => submit(requestAs(read, as), asked, watching);
  return send(operation)
    .catch((thrown: unknown) => {
      // The key's job may have made, or taken away, what decides the operation now.
      if (!isReused(thrown) || asked.idempotencyKey === undefined) throw thrown;
      return send(OTHER[operation]).catch((other: unknown) => {
        throw isReused(other) || other instanceof BadInput ? thrown : other;
      });
    })
    .catch(mistakesFrom(read));
}

function isReused(thrown: unknown): boolean {
  return thrown instanceof Problem && thrown.code === 'IdempotencyKeyReused';
}

/** Throws BadInput for what no operation would take, before it asks what stands. */
export async function operationFor(
  read: RequestFile,
  { idempotencyKey }: { idempotencyKey?: string },
  { client, terminal }: Watching,
): Promise<ApplyOperation> {
  const { entryPoint: name } = takenAs(read);
  const { stopped: signal } = terminal;
  if (await standing(client, name, signal)) return 'update';
  const { items } = await client.jobs({ entryPoint: name, pageSize: 1, signal });
  const open = items.find(({ endedAt }) => endedAt === undefined);
  if (!open || idempotencyKey !== undefined) return 'provision';
  throw new BadInput(
    `${name} does not stand yet: ${open.id} (${open.operation}) is under way. Apply again when it has ended; gatehouse watch ${open.id} shows it`,
  );
}

/** Some options go with one operation only. */
function takenAs(read: RequestFile): Request {
  const { operation } = Object(read.value);
  if (operation === 'remove') {
    throw new BadInput(`${read.name} asks to remove; gatehouse remove does that, by the name`);
  }
  try {
    return requestAs(read, operation === 'update' ? 'update' : 'provision');
  } catch (thrown) {
    if (operation === 'update') throw thrown;
    try {
      return requestAs(read, 'update');
    } catch {
      throw thrown;
    }
  }
}
