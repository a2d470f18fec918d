// The requests of each operation, with the bounds of the API's model. A zero in a health check is within them; the
// health check's own rules define its meaning.
import { flag, integer, listOf, mapOf, members, oneMember, oneOf, text } from '../shared/input.ts';

const groupIdentifier = text({
  min: 17,
  max: 2048,
  pattern:
    /^((tg-[0-9a-z]{17})|(arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\d{12}:targetgroup\/tg-[0-9a-z]{17}))$/,
});
const serviceIdentifier = text({
  min: 17,
  max: 2048,
  pattern:
    /^((svc-[0-9a-z]{17})|(arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\d{12}:service\/svc-[0-9a-z]{17}))$/,
});
const listenerIdentifier = text({
  min: 20,
  max: 2048,
  pattern:
    /^((listener-[0-9a-z]{17})|(arn:[a-z0-9-]+:vpc-lattice:[a-zA-Z0-9-]+:\d{12}:service\/svc-[0-9a-z]{17}\/listener\/listener-[0-9a-z]{17}))$/,
});
const resourceArn = text({
  max: 1224,
  pattern: /^arn:[a-z0-9][-.a-z0-9]{0,62}:vpc-lattice:([a-z0-9][-.a-z0-9]{0,62})?:\d{12}?:[^/].{0,1023}$/,
});
const page = { maxResults: integer(1, 100), nextToken: text({ min: 1, max: 2048 }) };
const port = integer(1, 65_535);
const vpcIdentifier = text({ min: 5, max: 50, pattern: /^vpc-(([0-9a-z]{8})|([0-9a-z]{17}))$/ });
const groupType = oneOf('IP', 'LAMBDA', 'INSTANCE', 'ALB');

const tagKey = text({ min: 1, max: 128, pattern: /^(?![aA][wW][sS]:)[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u });
const tags = mapOf(tagKey, text({ max: 256, pattern: /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u }), { max: 200 });

const healthCheck = members(
  {},
  {
    enabled: flag,
    protocol: oneOf('HTTP', 'HTTPS', 'TCP'),
    protocolVersion: oneOf('HTTP1', 'HTTP2'),
    port: integer(0, 65_535),
    path: text({ max: 2048, pattern: /(^\/[a-zA-Z0-9@:%_+.~#?&/=-]*$|(^$))/ }),
    healthCheckIntervalSeconds: integer(0, 300),
    healthCheckTimeoutSeconds: integer(0, 120),
    healthyThresholdCount: integer(0, 10),
    unhealthyThresholdCount: integer(0, 10),
    matcher: members({ httpCode: text({ max: 2000, pattern: /(^[0-9,-]+$|(^$))/ }) }, {}),
  },
);

const config = members(
  {},
  {
    port,
    protocol: oneOf('HTTP', 'HTTPS', 'TCP'),
    protocolVersion: oneOf('HTTP1', 'HTTP2', 'GRPC'),
    ipAddressType: oneOf('IPV4', 'IPV6'),
    vpcIdentifier,
    healthCheck,
    lambdaEventStructureVersion: oneOf('V1', 'V2'),
  },
);

const target = members({ id: text({ min: 1, max: 200 }) }, { port });

const clientToken = text({ min: 1, max: 64, pattern: /^[!-~]+$/ });

export const byGroup = members({ targetGroupIdentifier: groupIdentifier }, {});
export const byResource = members({ resourceArn }, {});
export const byService = members({ serviceIdentifier }, {});

export const createTargetGroup = members(
  {
    name: text({ min: 3, max: 128, pattern: /^(?!tg-)(?![-])(?!.*[-]$)(?!.*[-]{2})[a-z0-9-]+$/ }),
    type: groupType,
  },
  { config, tags, clientToken },
);
export const updateTargetGroup = members({ targetGroupIdentifier: groupIdentifier, healthCheck }, {});
export const listTargetGroups = members({}, { ...page, vpcIdentifier, targetGroupType: groupType });
export const listServices = members({}, page);
export const listListeners = members({ serviceIdentifier }, page);
export const byListener = members({ serviceIdentifier, listenerIdentifier }, {});

const weighted = members({ targetGroupIdentifier: groupIdentifier }, { weight: integer(0, 999) });
const forward = members({ targetGroups: listOf(weighted, { min: 1, max: 10 }) }, {});
const fixedResponse = members({ statusCode: integer(100, 599) }, {});

export const createListener = members(
  {
    serviceIdentifier,
    name: text({
      min: 3,
      max: 63,
      pattern: /^(?!listener-)(?![-])(?!.*[-]$)(?!.*[-]{2})[a-z0-9-]+$/,
    }),
    protocol: oneOf('HTTP', 'HTTPS', 'TLS_PASSTHROUGH'),
    defaultAction: oneMember({ forward, fixedResponse }),
  },
  { port, tags, clientToken },
);

export const changeTargets = members(
  { targetGroupIdentifier: groupIdentifier, targets: listOf(target, { min: 1, max: 100 }) },
  {},
);
export const listTargets = members(
  { targetGroupIdentifier: groupIdentifier },
  { ...page, targets: listOf(target, { max: 20 }) },
);

export const tagResource = members({ resourceArn, tags }, {});
export const untagResource = members(
  { resourceArn, tagKeys: listOf(text({ min: 1, max: 128 }), { min: 1, max: 200 }) },
  {},
);

export type AskedHealthCheck = ReturnType<typeof healthCheck>;
export type AskedConfig = ReturnType<typeof config>;
export type AskedTarget = ReturnType<typeof target>;
export type ByGroup = ReturnType<typeof byGroup>;
export type CreateListener = ReturnType<typeof createListener>;
export type ByListener = ReturnType<typeof byListener>;
export type CreateTargetGroup = ReturnType<typeof createTargetGroup>;
export type UpdateTargetGroup = ReturnType<typeof updateTargetGroup>;
export type ListTargetGroups = ReturnType<typeof listTargetGroups>;
export type ChangeTargets = ReturnType<typeof changeTargets>;
export type ListTargets = ReturnType<typeof listTargets>;
export type TagResource = ReturnType<typeof tagResource>;
export type UntagResource = ReturnType<typeof untagResource>;
