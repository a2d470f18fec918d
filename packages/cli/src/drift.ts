// `gatehouse drift`: changes made outside Gatehouse: the expected and the actual value of each member.
import { styleText } from 'node:util';
import type { Drift } from '@gatehouse/client';
import { differenceLines } from './differences.ts';
import type { Watching } from './follow.ts';
import type { Output } from './terminal.ts';

export async function drift({ client, terminal, print }: Watching, name: string): Promise<void> {
  const found = await client.drift(name, { signal: terminal.stopped });
  print.answer(found, each => driftLines(each, terminal.stdout));
}

const COLORS: Record<Drift['resources'][number]['state'], Parameters<typeof styleText>[0]> = {
  IN_SYNC: 'green',
  DRIFTED: 'yellow',
  MISSING: 'red',
  UNKNOWN: 'dim',
};

function driftLines({ entryPoint, state, resources }: Drift, stream: Output): string[] {
  return [
    `${entryPoint} is ${state}.`,
    ...resources.flatMap(({ title, id, state: found, differences, problem }) => [
      `  ${styleText(COLORS[found], found, { stream })} ${title} (${id})${problem ? `: ${problem.message}` : ''}`,
      ...differences
        .flatMap(({ member, expected, found: is }) => differenceLines(member, expected, is))
        .map(line => `      ${line}`),
    ]),
  ];
}
