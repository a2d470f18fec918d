// `gatehouse health`: the health of each endpoint and target, healthy ones last, and how many of each resource are healthy.
import type { Health } from '@gatehouse/client';
import type { Watching } from './follow.ts';

export async function health({ client, terminal, print }: Watching, name: string): Promise<void> {
  print.answer(await client.health(name, { signal: terminal.stopped }), healthLines);
}

function healthLines({ entryPoint, state, resources }: Health): string[] {
  const none = resources.length === 0 ? ': it has no endpoint or target that its cloud checks' : '';
  return [
    `${entryPoint} is ${state}${none}.`,
    ...resources.flatMap(({ title, state: worst, endpoints, problem }) => {
      const healthy = endpoints.filter(each => each.state === 'HEALTHY').length;
      const count = endpoints.length > 0 ? `: ${healthy} of ${endpoints.length} healthy` : '';
      return [
        `  ${worst} ${title}${count}${problem ? `: ${problem.message}` : ''}`,
        ...endpoints
          .toSorted((a, b) => Number(a.state === 'HEALTHY') - Number(b.state === 'HEALTHY'))
          .map(each => `      ${each.state} ${each.id}${each.reason ? ` (${each.reason})` : ''}`),
      ];
    }),
  ];
}
