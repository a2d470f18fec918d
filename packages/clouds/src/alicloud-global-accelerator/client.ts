// The one client of Alibaba Cloud Global Accelerator. There is one control region, whatever region an endpoint group is
// in. The API answers with the same code for an instance that is busy and one that stays locked: this file tells the two apart.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import * as z from 'zod';
import { cloudCall, type Failure, orAbsent } from '../cloud-call.ts';
import type { ErrorTable } from '../errors.ts';
import { ERRORS, familyOf } from './errors.ts';
import { type AlicloudConfig, type Answer, type Send, WireFailure, wireTo } from './transport.ts';

export type { AlicloudConfig, AlicloudCredentials } from './transport.ts';

const SERVICE = 'ga';
const REGION = 'cn-hangzhou';
/** Two operations whose requests have no RegionId. */
const WITHOUT_REGION = ['DeleteListener', 'DeleteEndpointGroup'];

/** States in which only its owner can help, with money or a new instance. Both spellings are in use. */
const PERMANENT: Record<string, string> = {
  finacialLocked: 'is locked for money: pay what is owed, or renew it',
  financialLocked: 'is locked for money: pay what is owed, or renew it',
  deleting: 'is being deleted',
  Deleting: 'is being deleted',
};

export type GaClient = ReturnType<typeof alicloudClient>;

export interface CallOptions {
  /** The instance that the call is about, where its parameters do not say. */
  acceleratorId?: string;
  /** What an error means for this call in particular. */
  also?: ErrorTable;
}

const acceleratorAnswer = z.object({
  AcceleratorId: z.string(),
  State: z.string(),
  InstanceChargeType: z.string().optional(),
  BandwidthBillingType: z.string().optional(),
  BasicBandwidthPackage: z.object({ InstanceId: z.string().optional() }).optional(),
  ServiceManagedInfos: z
    .array(z.object({ Action: z.string().optional(), IsManaged: z.boolean().optional() }))
    .optional(),
});
export type Accelerator = z.output<typeof acceleratorAnswer>;

export function alicloudClient(config: AlicloudConfig) {
  const send = wireTo(config);

  /** One call, its answer read by a schema. */
  async function call<Schema extends z.ZodType>(
    operation: string,
    parameters: Record<string, unknown>,
    schema: Schema,
    { acceleratorId, also = {} }: CallOptions = {},
  ): Promise<z.output<Schema>> {
    try {
      return read(schema, operation, await one(send, operation, parameters, also));
    } catch (thrown) {
      const id = acceleratorId ?? parameters['AcceleratorId'];
      throw isBusy(thrown) && typeof id === 'string' ? await busyOrStuck(id, thrown) : thrown;
    }
  }

  /** Undefined where there is none (any more). */
  async function accelerator(id: string): Promise<Accelerator | undefined> {
    const asked = one(send, 'DescribeAccelerator', { AcceleratorId: id }, { UnknownError: 'NotFound' });
    const answer = await orAbsent(asked);
    return answer && read(acceleratorAnswer, 'DescribeAccelerator', answer);
  }

  /** A busy instance heals; one that is locked says the same code, and never does. */
  async function busyOrStuck(id: string, thrown: RetryableError): Promise<Error> {
    const found = await accelerator(id).catch(() => undefined);
    const reason = found && stuck(found);
    if (!reason) return thrown;
    const details = { provider: thrown.provider, cause: thrown };
    return new TerminalError('ResourceConflict', `${id} ${reason}`, details);
  }

  /** Of an instance that something of ours stands on. Throws where nobody but its owner can go on with it. */
  async function state(id: string): Promise<string | undefined> {
    const found = await accelerator(id);
    const reason = found && stuck(found);
    if (reason) throw new TerminalError('ResourceConflict', `${id} ${reason}`);
    return found?.State;
  }

  return { call, accelerator, state };
}

/** Why nobody but its owner can go on with an instance; undefined where it only takes time, or nothing. */
export function stuck({ State }: Accelerator): string | undefined {
  return PERMANENT[State];
}

async function one(
  send: Send,
  operation: string,
  parameters: Record<string, unknown>,
  also: ErrorTable,
): Promise<Answer> {
  const scalars: [string, unknown][] = WITHOUT_REGION.includes(operation) ? [] : [['RegionId', REGION]];
  const lists: [string, unknown][] = [];
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined) (Array.isArray(value) ? lists : scalars).push([name, value]);
  }
  return cloudCall(
    { service: SERVICE, operation, errors: { ...ERRORS, ...also }, familyOf },
    () => send(operation, Object.fromEntries(scalars), Object.fromEntries(lists)),
    failureOf,
  );
}

function failureOf(thrown: unknown): Failure {
  if (!(thrown instanceof WireFailure)) {
    const message = thrown instanceof Error ? thrown.message : String(thrown);
    return { name: 'Error', message, code: undefined, status: undefined, requestId: undefined };
  }
  return thrown;
}

function read<Schema extends z.ZodType>(schema: Schema, operation: string, answer: Answer): z.output<Schema> {
  const parsed = schema.safeParse(answer);
  if (parsed.success) return parsed.data;
  const wrong = parsed.error.issues.map(({ path, message }) => `${path.join('.')} (${message})`).join(', ');
  throw new TerminalError('InternalFailure', `${SERVICE} ${operation} answered without ${wrong}`);
}

function isBusy(thrown: unknown): thrown is RetryableError {
  return thrown instanceof RetryableError && thrown.provider?.errorCode === 'StateError.Accelerator';
}
