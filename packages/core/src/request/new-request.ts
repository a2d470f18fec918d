// Parses a new request, to accept or plan it. A new request must keep to the clouds and limits of this installation. A
// request that was accepted before is parsed without this check, so that it stays valid.

import { isObject } from '../json/plain-value.ts';
import { cloudIssues } from './clouds.ts';
import { type ParsedRequest, parseRequest } from './request.ts';
import type { RequestSettings } from './request-ports.ts';

export function parseNewRequest(
  value: unknown,
  { region, clouds, alicloudLimits = 'guide' }: RequestSettings,
): ParsedRequest {
  const cloud = isObject(value) && 'cloud' in value ? value['cloud'] : 'aws';
  // Other issues are of no use to the caller while the cloud is not enabled.
  const issues = cloudIssues(cloud, clouds);
  return issues.length > 0 ? { ok: false, issues } : parseRequest(value, region, alicloudLimits);
}
