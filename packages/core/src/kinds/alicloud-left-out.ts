// Members of an Alibaba Cloud listener or endpoint group that a spec said so far and leaves out now. An update keeps what it
// does not name: so the usual value is said, where the API documents one, and the plan refuses where it does not. A rule
// has none of these: each update replaces it whole. Pure.
import { isDeepStrictEqual } from 'node:util';
import { listOf, type Members } from '../json/plain-members.ts';
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import { endpointIdentity } from '../request/alicloud/endpoint.ts';
import { ALICLOUD_ENDPOINT, ALICLOUD_ENDPOINT_GROUP } from '../request/alicloud/endpoint-group-members.ts';
import { ALICLOUD_LISTENER } from '../request/alicloud/listener-members.ts';
import { defaultsOf, type MemberTable, withoutDefault } from '../request/member-table.ts';

type Resource = Pick<Step, 'kind' | 'desired' | 'needs'>;

export function sayAlicloudLeftOut(step: Resource, before: Members, steps: readonly Step[]): Members {
  const { kind, desired, needs } = step;
  if (kind === 'alicloudListener') return leftOut(defaultsOf(ALICLOUD_LISTENER, desired), desired, before);
  if (kind !== 'alicloudEndpointGroup') return {};
  const listener = steps.find(({ id }) => id === needs['listenerId']);
  const http = speaksHttp(listener?.desired['protocol']);
  const { endpointRequestProtocol, ...usual } = defaultsOf(ALICLOUD_ENDPOINT_GROUP, desired);
  return {
    ...leftOut(http ? { ...usual, endpointRequestProtocol } : usual, desired, before),
    ...(http ? {} : flagsLeftOut(desired, before)),
  };
}

/** Members that would stay as they are, as the API documents no value that is like saying nothing. */
export function keptAlthoughLeftOut(
  { kind, desired }: Pick<Step, 'kind' | 'desired'>,
  owned: Owned,
): string[] {
  return withoutDefault(TABLES[kind] ?? {}, desired).filter(
    member => member in owned.desired && desired[member] === undefined,
  );
}

const TABLES: Partial<Record<Step['kind'], MemberTable>> = {
  alicloudListener: ALICLOUD_LISTENER,
  alicloudEndpointGroup: ALICLOUD_ENDPOINT_GROUP,
};

/** Of the endpoints that stay; over HTTP they cannot be off, and mean nothing. */
function flagsLeftOut(desired: Members, before: Members): Members {
  const were = new Map(listOf(before['endpoints']).map(each => [endpointIdentity(each), each]));
  const endpoints = listOf(desired['endpoints']).map(each => {
    const off = defaultsOf(ALICLOUD_ENDPOINT, each);
    return { ...each, ...leftOut(off, each, were.get(endpointIdentity(each)) ?? {}) };
  });
  return isDeepStrictEqual(endpoints, desired['endpoints']) ? {} : { endpoints };
}

function leftOut(usual: Members, said: Members, before: Members): Members {
  return Object.fromEntries(
    Object.entries(usual).filter(([member]) => member in before && !(member in said)),
  );
}

function speaksHttp(protocol: unknown): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}
