// The examples of `gatehouse init`. They stand in the code so that the command line can be a single file.

/** By cloud. `entry-point.yaml` in them stands for the name of the new file. */
export const INIT_EXAMPLES = {
  aws: `# An entry point. Edit this file, then run:
#   gatehouse validate -f entry-point.yaml        check it, without a network
#   gatehouse plan -f entry-point.yaml            show what would be done
#   gatehouse apply -f entry-point.yaml --wait    create it and show each step
# Every part is optional, but at least one is required. Editors explain each member with the schema above.
operation: provision
entryPoint: my-edge # the name of the entry point

# A listener of an AWS Global Accelerator, with an endpoint group for each region.
listener:
  acceleratorArn: arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01
  protocol: TCP
  portRanges:
    - { fromPort: 9443, toPort: 9443 }
endpointGroups:
  - region: eu-west-1
    trafficDialPercentage: 100
    endpoints:
      - endpointId: arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer/app/checkout-alb/50dc6c495c0c9188
        weight: 128

# A VPC Lattice target group with its targets.
targetGroups:
  - name: my-service
    region: eu-west-1
    type: IP
    config:
      port: 8080
      protocol: HTTP
      vpcIdentifier: vpc-0a1b2c3d4e5f60718
      healthCheck: { path: /health }
    targets:
      - { id: 10.0.1.5, port: 8080 }

# Sticky sessions: a cookie keeps a client on one instance of a Classic Load Balancer.
stickinessPolicies:
  - loadBalancerName: checkout-classic
    region: eu-west-1
    policyName: my-sticky
    cookieExpirationPeriod: 3600
    loadBalancerPorts: [80]
`,

  alicloud: `# An entry point. Edit this file, then run:
#   gatehouse validate -f entry-point.yaml        check it, without a network
#   gatehouse plan -f entry-point.yaml            show what would be done
#   gatehouse apply -f entry-point.yaml --wait    create it and show each step
# Editors explain each member with the schema above.
operation: provision
entryPoint: my-edge # the name of the entry point
cloud: alicloud

# A listener of an Alibaba Cloud Global Accelerator instance.
listener:
  acceleratorId: ga-bp1arcade5n8r2v6y3j0
  name: my-edge
  protocol: TCP
  portRanges:
    - { fromPort: 8443, toPort: 8443 }

# An endpoint group for each region.
endpointGroups:
  - name: my-edge
    region: ap-southeast-1
    endpoints:
      - { type: Ip, endpoint: 198.51.100.7, weight: 100 }
`,
};
