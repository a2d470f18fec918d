// The health check of a VPC Lattice target group. Ranges and defaults are those of the API (2022-11-30),
// where a 0 on the wire means "back to the default": here the default is written out instead.
import * as z from 'zod';
import { flag, lenient, lenientOr, oneOf, port, text, urlPath, wholeNumber } from '../../json/members.ts';
import { pointerTo, type ValidationIssue } from '../../json/validation-issues.ts';
import { objectByTable } from '../member-schema.ts';
import { HEALTH_CHECK } from './target-group-members.ts';

export type HealthCheck = z.output<typeof healthCheckSpec>;

/** The API takes any digits, `-` and `,`; these are the ones that name codes. */
const HTTP_CODES = /^[1-5]\d{2}(-[1-5]\d{2})?(,[1-5]\d{2}(-[1-5]\d{2})?)*$/;

const USUAL_INTERVAL_SECONDS = HEALTH_CHECK.healthCheckIntervalSeconds.default;
const USUAL_TIMEOUT_SECONDS = HEALTH_CHECK.healthCheckTimeoutSeconds.default;
const intervalSeconds = wholeNumber(5, 300);
const timeoutSeconds = wholeNumber(1, 120);
const httpCode = text("HTTP codes and ranges of them as text, like `'200'` or `'200-299,404'`", {
  from: 1,
  to: 2_000,
  pattern: HTTP_CODES,
});

export const healthCheckSpec = objectByTable('a health check', HEALTH_CHECK, {
  enabled: flag().exactOptional().meta({
    description:
      'Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups.',
  }),
  protocol: oneOf(['HTTP', 'HTTPS'], ', as VPC Lattice has no other health check')
    .default(HEALTH_CHECK.protocol.default)
    .meta({ description: 'How targets are asked, whatever the protocol of the group.' }),
  protocolVersion: oneOf(['HTTP1', 'HTTP2'], ', as VPC Lattice cannot check with gRPC')
    .default(HEALTH_CHECK.protocolVersion.default)
    .meta({ description: 'The version of HTTP that targets are asked in.' }),
  port: port().exactOptional().meta({
    description:
      'The port that is checked. When left out it is the one on which the target gets its traffic.',
  }),
  path: urlPath(2_048)
    .default(HEALTH_CHECK.path.default)
    .meta({ description: 'What targets are asked for.' }),
  healthCheckIntervalSeconds: intervalSeconds.default(USUAL_INTERVAL_SECONDS).meta({
    description: 'About the time between two checks of a target.',
    unit: 'seconds',
  }),
  healthCheckTimeoutSeconds: timeoutSeconds.default(USUAL_TIMEOUT_SECONDS).meta({
    description: 'The time that a target has to answer; below the interval.',
    unit: 'seconds',
  }),
  healthyThresholdCount: wholeNumber(2, 10)
    .default(HEALTH_CHECK.healthyThresholdCount.default)
    .meta({ description: 'So many good answers in a row make an unhealthy target healthy.' }),
  unhealthyThresholdCount: wholeNumber(2, 10)
    .default(HEALTH_CHECK.unhealthyThresholdCount.default)
    .meta({ description: 'So many failed checks in a row make a healthy target unhealthy.' }),
  matcher: objectByTable('a matcher', HEALTH_CHECK.matcher.members, {
    httpCode: httpCode.default(HEALTH_CHECK.matcher.members.httpCode.default).meta({
      description: 'The HTTP codes that are good answers: codes and ranges of them.',
    }),
  })
    .prefault({})
    .meta({ description: 'Which answers are good.' }),
});

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
  const interval = givenInterval === undefined ? USUAL_INTERVAL_SECONDS : givenInterval;
  const timeout = givenTimeout === undefined ? USUAL_TIMEOUT_SECONDS : givenTimeout;
  if (interval === null || timeout === null || timeout < interval) return [];
  // Blame what was written: the other one is a default.
  const [member, detail] =
    givenTimeout === undefined
      ? ['healthCheckIntervalSeconds', `${interval} is not above the usual timeout of ${timeout} seconds`]
      : ['healthCheckTimeoutSeconds', `${timeout} is not below the interval of ${interval} seconds`];
  return [
    { pointer: pointerTo([...path, member]), detail: `${detail}; a check ends before the next begins` },
  ];
}

function matcherIssues(httpCode: string, path: Path): ValidationIssue[] {
  return httpCode.split(',').flatMap(range => {
    const [first = '', last = first] = range.split('-');
    if (first <= last) return [];
    const detail = `${range} runs backward; the lower code comes first`;
    return [{ pointer: pointerTo([...path, 'matcher', 'httpCode']), detail }];
  });
}
