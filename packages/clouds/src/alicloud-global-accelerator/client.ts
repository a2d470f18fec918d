// The client of Alibaba Cloud Global Accelerator. There is one control region for the endpoint groups of all regions. The API
// returns the same code for a busy instance and for a locked one: this file distinguishes the two.
import { RetryableError, TerminalError } from '@gatehouse/core/ports/errors';
import * as z from 'zod';
import { Answers } from '../asked-once.ts';
import { cloudCall, type Failure, orAbsent } from '../cloud-call.ts';
import type { ErrorTable } from '../errors.ts';
import { ERRORS, familyOf } from './errors.ts';
import { type AlicloudConfig, type Answer, type Send, WireFailure, wireTo } from './transport.ts';

export { type AlicloudConfig, type AlicloudCredentials, fixedKey, type KeySource } from './transport.ts';

const SERVICE = 'ga';
const REGION = 'cn-hangzhou';
/** Two operations whose requests have no RegionId. */
const WITHOUT_REGION = ['DeleteListener', 'DeleteEndpointGroup'];

/** States that only the owner of the instance can resolve, with a payment or a new instance. Both spellings are in use. */
const PERMANENT: Record<string, string> = {
  finacialLocked: 'is locked for an overdue payment: pay or renew it',
  financialLocked: 'is locked for an overdue payment: pay or renew it',
  deleting: 'is being deleted',
  Deleting: 'is being deleted',
};

export type GaClient = ReturnType<typeof clientOf>;

export interface CallOptions {
  /** The instance, if the parameters do not have it. */
  acceleratorId?: string;
  /** Error codes that are specific to this call. */
  also?: ErrorTable;
}

const acceleratorAnswer = z.object({
  AcceleratorId: z.string(),
  State: z.string(),
  DnsName: z.string().optional(),
  InstanceChargeType: z.string().optional(),
  BandwidthBillingType: z.string().optional(),
  BasicBandwidthPackage: z.object({ InstanceId: z.string().optional() }).optional(),
  ServiceManagedInfos: z
    .array(z.object({ Action: z.string().optional(), IsManaged: z.boolean().optional() }))
    .optional(),
});
export type Accelerator = z.output<typeof acceleratorAnswer>;

/** `reading`: a client for one reading. */
export function alicloudClient(config: AlicloudConfig): GaClient & { reading(): GaClient } {
  const send = wireTo(config);
  return { ...clientOf(send), reading: () => clientOf(askedOnce(send)) };
}

function askedOnce(send: Send): Send {
  const answers = new Answers();
  return (operation, query, lists) =>
    answers.once(operation, [query, lists], () => send(operation, query, lists));
}

function clientOf(send: Send) {
  /** One call, whose response is parsed by a schema. */
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

  /** Undefined if it does not exist. */
  async function accelerator(id: string): Promise<Accelerator | undefined> {
    const asked = one(send, 'DescribeAccelerator', { AcceleratorId: id }, { UnknownError: 'NotFound' });
    const answer = await orAbsent(asked);
    return answer && read(acceleratorAnswer, 'DescribeAccelerator', answer);
  }

  /** A busy instance recovers by itself; a locked one returns the same code, and does not. */
  async function busyOrStuck(id: string, thrown: RetryableError): Promise<Error> {
    const found = await accelerator(id).catch(() => undefined);
    const reason = found && stuck(found);
    if (!reason) return thrown;
    const details = { provider: thrown.provider, cause: thrown };
    return new TerminalError('ResourceConflict', `${id} ${reason}`, details);
  }

  /** An instance with resources of ours. Throws in a state that only its owner can resolve. */
  async function usable(id: string): Promise<Accelerator | undefined> {
    const found = await accelerator(id);
    const reason = found && stuck(found);
    if (reason) throw new TerminalError('ResourceConflict', `${id} ${reason}`);
    return found;
  }

  const state = async (id: string): Promise<string | undefined> => (await usable(id))?.State;

  return { call, accelerator, usable, state };
}

/** The reason why only the owner can resolve the state of an instance; undefined for all other states. */
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
  throw new TerminalError('InternalFailure', `${SERVICE} ${operation} returned a response without ${wrong}`);
}

function isBusy(thrown: unknown): thrown is RetryableError {
  return thrown instanceof RetryableError && thrown.provider?.errorCode === 'StateError.Accelerator';
}
