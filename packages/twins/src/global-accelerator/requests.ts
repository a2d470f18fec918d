// The requests of each operation, with the bounds of the API's model. Port numbers of a listener are read without
// bounds, because the API has an error of its own for them, which the port rules return.
import { flag, integer, listOf, members, number, oneOf, text } from '../shared/input.ts';

const genericString = text({ max: 255 });
const token = { IdempotencyToken: genericString };
const page = { MaxResults: integer(1, 100), NextToken: genericString };
const port = integer(1, 65_535);

const portRanges = listOf(members({}, { FromPort: integer(), ToPort: integer() }), { min: 1, max: 10 });
const listener = {
  PortRanges: portRanges,
  Protocol: oneOf('TCP', 'UDP'),
};
const affinity = { ClientAffinity: oneOf('NONE', 'SOURCE_IP') };

const endpointConfigurations = listOf(
  members(
    {},
    {
      EndpointId: genericString,
      Weight: integer(0, 255),
      ClientIPPreservationEnabled: flag,
      AttachmentArn: genericString,
    },
  ),
  { max: 10 },
);

const endpointGroup = {
  EndpointConfigurations: endpointConfigurations,
  TrafficDialPercentage: number(0, 100),
  HealthCheckPort: port,
  HealthCheckProtocol: oneOf('TCP', 'HTTP', 'HTTPS'),
  HealthCheckPath: text({ max: 255, pattern: /^\/[-a-zA-Z0-9@:%_\\+.~#?&/=]*$/ }),
  HealthCheckIntervalSeconds: integer(10, 30),
  ThresholdCount: integer(1, 10),
  PortOverrides: listOf(members({ ListenerPort: port, EndpointPort: port }, {}), { max: 10 }),
};

export const byAccelerator = members({ AcceleratorArn: genericString }, {});
export const byListener = members({ ListenerArn: genericString }, {});
export const byGroup = members({ EndpointGroupArn: genericString }, {});
export const byResource = members({ ResourceArn: text({ min: 1, max: 1011 }) }, {});

export const updateAccelerator = members(
  { AcceleratorArn: genericString },
  {
    Name: genericString,
    Enabled: flag,
    IpAddressType: oneOf('IPV4', 'DUAL_STACK'),
    IpAddresses: listOf(genericString, { max: 2 }),
  },
);
export const listCrossAccountResources = members(
  { ResourceOwnerAwsAccountId: text({ max: 12, pattern: /^[0-9]{12}$/ }) },
  page,
);
export const listAccelerators = members({}, page);
export const listListeners = members({ AcceleratorArn: genericString }, page);
export const listEndpointGroups = members({ ListenerArn: genericString }, page);

export const createListener = members({ AcceleratorArn: genericString, ...listener, ...token }, affinity);
export const updateListener = members({ ListenerArn: genericString }, { ...listener, ...affinity });

export const createEndpointGroup = members(
  {
    ListenerArn: genericString,
    EndpointGroupRegion: text({ max: 255, pattern: /^[a-z]{2}(-[a-z]+)+-\d$/ }),
    ...token,
  },
  endpointGroup,
);
export const updateEndpointGroup = members({ EndpointGroupArn: genericString }, endpointGroup);

export const addEndpoints = members(
  { EndpointGroupArn: genericString, EndpointConfigurations: endpointConfigurations },
  {},
);
export const removeEndpoints = members(
  {
    EndpointGroupArn: genericString,
    EndpointIdentifiers: listOf(
      members({ EndpointId: genericString }, { ClientIPPreservationEnabled: flag }),
      { min: 1, max: 10 },
    ),
  },
  {},
);

export type EndpointConfiguration = ReturnType<typeof endpointConfigurations>[number];
export type EndpointGroupSettings = Omit<ReturnType<typeof updateEndpointGroup>, 'EndpointGroupArn'>;
export type UpdateAccelerator = ReturnType<typeof updateAccelerator>;
export type CreateListener = ReturnType<typeof createListener>;
export type UpdateListener = ReturnType<typeof updateListener>;
export type CreateEndpointGroup = ReturnType<typeof createEndpointGroup>;
export type AddEndpoints = ReturnType<typeof addEndpoints>;
export type RemoveEndpoints = ReturnType<typeof removeEndpoints>;
