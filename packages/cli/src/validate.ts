// `gatehouse validate`: reports every error that can be found in the request alone, without a network.
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { requestToApply } from './apply.ts';
import { readRequest, requestIn } from './read-request.ts';
import type { Printer, Terminal } from './terminal.ts';

/**
 * Throws BadInput with every error. Takes what `apply` takes, which determines the operation itself, and a removal.
 * `alicloudLimits`: those of the installation that will get the request.
 */
export async function validate(
  { file, alicloudLimits }: { file: string; alicloudLimits: AlicloudProfile },
  terminal: Terminal,
  print: Printer,
): Promise<void> {
  const read = await readRequest(file, { ...terminal, ...print });
  const { operation } = Object(read.value);
  const { entryPoint } =
    operation === undefined ? requestToApply(read, alicloudLimits) : requestIn(read, alicloudLimits);
  print.answer({ valid: true, ...(operation === undefined ? {} : { operation }), entryPoint }, () => [
    `${read.name} is valid: ${operation ?? 'apply'} ${entryPoint}.`,
  ]);
}
