// `gatehouse drift`: changes made outside Gatehouse: the expected and the actual value of each member.
import type { Drift } from '@gatehouse/client';
import { differenceLines } from './differences.ts';
import type { Watching } from './follow.ts';

export async function drift({ client, terminal, print }: Watching, name: string): Promise<void> {
  print.answer(await client.drift(name, { signal: terminal.stopped }), driftLines);
}

function driftLines({ entryPoint, state, resources }: Drift): string[] {
  return [
    `${entryPoint} is ${state}.`,
    ...resources.flatMap(({ title, id, state: found, differences, problem }) => [
      `  ${found} ${title} (${id})${problem ? `: ${problem.message}` : ''}`,
      ...differences
        .flatMap(({ member, expected, found: is }) => differenceLines(member, expected, is))
        .map(line => `      ${line}`),
    ]),
  ];
}
