// The health check of a VPC Lattice target group. Ranges and defaults are those of the API (2022-11-30), where a 0 on the
// wire resets a member to its default. Gatehouse sends the default explicitly instead.
import * as z from 'zod';
import { flag, lenient, lenientOr, oneOf, port, text, urlPath, wholeNumber } from '../../json/members.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { HEALTH_CHECK } from './target-group-members.ts';

export type HealthCheck = z.output<typeof healthCheckSpec>;

/** The API accepts any combination of digits, `-` and `,`; this pattern accepts only valid codes. */
const HTTP_CODES = /^[1-5]\d{2}(-[1-5]\d{2})?(,[1-5]\d{2}(-[1-5]\d{2})?)*$/;

const DEFAULT_INTERVAL_SECONDS = HEALTH_CHECK.healthCheckIntervalSeconds.default;
const DEFAULT_TIMEOUT_SECONDS = HEALTH_CHECK.healthCheckTimeoutSeconds.default;
const intervalSeconds = wholeNumber(5, 300);
const timeoutSeconds = wholeNumber(1, 120);
const httpCode = text("a string of HTTP codes and ranges, like `'200'` or `'200-299,404'`", {
  from: 1,
  to: 2_000,
  pattern: HTTP_CODES,
});

const matcherSpec = objectByTable('a matcher', HEALTH_CHECK.matcher.members, {
  httpCode: httpCode.default(HEALTH_CHECK.matcher.members.httpCode.default).meta({
    description: 'The HTTP status codes of a successful check: codes and ranges.',
  }),
}).meta({ id: 'LatticeMatcher' });

export const healthCheckSpec = objectByTable('a health check', HEALTH_CHECK, {
  enabled: flag().exactOptional().meta({
    description:
      'Whether targets are checked. The default depends on the protocol version of the group: on for HTTP1; off for HTTP2, GRPC and TCP.',
  }),
  protocol: oneOf(['HTTP', 'HTTPS'], ', the only health check protocols of VPC Lattice')
    .default(HEALTH_CHECK.protocol.default)
    .meta({ description: 'The protocol of the health checks, independent of the protocol of the group.' }),
  protocolVersion: oneOf(['HTTP1', 'HTTP2'], ', as VPC Lattice does not support gRPC health checks')
    .default(HEALTH_CHECK.protocolVersion.default)
    .meta({ description: 'The HTTP version of the health checks.' }),
  port: port().exactOptional().meta({
    description:
      'The port of the health checks. The default is the port on which the target receives traffic.',
  }),
  path: urlPath(2_048)
    .default(HEALTH_CHECK.path.default)
    .meta({ description: 'The path of the health checks.' }),
  healthCheckIntervalSeconds: intervalSeconds.default(DEFAULT_INTERVAL_SECONDS).meta({
    description: 'The approximate time between two health checks of a target.',
    unit: 'seconds',
  }),
  healthCheckTimeoutSeconds: timeoutSeconds.default(DEFAULT_TIMEOUT_SECONDS).meta({
    description: 'The time limit of a health check. It must be less than the interval.',
    unit: 'seconds',
  }),
  healthyThresholdCount: wholeNumber(2, 10).default(HEALTH_CHECK.healthyThresholdCount.default).meta({
    description: 'The number of consecutive successful checks that makes an unhealthy target healthy.',
  }),
  unhealthyThresholdCount: wholeNumber(2, 10)
    .default(HEALTH_CHECK.unhealthyThresholdCount.default)
    .meta({ description: 'The number of consecutive failed checks that makes a healthy target unhealthy.' }),
  matcher: matcherSpec.prefault({}).meta({ description: 'The responses that count as successful.' }),
}).meta({ id: 'LatticeHealthCheck' });

type Path = readonly PropertyKey[];

export type LenientHealthCheck = z.output<typeof lenientHealthCheck>;

export const lenientHealthCheck = z.object({
  healthCheckIntervalSeconds: lenientOr(intervalSeconds),
  healthCheckTimeoutSeconds: lenientOr(timeoutSeconds),
  matcher: lenient(z.object({ httpCode: lenient(httpCode) })),
});

export function healthCheckIssues(check: LenientHealthCheck, path: Path): ValidationIssue[] {
  return [...timeIssues(check, path), ...matcherIssues(check.matcher?.httpCode ?? '', path)];
}

function timeIssues(check: LenientHealthCheck, path: Path): ValidationIssue[] {
  const { healthCheckIntervalSeconds: givenInterval, healthCheckTimeoutSeconds: givenTimeout } = check;
  const interval = givenInterval === undefined ? DEFAULT_INTERVAL_SECONDS : givenInterval;
  const timeout = givenTimeout === undefined ? DEFAULT_TIMEOUT_SECONDS : givenTimeout;
  if (interval === null || timeout === null || timeout < interval) return [];
  // Report the member that was given: the other one is a default.
  const [member, detail] =
    givenTimeout === undefined
      ? [
          'healthCheckIntervalSeconds',
          `${interval} is not greater than the default timeout of ${timeout} seconds`,
        ]
      : ['healthCheckTimeoutSeconds', `${timeout} is not less than the interval of ${interval} seconds`];
  return [
    {
      pointer: pointerTo([...path, member]),
      detail: `${detail}; a health check must end before the next one begins`,
    },
  ];
}

function matcherIssues(httpCode: string, path: Path): ValidationIssue[] {
  return httpCode.split(',').flatMap(range => {
    const [first = '', last = first] = range.split('-');
    if (first <= last) return [];
    const detail = `${range} is not a valid range; the lower code comes first`;
    return [{ pointer: pointerTo([...path, 'matcher', 'httpCode']), detail }];
  });
}
