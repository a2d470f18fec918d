// Requests for the tests of the request: a right one of each part, and ways to bend it in one place.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AlicloudProfile } from '@gatehouse/core/request/alicloud/limits';
import { parseRequest } from '@gatehouse/core/request/request';

export const ALB =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/shop/0123456789abcdef';
export const NLB =
  'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/net/edge/0123456789abcdef';

export function request(changes: object = {}) {
  return {
    operation: 'provision',
    entryPoint: 'checkout-edge',
    listener: {
      acceleratorArn:
        'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-12ab-34cd-56ef-1234567890ab',
      protocol: 'TCP',
      portRanges: [{ fromPort: 443, toPort: 443 }],
    },
    endpointGroups: [group()],
    ...changes,
  };
}

export function group(changes: object = {}) {
  return { region: 'eu-west-1', endpoints: [{ endpointId: NLB }], ...changes };
}

export const VPC = 'vpc-0a1b2c3d4e5f60718';
export const FUNCTION = 'arn:aws:lambda:eu-west-1:123456789012:function:checkout';

/** A request for target groups alone. */
export function targetGroups(...groups: object[]) {
  return { operation: 'provision', entryPoint: 'checkout-edge', targetGroups: groups };
}

export function ipGroup(changes: object = {}, config: object = {}) {
  return {
    name: 'checkout',
    region: 'eu-west-1',
    type: 'IP',
    config: { protocol: 'HTTP', vpcIdentifier: VPC, ...config },
    targets: [{ id: '10.0.1.5' }],
    ...changes,
  };
}

export function instanceGroup(changes: object = {}, config: object = {}) {
  return ipGroup({ type: 'INSTANCE', targets: [{ id: 'i-0a1b2c3d4e5f60718' }], ...changes }, config);
}

export function albGroup(changes: object = {}, config: object = {}) {
  return ipGroup({ type: 'ALB', targets: [{ id: ALB }], ...changes }, config);
}

export function lambdaGroup(changes: object = {}) {
  return {
    name: 'metrics',
    region: 'eu-west-1',
    type: 'LAMBDA',
    config: {},
    targets: [{ id: FUNCTION }],
    ...changes,
  };
}

/** A request for stickiness policies alone. */
export function stickinessPolicies(...policies: object[]) {
  return { operation: 'provision', entryPoint: 'checkout-edge', stickinessPolicies: policies };
}

export function policy(changes: object = {}) {
  return {
    loadBalancerName: 'checkout-classic',
    region: 'eu-west-1',
    policyName: 'checkout-sticky',
    loadBalancerPorts: [443],
    ...changes,
  };
}

export const many = <Item>(count: number, item: (index: number) => Item) =>
  Array.from({ length: count }, (_, index) => item(index));

/** Pointer, values that pass, values that do not. */
export type MemberCase = [pointer: string, good: unknown[], bad: unknown[]];

/** One test per member of a request in which nothing stands in the way of its range. */
export function testMembers(
  members: readonly MemberCase[],
  roomyRequest: (pointer: string) => unknown,
  issuesIn: typeof issuesOf = issuesOf,
) {
  for (const [pointer, good, bad] of members) {
    test(`${pointer} takes both ends of its range and refuses one beyond, with one mistake at the member`, () => {
      const base = roomyRequest(pointer);
      for (const value of good) assert.deepEqual(issuesIn(at(base, pointer, value)), [], String(value));
      for (const value of bad) {
        const issues = issuesIn(at(base, pointer, value));
        const said = JSON.stringify([value, issues], (_, each: unknown) =>
          typeof each === 'bigint' ? `${each}n` : each,
        );
        assert.deepEqual([...new Set(issues.map(each => each.pointer))], [pointer], said);
        assert.equal(issues.length, 1, said);
      }
    });
  }
}

/** What is wrong in it: each mistake's pointer and what its detail says. */
export type WrongCase = [reason: string, value: unknown, issues: [pointer: string, said: RegExp][]];

export function testWrong(wrong: readonly WrongCase[], issuesIn: typeof issuesOf = issuesOf, where = '') {
  for (const [reason, value, expected] of wrong) {
    test(`refused${where}: ${reason}`, () => {
      const issues = issuesIn(value);
      assert.deepEqual(
        issues.map(each => each.pointer),
        expected.map(([pointer]) => pointer),
      );
      for (const [index, [, said]] of expected.entries()) assert.match(issues[index]?.detail ?? '', said);
    });
  }
}

export function issuesOf(value: unknown, profile?: AlicloudProfile) {
  const parsed = parseRequest(value, undefined, profile);
  return parsed.ok ? [] : parsed.issues;
}

/** A copy with the member at an RFC 6901 pointer set; undefined takes it away. */
export function at(value: unknown, pointer: string, member: unknown): unknown {
  if (pointer === '') return member;
  const [, first = '', rest = ''] = /^\/([^/]*)(.*)$/s.exec(pointer) ?? [];
  const key = first.replaceAll('~1', '/').replaceAll('~0', '~');
  if (Array.isArray(value))
    return value.map((item, index) => (`${index}` === key ? at(item, rest, member) : item));
  const object = typeof value === 'object' && value !== null ? { ...value } : {};
  return { ...object, [key]: at(Object.getOwnPropertyDescriptor(object, key)?.value, rest, member) };
}
