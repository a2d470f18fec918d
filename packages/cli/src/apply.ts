// `gatehouse apply`: creates the entry point in a file, or updates it if it exists.
import { Problem } from '@gatehouse/client';
import type { Request } from '@gatehouse/core/request/request';
import { BadInput, type ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { findEntryPoint } from './jobs.ts';
import { issuesFrom, type RequestFile, readRequest, requestAs } from './read-request.ts';
import { type Submission, submit } from './submit.ts';

const OTHER = { provision: 'update', update: 'provision' } as const;

export type ApplyOperation = keyof typeof OTHER;

export async function apply(
  { file, ...submission }: Submission & { file: string },
  watching: Watching,
): Promise<ExitCode> {
  const read = await readRequest(file, watching.terminal.stdin);
  const operation = await operationFor(read, submission, watching);
  const send = (as: ApplyOperation) => submit(requestAs(read, as), submission, watching);
  return send(operation)
    .catch((thrown: unknown) => {
      // The job of this key may itself have created or removed the entry point, which changes the operation.
      if (!isReused(thrown) || submission.idempotencyKey === undefined) throw thrown;
      return send(OTHER[operation]).catch((other: unknown) => {
        throw isReused(other) || other instanceof BadInput ? thrown : other;
      });
    })
    .catch(issuesFrom(read));
}

function isReused(thrown: unknown): boolean {
  return thrown instanceof Problem && thrown.code === 'IdempotencyKeyReused';
}

/** Throws BadInput for a request that is valid for no operation, before it calls the API. */
export async function operationFor(
  read: RequestFile,
  { idempotencyKey }: { idempotencyKey?: string },
  { client, terminal }: Watching,
): Promise<ApplyOperation> {
  const { entryPoint: name } = validRequest(read);
  const { stopped: signal } = terminal;
  if (await findEntryPoint(client, name, signal)) return 'update';
  const { items } = await client.jobs({ entryPoint: name, pageSize: 1, signal });
  const open = items.find(({ endedAt }) => endedAt === undefined);
  if (!open || idempotencyKey !== undefined) return 'provision';
  throw new BadInput(
    `${name} does not exist yet, and ${open.id} (${open.operation}) is in progress. Apply again when that job has ended; to watch it, run gatehouse watch ${open.id}`,
  );
}

/** Some options are valid with one operation only. */
function validRequest(read: RequestFile): Request {
  const { operation } = Object(read.value);
  if (operation === 'remove') {
    throw new BadInput(`${read.name} has operation: remove; use gatehouse remove NAME instead`);
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
