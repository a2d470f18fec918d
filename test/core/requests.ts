// Requests for the tests of the request: a right one, and ways to bend it in one place.
import { parseRequest } from '@gatehouse/core/request';

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

export function mistakesOf(value: unknown) {
  const parsed = parseRequest(value);
  return parsed.ok ? [] : parsed.mistakes;
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
