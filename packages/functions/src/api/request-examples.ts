// The example requests in the OpenAPI document. Tests submit each of them unchanged.

const ACCELERATOR =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';

const SHOP = {
  acceleratorArn: ACCELERATOR,
  protocol: 'TCP',
  portRanges: [{ fromPort: 443, toPort: 443 }],
  clientAffinity: 'SOURCE_IP',
};

export const REQUEST_EXAMPLES = {
  listener: {
    operation: 'provision',
    entryPoint: 'shop-edge',
    listener: SHOP,
    endpointGroups: [
      {
        region: 'us-east-1',
        trafficDialPercentage: 50,
        endpoints: [
          {
            endpointId:
              'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop-alb/8a3f09d27be16488',
            weight: 128,
          },
        ],
      },
    ],
  },
  targetGroup: {
    operation: 'provision',
    entryPoint: 'orders-api',
    targetGroups: [
      {
        name: 'orders-api',
        region: 'eu-west-1',
        type: 'IP',
        config: { protocol: 'HTTP', port: 8080, vpcIdentifier: 'vpc-0a1b2c3d4e5f60718' },
        targets: [{ id: '10.0.1.5' }, { id: '10.0.2.5', port: 8081 }],
      },
    ],
  },
  stickinessPolicy: {
    operation: 'provision',
    entryPoint: 'checkout-sticky',
    stickinessPolicies: [
      {
        loadBalancerName: 'checkout-classic',
        region: 'eu-west-1',
        policyName: 'shop-sticky',
        cookieExpirationPeriod: 3600,
        loadBalancerPorts: [443],
      },
    ],
  },
  alibabaCloud: {
    operation: 'provision',
    entryPoint: 'images-edge',
    cloud: 'alicloud',
    listener: {
      acceleratorId: 'ga-bp1shopw7k2m9q4x1z8t',
      name: 'images',
      protocol: 'HTTPS',
      portRanges: [{ fromPort: 443, toPort: 443 }],
      certificates: [{ id: '4490001-cn-hangzhou' }],
    },
    endpointGroups: [
      {
        name: 'pages',
        region: 'cn-hangzhou',
        endpoints: [{ type: 'PublicIp', endpoint: '203.0.113.11', weight: 100 }],
      },
      {
        type: 'virtual',
        name: 'images',
        region: 'cn-hangzhou',
        endpoints: [{ type: 'Domain', endpoint: 'images.origin.example.net', weight: 255 }],
      },
    ],
    forwardingRules: [
      {
        name: 'images',
        priority: 100,
        ruleConditions: [{ type: 'Path', values: ['/images/*'] }],
        ruleActions: [{ type: 'ForwardGroup', endpointGroup: 'images' }],
      },
    ],
  },
  update: {
    operation: 'update',
    entryPoint: 'shop-edge',
    options: { queueSeconds: 600 },
    listener: SHOP,
    endpointGroups: [{ region: 'us-east-1', trafficDialPercentage: 0 }],
  },
  remove: { operation: 'remove', entryPoint: 'shop-edge' },
};
