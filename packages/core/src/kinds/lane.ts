// Which lane a resource belongs to: resources of one lane follow one another, lanes are independent.
import type { Members } from '../json/plain-members.ts';
import type { Kind } from '../ports/kind.ts';

/** Equal keys share a lane; undefined: the lane of the resource that it needs. */
export function laneKeyOf(kind: Kind, desired: Members): string | undefined {
  switch (kind) {
    case 'listener':
    case 'accelerator':
      return `accelerator/${desired['acceleratorArn']}`;
    case 'targetGroup':
      return `target-group/${desired['region']}/${desired['name']}`;
    case 'stickinessPolicy':
    case 'policyAttachment':
      return `load-balancer/${desired['region']}/${desired['loadBalancerName']}`;
    case 'alicloudListener':
    case 'additionalCertificate':
    case 'alicloudEndpointGroup':
    case 'forwardingRule':
      return `instance/${desired['acceleratorId']}`;
    default:
      return undefined;
  }
}

/** Each change of an Alibaba Cloud instance settles before the next begins. */
export function isOneAtATime(kind: Kind): boolean {
  return ['alicloudListener', 'additionalCertificate', 'alicloudEndpointGroup', 'forwardingRule'].includes(
    kind,
  );
}

const USUAL_SECONDS: Partial<Record<Kind, number>> = {
  listener: 5,
  endpointGroup: 5,
  accelerator: 120,
  targetGroup: 20,
  targets: 60,
  stickinessPolicy: 5,
  policyAttachment: 5,
};
export const usualSecondsOf = (kind: Kind): number => USUAL_SECONDS[kind] ?? 30;
