// `gatehouse apply`: creates the entry point in a file, or updates it if it exists.
import { Problem } from '@gatehouse/client';
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import type { Request } from '@gatehouse/core/request/request';
import { BadInput, type ExitCode } from './exit.ts';
import type { Watching } from './follow.ts';
import { findEntryPoint } from './jobs.ts';
import { issuesFrom, type RequestFile, readRequest, requestAs } from './read-request.ts';
import { type Submission, submit } from './submit.ts';
import type { Printer } from './terminal.ts';

const OTHER = { provision: 'update', update: 'provision' } as const;

export type ApplyOperation = keyof typeof OTHER;

export async function apply(
  { file, ...submission }: Submission & { file: string },
  watching: Watching,
): Promise<ExitCode> {
  const { terminal, print } = watching;
  const read = await readRequest(file, { ...terminal, ...print });
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
  { client, terminal, print }: Watching,
): Promise<ApplyOperation> {
  const { entryPoint: name } = validRequest(read, print);
  const { stopped: signal } = terminal;
  if (await findEntryPoint(client, name, signal)) return 'update';
  const { items } = await client.jobs({ entryPoint: name, pageSize: 1, signal });
  const open = items.find(({ endedAt }) => endedAt === undefined);
  if (!open || idempotencyKey !== undefined) return 'provision';
  throw new BadInput(
    `${name} does not exist yet, and ${open.id} (${open.operation}) is in progress. Apply again when that job has ended; to watch it, run ${print.command(`watch ${open.id}`)}`,
  );
}

function validRequest(read: RequestFile, print: Pick<Printer, 'command'>): Request {
  const { operation } = Object(read.value);
  if (operation === 'remove') {
    throw new BadInput(`${read.name} has operation: remove; use ${print.command('remove NAME')} instead`);
  }
  return requestToApply(read);
}

/** The request as it would create the entry point or, if that is not possible, update it: some options are for one of them only. */
export function requestToApply(read: RequestFile, limits?: AlicloudProfile): Request {
  const { operation } = Object(read.value);
  if (operation === 'update') return requestAs(read, 'update', limits);
  try {
    return requestAs(read, 'provision', limits);
  } catch (thrown) {
    try {
      return requestAs(read, 'update', limits);
    } catch {
      throw thrown;
    }
  }
}
