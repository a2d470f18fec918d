// A request that comes for the first time, to be accepted or planned: held to what this installation has, its clouds and
// their limits. One that was accepted is parsed again without that, and stays what it was.

import { isObject } from '../json/plain-value.ts';
import { cloudIssues } from './clouds.ts';
import { type ParsedRequest, parseRequest } from './request.ts';
import type { RequestSettings } from './request-ports.ts';

export function parseNewRequest(
  value: unknown,
  { region, clouds, alicloudLimits = 'guide' }: RequestSettings,
): ParsedRequest {
  const asked = isObject(value) && 'cloud' in value ? value['cloud'] : 'aws';
  // What else is wrong with it matters only where that cloud is.
  const issues = cloudIssues(asked, clouds);
  return issues.length > 0 ? { ok: false, issues } : parseRequest(value, region, alicloudLimits);
}
