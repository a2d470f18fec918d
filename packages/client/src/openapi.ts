// The types of the API, generated from its OpenAPI document by openapi-typescript. Do not edit; run npm run generate instead.

export interface paths {
    "/v1/entry-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List entry points, newest first
         * @description The entry points that match every filter, in pages. Pass `nextPageToken` of one answer as `pageToken` of the next call.
         */
        get: operations["listEntryPoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entry-points/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get an entry point
         * @description The entry point as it was last applied, with links to the job that is changing it or is stuck on it.
         */
        get: operations["getEntryPoint"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entry-points/{name}/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Detect drift
         * @description Reads every resource of the entry point from its cloud and compares it with what was last applied.
         */
        get: operations["getDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/entry-points/{name}/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the health of an entry point
         * @description Reads the verdict of the cloud's health checks on each endpoint and target of the entry point. Resources without health checks are left out.
         */
        get: operations["getEntryPointHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Check the health of Gatehouse
         * @description Reads the table of Gatehouse, without which it can serve nothing. Requires no identity.
         */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List jobs, newest first
         * @description The jobs that match every filter, in pages. Pass `nextPageToken` of one answer as `pageToken` of the next call.
         */
        get: operations["listJobs"];
        put?: never;
        /**
         * Submit a request
         * @description Accepts the request, in JSON or YAML, and answers with its job before any work begins or, with `Prefer: wait=20`, when the job has ended or the time is up. A refused request writes nothing and does not use its idempotency key.
         */
        post: operations["submitJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get a job
         * @description The job with the state of each step. With `Prefer: wait=20`, the answer comes at the next change of the job or when the time is up.
         */
        get: operations["getJob"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a job
         * @description A job that has not begun ends as CANCELLED. A running job rolls back. Repeating the action has no further effect. The answer comes at once or, with `Prefer: wait=20`, when the job has ended or the time is up.
         */
        post: operations["cancelJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List a job's events
         * @description The history of the job, in sequence. Pass `next` of one answer as `after` of the next call to get each event exactly once. With `Prefer: wait=20`, the answer comes with the next event or when the time is up.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/forget": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Abandon a stuck job
         * @description The job keeps its status and records who abandoned it, why, and its leftovers. It no longer blocks the queue of its entry point. Repeating the action has no further effect. The answer comes at once or, with `Prefer: wait=20`, when the job has ended or the time is up.
         */
        post: operations["forgetJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/retry": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resume a stuck job
         * @description A ROLLBACK_FAILED job continues its rollback and a REMOVE_FAILED job its removal, once the job holds all its queues again. Repeating the action has no further effect. The answer comes at once or, with `Prefer: wait=20`, when the job has ended or the time is up.
         */
        post: operations["retryJob"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/jobs/{id}/skip": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Skip a leftover of a stuck job
         * @description Gatehouse no longer changes the resource of this step, and a retry can finish without it. Repeating the action has no further effect. The answer comes at once or, with `Prefer: wait=20`, when the job has ended or the time is up.
         */
        post: operations["skipStep"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get this document
         * @description The description of this API, generated from the schemas that validate requests.
         */
        get: operations["getOpenapi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/plans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Preview a request
         * @description Reads the clouds and returns the steps that a job would run, the changes of each step, interruptions of traffic, and warnings such as quotas that are nearly used up. Changes nothing. Send the `planHash` as `If-Match` with the job to make sure that the job does exactly this. Every caller can plan, also for an entry point of another owner, at most five times at once.
         */
        post: operations["createPlan"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/schemas/{schema}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get the schema of an event
         * @description The schema of the `detail` of an event: `entry-point-requested`, `entry-point-request-rejected` or `job-status-changed`.
         */
        get: operations["getSchema"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /**
         * @description An action on a job.
         * @enum {string}
         */
        Action: "cancel" | "retry" | "skip" | "forget";
        ActionBody: {
            /** @description The reason, kept in the history of the job. */
            reason?: string;
        };
        AlicloudAdditionalCertificate: {
            /** @description The domain of the certificate. */
            domain: string;
            /** @description The id of the certificate in the SSL Certificates Service. It must exist. */
            id: string;
        };
        AlicloudCertificate: {
            /** @description The id of the certificate in the SSL Certificates Service. It must exist. */
            id: string;
        };
        AlicloudEndpoint: components["schemas"]["AlicloudEndpointPublicIp"] | components["schemas"]["AlicloudEndpointECS"] | components["schemas"]["AlicloudEndpointSLB"] | components["schemas"]["AlicloudEndpointIp"] | components["schemas"]["AlicloudEndpointDomain"] | components["schemas"]["AlicloudEndpointALB"] | components["schemas"]["AlicloudEndpointNLB"] | components["schemas"]["AlicloudEndpointENI"] | components["schemas"]["AlicloudEndpointOSS"] | components["schemas"]["AlicloudEndpointIpTarget"];
        AlicloudEndpointALB: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description An Application Load Balancer. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "ALB";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointDomain: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description A domain name off Alibaba Cloud. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "Domain";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointECS: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description An ECS instance. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "ECS";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointENI: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description An elastic network interface. */
            endpoint: string;
            /** @description A private address of the network interface. The default is its first one. */
            subAddress?: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "ENI";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointGroup: {
            /** @description A description for readers. */
            description?: string;
            /**
             * @description The IP version of the traffic to the endpoints. The default is IPv4.
             * @enum {string}
             */
            endpointIpVersion?: "IPv4" | "IPv6" | "ProtocolAffinity";
            /**
             * @description The HTTP version of the traffic to HTTPS endpoints.
             * @enum {string}
             */
            endpointProtocolVersion?: "HTTP1.1" | "HTTP2";
            /**
             * @description The protocol of the traffic to the endpoints of an HTTP or HTTPS listener. The default is HTTP, the only value for an HTTP listener.
             * @enum {string}
             */
            endpointRequestProtocol?: "HTTP" | "HTTPS";
            /** @description The endpoints that receive the traffic: at most 4 according to the guide, at most 30 in the current service if the quota has been raised. */
            endpoints: components["schemas"]["AlicloudEndpoint"][];
            /**
             * @description Whether endpoints are checked. The API documents two different defaults, so Gatehouse sets its own and always sends the value.
             * @default false
             */
            healthCheckEnabled?: boolean;
            /** @description The host header of HTTP and HTTPS health checks. Ignored if `healthCheckEnabled` is false. */
            healthCheckHost?: string;
            /**
             * @description The time between two health checks. The default is that of the console. Ignored if `healthCheckEnabled` is false.
             * @default 2
             */
            healthCheckIntervalSeconds?: number;
            /**
             * @description The path of HTTP and HTTPS health checks. Ignored if `healthCheckEnabled` is false.
             * @default /
             */
            healthCheckPath?: string;
            /** @description The port of the health checks; required if they are enabled. Ignored if `healthCheckEnabled` is false. */
            healthCheckPort?: number;
            /**
             * @description The protocol of the health checks. The default is set by Gatehouse. Ignored if `healthCheckEnabled` is false.
             * @default tcp
             * @enum {string}
             */
            healthCheckProtocol?: "tcp" | "http" | "https";
            /** @description The name of the group. Required for a virtual group, unique on its listener: forwarding rules refer to it. */
            name?: string;
            /**
             * @description Overrides that map a listener port to a different endpoint port. An HTTP or HTTPS listener has at most one.
             * @default []
             */
            portOverrides?: components["schemas"]["AlicloudPortOverride"][];
            /** @description The region of the group. A listener has one default group per region. */
            region: string;
            /**
             * @description The tags of the endpoint group, at most 20.
             * @default {}
             */
            tags?: components["schemas"]["AlicloudTags"];
            /**
             * @description The number of consecutive checks that changes the health status of an endpoint. Ignored if `healthCheckEnabled` is false.
             * @default 3
             */
            thresholdCount?: number;
            /**
             * @description The share of the group's traffic that it receives. With 0 it gets no traffic.
             * @default 100
             */
            trafficPercentage?: number;
            /**
             * @description A `virtual` group receives traffic from forwarding rules only.
             * @default default
             * @enum {string}
             */
            type?: "default" | "virtual";
        };
        AlicloudEndpointIp: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description An IP address off Alibaba Cloud. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "Ip";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointIpTarget: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description A private IP address in a VPC. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "IpTarget";
            /** @description The VPC of the address. */
            vpcId: string;
            /** @description The vSwitches through which the address is reached. */
            vSwitchIds: string[];
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointNLB: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description A Network Load Balancer. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "NLB";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointOSS: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description The domain name of an OSS bucket. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "OSS";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointPublicIp: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description A public IP address on Alibaba Cloud. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "PublicIp";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudEndpointSLB: {
            /** @description Whether the client's address is preserved. The vendor may have to enable this for the account. For HTTP and HTTPS it is always on, through X-Forwarded-For. */
            enableClientIPPreservation?: boolean;
            /** @description Whether the PROXY protocol passes the client's address to the endpoint. TCP only. */
            enableProxyProtocol?: boolean;
            /** @description A Classic Load Balancer. */
            endpoint: string;
            /**
             * @description The type of the backend service.
             * @constant
             */
            type: "SLB";
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. The API has no default; this one is Gatehouse's.
             * @default 255
             */
            weight?: number;
        };
        AlicloudForwardedHeaders: {
            /**
             * @description Whether the header GA-AP, the acceleration region, is added to requests.
             * @default false
             */
            xForwardedForGaApEnabled?: boolean;
            /**
             * @description Whether the header GA-ID, the id of the instance, is added to requests.
             * @default false
             */
            xForwardedForGaIdEnabled?: boolean;
            /**
             * @description Whether the header GA-X-Forward-Port, the port of the listener, is added to requests.
             * @default false
             */
            xForwardedForPortEnabled?: boolean;
            /**
             * @description Whether the header GA-X-Forward-Proto, the protocol of the listener, is added to requests.
             * @default false
             */
            xForwardedForProtoEnabled?: boolean;
            /**
             * @description Whether the header X-Real-IP, the client's address, is added to requests.
             * @default false
             */
            xRealIpEnabled?: boolean;
        };
        AlicloudListener: {
            /** @description The instance that the listener belongs to. It must exist. */
            acceleratorId: string;
            /**
             * @description Certificates of an HTTPS listener for additional domains, one per domain.
             * @default []
             */
            additionalCertificates?: components["schemas"]["AlicloudAdditionalCertificate"][];
            /**
             * @description The certificate of an HTTPS listener, which has exactly one. Other listeners have none.
             * @default []
             */
            certificates?: components["schemas"]["AlicloudCertificate"][];
            /**
             * @description SOURCE_IP routes all connections of a client address to the same endpoint; NONE does not.
             * @default NONE
             * @enum {string}
             */
            clientAffinity?: "NONE" | "SOURCE_IP";
            /** @description A description for readers. */
            description?: string;
            /**
             * @description The highest HTTP version of an HTTPS listener. The default is http2.
             * @enum {string}
             */
            httpVersion?: "http1.1" | "http2" | "http3";
            /** @description The time after which an idle connection is closed: TCP 10 to 900 (default 900), UDP 10 to 20 (default 20), HTTP and HTTPS 1 to 60 (default 15). */
            idleTimeout?: number;
            /** @description The name of the listener. It need not be unique. */
            name?: string;
            /** @description The ports that clients connect to: at most 30 in all, exactly one for HTTP and HTTPS. A TCP listener may have a single range of 301 to 2000 ports instead, if the vendor has enabled this for the account. */
            portRanges: components["schemas"]["AlicloudPortRange"][];
            /**
             * @description The protocol of the clients. The vendor may have to enable HTTP and HTTPS for the account.
             * @enum {string}
             */
            protocol: "TCP" | "UDP" | "HTTP" | "HTTPS";
            /** @description The time limit of an HTTP or HTTPS request. The default is 60. */
            requestTimeout?: number;
            /**
             * @description The TLS versions and ciphers of an HTTPS listener.
             * @enum {string}
             */
            securityPolicyId?: "tls_cipher_policy_1_0" | "tls_cipher_policy_1_1" | "tls_cipher_policy_1_2" | "tls_cipher_policy_1_2_strict" | "tls_cipher_policy_1_2_strict_with_1_3";
            /** @description The headers that an HTTP or HTTPS listener adds. By default it adds none of them. */
            xForwardedForConfig?: components["schemas"]["AlicloudForwardedHeaders"];
        };
        AlicloudPortOverride: {
            /** @description The endpoint port that receives the traffic. */
            endpointPort: number;
            /** @description A port of the listener. */
            listenerPort: number;
        };
        AlicloudPortRange: {
            /** @description The first port of the range, inclusive. */
            fromPort: number;
            /** @description The last port of the range, inclusive. Equal to `fromPort` for a single port. */
            toPort: number;
        };
        AlicloudRequest: {
            /**
             * @description The cloud of the entry point.
             * @constant
             */
            cloud: "alicloud";
            /**
             * @description The listener's endpoint groups: at most one default group per region, and virtual groups.
             * @default []
             */
            endpointGroups?: components["schemas"]["AlicloudEndpointGroup"][];
            /** @description The name of the entry point, the same for all of its jobs. */
            entryPoint: string;
            /**
             * @description Rules that determine how the listener routes matching requests.
             * @default []
             */
            forwardingRules?: components["schemas"]["ForwardingRule"][];
            /** @description A listener of an Alibaba Cloud Global Accelerator instance. */
            listener?: components["schemas"]["AlicloudListener"];
            /**
             * @description The operation: `provision` creates an entry point, `update` replaces its spec with the complete new spec, `remove` deletes it and takes no spec.
             * @enum {string}
             */
            operation: "provision" | "update" | "remove";
            /**
             * @description Options of the job.
             * @default {}
             */
            options?: components["schemas"]["Options"];
        };
        AlicloudTags: {
            [key: string]: string;
        };
        AwsRequest: {
            /**
             * @description The cloud of the entry point.
             * @default aws
             * @constant
             */
            cloud?: "aws";
            /**
             * @description The listener's endpoint groups, at most one per region. An accelerator has at most 42, a quota that AWS cannot raise.
             * @default []
             */
            endpointGroups?: components["schemas"]["EndpointGroup"][];
            /** @description The name of the entry point, the same for all of its jobs. */
            entryPoint: string;
            /** @description A listener of an AWS Global Accelerator. */
            listener?: components["schemas"]["Listener"];
            /**
             * @description The operation: `provision` creates an entry point, `update` replaces its spec with the complete new spec, `remove` deletes it and takes no spec.
             * @enum {string}
             */
            operation: "provision" | "update" | "remove";
            /**
             * @description Options of the job.
             * @default {}
             */
            options?: components["schemas"]["Options"];
            /** @description Cookie stickiness policies of Classic Load Balancers. Gatehouse limits a request to 20. */
            stickinessPolicies?: components["schemas"]["StickinessPolicy"][];
            /**
             * @description Target groups of VPC Lattice. Gatehouse limits a request to 20.
             * @default []
             */
            targetGroups?: components["schemas"]["TargetGroup"][];
        };
        /** @description A member that changes, with its present and its new value. */
        Change: {
            from?: unknown;
            /** @description Instead of a value: the step whose resource the member names. Its id is known once that resource is created. */
            idOf?: string;
            /**
             * @description Present if the request omits the member: the new value is its default.
             * @constant
             */
            isDefault?: true;
            /** @description The member, as a path such as `config.healthCheck`. */
            member: string;
            to?: unknown;
        };
        /** @description A member that differs from what was last applied. */
        Difference: {
            expected?: unknown;
            found?: unknown;
            member: string;
        };
        /** @description Changes made outside Gatehouse, member by member. */
        Drift: {
            entryPoint: string;
            resources: components["schemas"]["DriftedResource"][];
            /**
             * @description UNKNOWN: a resource could not be read, and no other resource has drifted.
             * @enum {string}
             */
            state: "IN_SYNC" | "DRIFTED" | "UNKNOWN";
        };
        DriftedResource: {
            differences: components["schemas"]["Difference"][];
            id: string;
            kind: string;
            /** @description Why the resource could not be read. */
            problem?: components["schemas"]["JobProblem"];
            /** @enum {string} */
            state: "IN_SYNC" | "DRIFTED" | "MISSING" | "UNKNOWN";
            step: string;
            title: string;
        };
        Endpoint: {
            /** @description The cross-account attachment that shares an endpoint of another account. */
            attachmentArn?: string;
            /** @description Whether the client's address is preserved. The default depends on the endpoint: on for Application Load Balancers and instances. Not supported for Elastic IPs. */
            clientIPPreservationEnabled?: boolean;
            /** @description The ARN of a load balancer, the allocation id of an Elastic IP or the id of an instance, in the group's region. For a resource of another account, its ARN. */
            endpointId: string;
            /**
             * @description The endpoint's share of the group's traffic, relative to the other weights. With 0 it gets no traffic. AWS documents no default; this one is Gatehouse's.
             * @default 128
             */
            weight?: number;
        };
        EndpointGroup: {
            /**
             * @description The endpoints that receive the traffic. At most ten, the limit of one API call.
             * @default []
             */
            endpoints?: components["schemas"]["Endpoint"][];
            /**
             * @description The time between two health checks of an endpoint.
             * @default 30
             * @enum {number}
             */
            healthCheckIntervalSeconds?: 10 | 30;
            /**
             * @description The path of HTTP and HTTPS health checks. TCP checks ignore it.
             * @default /
             */
            healthCheckPath?: string;
            /** @description The port of the health checks. The default is the listener's first port. */
            healthCheckPort?: number;
            /**
             * @description The protocol of the health checks of Elastic IPs and instances. For load balancers, the health status of the load balancer applies.
             * @default TCP
             * @enum {string}
             */
            healthCheckProtocol?: "TCP" | "HTTP" | "HTTPS";
            /**
             * @description Overrides that map a listener port to a different endpoint port.
             * @default []
             */
            portOverrides?: components["schemas"]["PortOverride"][];
            /** @description The region of all endpoints of the group. A listener has one group per region. */
            region: string;
            /**
             * @description The number of consecutive checks that changes the health status of an endpoint.
             * @default 3
             */
            thresholdCount?: number;
            /**
             * @description The share of the region's traffic that the group receives. With 0 it gets no traffic.
             * @default 100
             */
            trafficDialPercentage?: number;
        };
        /** @description The health of one endpoint or target. */
        EndpointHealth: {
            /** @description The endpoint; a target has its port, too: `10.0.1.10:8080`. */
            id: string;
            /** @description The cloud's own words, if it has any. */
            reason?: string;
            state: components["schemas"]["HealthState"];
        };
        /** @description An entry point with its cloud resources. */
        EntryPoint: {
            cloud: string;
            /** @description The last job that changed the entry point. */
            lastJob: string;
            /** @description What the stuck job of this entry point could not delete or restore, until an action resolves it. */
            leftovers?: components["schemas"]["Leftover"][];
            links: components["schemas"]["EntryPointLinks"];
            name: string;
            /** @description The addresses and ids of the entry point, those with a DNS name first. Absent until the next update if an older version applied it last. */
            outputs?: components["schemas"]["ResourceOutputs"][];
            /** @description The account and role that first requested the entry point. */
            owner: string;
            /**
             * @description Present if the entry point cannot be removed until an update sets `options.protected: false`.
             * @constant
             */
            protected?: true;
            /** @description The cloud resources of the entry point, with their cloud ids. */
            resources: components["schemas"]["EntryPointResource"][];
            /** Format: date-time */
            since: string;
            /** @description The request that was last applied, with every default filled in. */
            spec: unknown;
        };
        /** @description The health of an entry point, read from its clouds now. Health changes at any time. */
        EntryPointHealth: {
            entryPoint: string;
            resources: components["schemas"]["ResourceHealth"][];
            state: components["schemas"]["HealthState"];
        };
        EntryPointLinks: {
            job: string;
            jobs: string;
            runningJob?: string;
            self: string;
            stuckJob?: string;
        };
        EntryPointPage: {
            items: components["schemas"]["EntryPointSummary"][];
            /** @description Absent on the last page only. If few items match the filters, an earlier page can be short or even empty. */
            nextPageToken?: string;
        };
        EntryPointResource: {
            /** @description The members of the resource as they were last applied. */
            desired: {
                [key: string]: unknown;
            };
            /** @description The id of the resource in the cloud. */
            id: string;
            kind: string;
            /** @description Members whose value is the id of another resource, with the step of that resource. */
            needs: {
                [key: string]: string;
            };
            step: string;
            title: string;
        };
        /** @description An entry point as it appears in a list. */
        EntryPointSummary: {
            cloud: string;
            links: components["schemas"]["EntryPointLinks"];
            name: string;
            /** @description The account and role that first requested the entry point. */
            owner: string;
            /**
             * @description Present if the entry point cannot be removed until an update sets `options.protected: false`.
             * @constant
             */
            protected?: true;
            /** Format: date-time */
            since: string;
        };
        EventPage: {
            items: components["schemas"]["JobEvent"][];
            /** @description Pass this as `after` to continue from here. */
            next: number;
        };
        /** @description Foreign objects that are deleted with a resource. */
        ForeignDeletion: {
            /** @description Its id in the cloud. */
            id: string;
            /** @description The foreign objects, by their ids in the cloud. */
            names: string[];
            /** @description The resource of the entry point that they are attached to. */
            title: string;
        };
        ForgetBody: {
            /** @description The reason, kept in the history of the job. */
            reason: string;
        };
        ForwardingRule: {
            /** @description The name of the rule, its key: unique in the request. */
            name: string;
            /** @description The priority of the rule: rules with smaller numbers are evaluated first. Unique in the request. */
            priority: number;
            /** @description The actions, in order. The last one forwards, redirects, responds or drops. */
            ruleActions: components["schemas"]["RuleAction"][];
            /** @description The conditions, all of which must match. Every instance supports `Host` and `Path`. */
            ruleConditions: components["schemas"]["RuleCondition"][];
        };
        Health: {
            /** @constant */
            status: "ok";
        };
        /**
         * @description UNHEALTHY: the health checks fail; MISSING: not in the cloud any more; UNKNOWN: it could not be read; INITIAL: the first health checks run; DRAINING: deregistered, finishing its requests; HEALTHY: the health checks pass; NOT_CHECKED: there is no verdict, because health checks are off or nothing sends traffic yet. The state of several is the first of these that one of them has.
         * @enum {string}
         */
        HealthState: "UNHEALTHY" | "MISSING" | "UNKNOWN" | "INITIAL" | "DRAINING" | "HEALTHY" | "NOT_CHECKED";
        /** @description A job: the durable record of serving one request. */
        Job: {
            /** @description The actions that the job allows now. */
            allowedActions: components["schemas"]["Action"][];
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            cloud: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description The deadline. If the job is still running by then, it rolls back. A removal goes on for as long as it makes progress.
             */
            deadlineAt?: string;
            /** @description The time limit of the job, in seconds from its beginning. If the request names none, it follows from the plan once the job has begun; before that, it is the least. */
            deadlineSeconds: number;
            /** Format: date-time */
            endedAt?: string;
            entryPoint: string;
            error?: components["schemas"]["JobProblem"];
            events: components["schemas"]["JobEvent"][];
            id: string;
            /** @description What a rollback or a removal could not delete or restore. */
            leftovers?: components["schemas"]["Leftover"][];
            links: components["schemas"]["JobLinks"];
            operation: string;
            /** @description The addresses and ids of the entry point, as soon as a cloud has given them, those with a DNS name first. Absent before the job runs, of a removal, and once the job rolls back: the entry point then has its former outputs. */
            outputs?: components["schemas"]["ResourceOutputs"][];
            /** @description The position of the job in each of its queues, while it waits. */
            queues?: components["schemas"]["QueuePosition"][];
            /**
             * Format: date-time
             * @description When the job stops waiting in its queues and fails, unless it has begun by then.
             */
            queueUntil?: string;
            /** @description The account and role that requested the job. */
            requester: string;
            resolution?: components["schemas"]["Resolution"];
            /** @description The leftovers that were skipped with the action `skip`. */
            skipped?: components["schemas"]["SkippedLeftover"][];
            /** Format: date-time */
            startedAt?: string;
            status: components["schemas"]["JobStatus"];
            steps: components["schemas"]["Step"][];
            /** @description One sentence about the progress or outcome of the job. */
            summary: string;
        };
        /** @description An entry in the history of a job: a change of status, an action, or further foreign objects that a retry deletes. */
        JobEvent: {
            /** @description The action that was requested. */
            action?: components["schemas"]["Action"];
            /** Format: date-time */
            at: string;
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            /** @description The account and role that requested the action. */
            by?: string;
            /** @description When the plan of the job is fixed: the foreign objects that it also deletes, the first 100. The steps of the job have all. */
            deletesForeign?: components["schemas"]["ForeignDeletion"][];
            problem?: components["schemas"]["JobProblem"];
            /** @description The reason that was given. */
            reason?: string;
            /** @description 1, 2, 3, ... for each job, without gaps. */
            sequence: number;
            status: components["schemas"]["JobStatus"];
            /** @description With `skip`: the step that was skipped. */
            step?: string;
        };
        JobLinks: {
            self: string;
        };
        JobPage: {
            items: components["schemas"]["JobSummary"][];
            /** @description Absent on the last page only. If few items match the filters, an earlier page can be short or even empty. */
            nextPageToken?: string;
        };
        /** @description Why a step failed or a job did not succeed. */
        JobProblem: {
            /** @description A stable code for programs. */
            code: string;
            /** @description Every error in the request, if the request is the cause. */
            errors?: components["schemas"]["ValidationIssue"][];
            /** @description A message for people. */
            message: string;
            /** @description The cloud API call that failed, with its own error code. */
            provider?: components["schemas"]["Provider"];
            /** @description Whether a retry can succeed. */
            retryable: boolean;
        };
        /**
         * @description The status of a job.
         * @enum {string}
         */
        JobStatus: "QUEUED" | "RUNNING" | "ROLLING_BACK" | "SUCCEEDED" | "FAILED" | "ROLLED_BACK" | "ROLLBACK_FAILED" | "REMOVE_FAILED" | "CANCELLED";
        /** @description A job as it appears in a list. It is stuck if it is ROLLBACK_FAILED or REMOVE_FAILED and has no `resolution`. */
        JobSummary: {
            /** @description The actions that the job allows now. */
            allowedActions: components["schemas"]["Action"][];
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            cloud: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description The deadline. If the job is still running by then, it rolls back. A removal goes on for as long as it makes progress.
             */
            deadlineAt?: string;
            /** @description The time limit of the job, in seconds from its beginning. If the request names none, it follows from the plan once the job has begun; before that, it is the least. */
            deadlineSeconds: number;
            /** Format: date-time */
            endedAt?: string;
            entryPoint: string;
            id: string;
            /** @description What a rollback or a removal could not delete or restore: the first 10; the job itself has all. */
            leftovers?: components["schemas"]["Leftover"][];
            links: components["schemas"]["JobLinks"];
            operation: string;
            /** @description The account and role that requested the job. */
            requester: string;
            resolution?: components["schemas"]["Resolution"];
            /** Format: date-time */
            startedAt?: string;
            status: components["schemas"]["JobStatus"];
        };
        LatticeAlbConfig: components["schemas"]["LatticeAlbConfigHttp"] | components["schemas"]["LatticeAlbConfigHttps"];
        LatticeAlbConfigHttp: {
            /**
             * @description The port on which the targets listen.
             * @default 80
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTP";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeAlbConfigHttps: {
            /**
             * @description The port on which the targets listen.
             * @default 443
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTPS";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeAlbTarget: {
            /** @description The ARN of an internal Application Load Balancer in the group's VPC and account. */
            id: string;
            /** @description The port on which the target listens. The default is the group's port. */
            port?: number;
        };
        LatticeHealthCheck: {
            /** @description Whether targets are checked. The default depends on the protocol version of the group: on for HTTP1; off for HTTP2, GRPC and TCP. */
            enabled?: boolean;
            /**
             * @description The approximate time between two health checks of a target.
             * @default 30
             */
            healthCheckIntervalSeconds?: number;
            /**
             * @description The time limit of a health check. It must be less than the interval.
             * @default 5
             */
            healthCheckTimeoutSeconds?: number;
            /**
             * @description The number of consecutive successful checks that makes an unhealthy target healthy.
             * @default 5
             */
            healthyThresholdCount?: number;
            /**
             * @description The responses that count as successful.
             * @default {}
             */
            matcher?: components["schemas"]["LatticeMatcher"];
            /**
             * @description The path of the health checks.
             * @default /
             */
            path?: string;
            /** @description The port of the health checks. The default is the port on which the target receives traffic. */
            port?: number;
            /**
             * @description The protocol of the health checks, independent of the protocol of the group.
             * @default HTTP
             * @enum {string}
             */
            protocol?: "HTTP" | "HTTPS";
            /**
             * @description The HTTP version of the health checks.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2";
            /**
             * @description The number of consecutive failed checks that makes a healthy target unhealthy.
             * @default 2
             */
            unhealthyThresholdCount?: number;
        };
        LatticeInstanceConfig: components["schemas"]["LatticeInstanceConfigHttp"] | components["schemas"]["LatticeInstanceConfigHttps"] | components["schemas"]["LatticeInstanceConfigTcp"];
        LatticeInstanceConfigHttp: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /**
             * @description The port on which the targets listen.
             * @default 80
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTP";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeInstanceConfigHttps: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /**
             * @description The port on which the targets listen.
             * @default 443
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTPS";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeInstanceConfigTcp: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /** @description The port on which the targets listen. */
            port: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "TCP";
            /** @description Not allowed: TCP has no protocol version. */
            protocolVersion?: unknown;
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeInstanceTarget: {
            /** @description The id of an EC2 instance in the group's VPC. */
            id: string;
            /** @description The port on which the target listens. The default is the group's port. */
            port?: number;
        };
        LatticeIpConfig: components["schemas"]["LatticeIpConfigHttp"] | components["schemas"]["LatticeIpConfigHttps"] | components["schemas"]["LatticeIpConfigTcp"];
        LatticeIpConfigHttp: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /**
             * @description The IP version of the target addresses.
             * @default IPV4
             * @enum {string}
             */
            ipAddressType?: "IPV4" | "IPV6";
            /**
             * @description The port on which the targets listen.
             * @default 80
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTP";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeIpConfigHttps: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /**
             * @description The IP version of the target addresses.
             * @default IPV4
             * @enum {string}
             */
            ipAddressType?: "IPV4" | "IPV6";
            /**
             * @description The port on which the targets listen.
             * @default 443
             */
            port?: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "HTTPS";
            /**
             * @description The protocol version of the traffic to the targets.
             * @default HTTP1
             * @enum {string}
             */
            protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeIpConfigTcp: {
            /** @description The health check of the targets. The default depends on the protocol version. */
            healthCheck?: components["schemas"]["LatticeHealthCheck"];
            /**
             * @description The IP version of the target addresses.
             * @default IPV4
             * @enum {string}
             */
            ipAddressType?: "IPV4" | "IPV6";
            /** @description The port on which the targets listen. */
            port: number;
            /**
             * @description The protocol of the traffic to the targets.
             * @constant
             */
            protocol: "TCP";
            /** @description Not allowed: TCP has no protocol version. */
            protocolVersion?: unknown;
            /** @description The VPC of the targets. It must exist. */
            vpcIdentifier: string;
        };
        LatticeIpTarget: {
            /** @description An address in the group's VPC, of the group's `ipAddressType`. */
            id: string;
            /** @description The port on which the target listens. The default is the group's port. */
            port?: number;
        };
        LatticeLambdaConfig: {
            /**
             * @description The version of the events that the function receives.
             * @default V1
             * @enum {string}
             */
            lambdaEventStructureVersion?: "V1" | "V2";
        };
        LatticeLambdaTarget: {
            /** @description The ARN of a Lambda function in the group's region, optionally with a version or an alias. */
            id: string;
        };
        LatticeMatcher: {
            /**
             * @description The HTTP status codes of a successful check: codes and ranges.
             * @default 200
             */
            httpCode?: string;
        };
        LatticeTags: {
            [key: string]: string;
        };
        LatticeTargetGroupAlb: {
            /** @description The configuration of the group. Only the health check can be changed later. */
            config: components["schemas"]["LatticeAlbConfig"];
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. The default is the region of Gatehouse. */
            region?: string;
            /**
             * @description The tags of the target group, at most 48 in addition to those of Gatehouse.
             * @default {}
             */
            tags?: components["schemas"]["LatticeTags"];
            /**
             * @description The target that receives the traffic: at most one, a quota that AWS cannot raise.
             * @default []
             */
            targets?: components["schemas"]["LatticeAlbTarget"][];
            /**
             * @description The type of the targets.
             * @constant
             */
            type: "ALB";
        };
        LatticeTargetGroupInstance: {
            /** @description The configuration of the group. Only the health check can be changed later. */
            config: components["schemas"]["LatticeInstanceConfig"];
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. The default is the region of Gatehouse. */
            region?: string;
            /**
             * @description The tags of the target group, at most 48 in addition to those of Gatehouse.
             * @default {}
             */
            tags?: components["schemas"]["LatticeTags"];
            /**
             * @description The targets that receive the traffic. A request has at most 1000 targets in all of its groups.
             * @default []
             */
            targets?: components["schemas"]["LatticeInstanceTarget"][];
            /**
             * @description The type of the targets.
             * @constant
             */
            type: "INSTANCE";
        };
        LatticeTargetGroupIp: {
            /** @description The configuration of the group. Only the health check can be changed later. */
            config: components["schemas"]["LatticeIpConfig"];
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. The default is the region of Gatehouse. */
            region?: string;
            /**
             * @description The tags of the target group, at most 48 in addition to those of Gatehouse.
             * @default {}
             */
            tags?: components["schemas"]["LatticeTags"];
            /**
             * @description The targets that receive the traffic. A request has at most 1000 targets in all of its groups.
             * @default []
             */
            targets?: components["schemas"]["LatticeIpTarget"][];
            /**
             * @description The type of the targets.
             * @constant
             */
            type: "IP";
        };
        LatticeTargetGroupLambda: {
            /**
             * @description The configuration of the group. Only the health check can be changed later.
             * @default {}
             */
            config?: components["schemas"]["LatticeLambdaConfig"];
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. The default is the region of Gatehouse. */
            region?: string;
            /**
             * @description The tags of the target group, at most 48 in addition to those of Gatehouse.
             * @default {}
             */
            tags?: components["schemas"]["LatticeTags"];
            /**
             * @description The target that receives the traffic: at most one, a quota that AWS cannot raise.
             * @default []
             */
            targets?: components["schemas"]["LatticeLambdaTarget"][];
            /**
             * @description The type of the targets.
             * @constant
             */
            type: "LAMBDA";
        };
        /** @description A resource that could not be deleted or restored. */
        Leftover: {
            /** @description The id of the resource in the cloud, if known. */
            id?: string;
            problem: components["schemas"]["JobProblem"];
            step: string;
            title: string;
        };
        Listener: {
            /** @description The accelerator that the listener belongs to. It must exist. */
            acceleratorArn: string;
            /**
             * @description NONE distributes connections by addresses, ports and protocol. SOURCE_IP routes all connections of a client address to the same endpoint.
             * @default NONE
             * @enum {string}
             */
            clientAffinity?: "NONE" | "SOURCE_IP";
            /** @description The ports that clients connect to. Ranges must not overlap, nor may those of two listeners with the same protocol on one accelerator. At most ten ranges, a quota that AWS cannot raise. */
            portRanges: components["schemas"]["PortRange"][];
            /**
             * @description The protocol that clients speak.
             * @enum {string}
             */
            protocol: "TCP" | "UDP";
        };
        Options: {
            /**
             * @description Adopts existing resources with the same natural key if every member matches the spec and no other entry point owns them. The job fails if a member differs. Rollback keeps adopted resources.
             * @default false
             */
            adopt?: boolean;
            /**
             * @description Allows an update to delete a resource before it creates the replacement, if both need the same name. Traffic to the resource is interrupted in between.
             * @default false
             */
            allowInterruption?: boolean;
            /** @description Time limit of the job. When it is exceeded, the job is rolled back; a removal ends once it also makes no progress. Time in the queue does not count. By default twice the usual time of the plan, and at least 3600 seconds. */
            deadlineSeconds?: number;
            /**
             * @description Also deletes foreign resources that are attached to the deleted ones. Without it, foreign resources block the deletion.
             * @default false
             */
            force?: boolean;
            /**
             * @description Protects the entry point from removal until an update sets this to `false`.
             * @default false
             */
            protected?: boolean;
            /**
             * @description Time limit in the queue. When it is exceeded, the job fails and nothing is changed. With 0 the job does not wait.
             * @default 86400
             */
            queueSeconds?: number;
        };
        /** @description What a request would do, given the present state of the clouds. Nothing has been changed. */
        Plan: {
            /** @description Changes of the entry point itself, such as its protection from removal. */
            changes: components["schemas"]["Change"][];
            cloud: string;
            /** @description The time limit that the job would have, in seconds from its beginning. */
            deadlineSeconds: number;
            entryPoint: string;
            /** @description The interruptions of traffic, of all steps. */
            interruptions: string[];
            operation: string;
            /** @description A hash of the spec, of the present state of the clouds, including the foreign objects that the job would delete, and of the planner version. A job that is submitted with it as `If-Match` ends as FAILED with `PlanChanged` if its plan would be different. */
            planHash: string;
            /** @description The steps in the order of execution, lane by lane. Lanes are independent of each other. Steps without an effect are last. */
            steps: components["schemas"]["PlanStep"][];
            summary: components["schemas"]["PlanSummary"];
            /** @description How long the job usually takes in the clouds, if nothing has to be repeated. */
            usualSeconds: number;
            /** @description Foreign objects that are displaced, quotas that are nearly used up, a deadline that is too short, and settings that can have an unexpected effect. */
            warnings: string[];
        };
        /** @description What the job would do with one resource. */
        PlanStep: {
            /**
             * @description create: creates the resource; adopt: takes over an existing resource; update: changes it in place; unchanged: the resource is already as requested; delete: deletes it; wait: waits until it is ready.
             * @enum {string}
             */
            act: "create" | "adopt" | "update" | "unchanged" | "delete" | "wait";
            /** @description The number of calls that change something in the cloud, if none has to be repeated. */
            calls: number;
            /** @description The changes of the step, member by member. Of a resource that is created: every member with its value. */
            changes: components["schemas"]["Change"][];
            /** @description The id of the existing resource in the cloud. */
            cloudId?: string;
            /** @description Foreign objects attached to the resource that the step also deletes, because of `options.force`, by their ids in the cloud. It deletes no others. */
            deletesForeign?: string[];
            /** @description Foreign objects that the step displaces, without deleting them, by their ids in the cloud: the policy that a port has now. It displaces no others. */
            displaces?: string[];
            id: string;
            /** @description How the step interrupts traffic, if it does. */
            interruption?: string;
            /** @description The kind of the cloud resource. */
            kind: string;
            /** @description Why the step is needed, if the act alone does not explain it. */
            reason?: string;
            /** @description The step that creates the resource that takes its place. */
            replacedBy?: string;
            /** @description The earlier resource whose place the new one takes, by its step. */
            replaces?: string;
            title: string;
        };
        /** @description The number of resources by what happens to them. */
        PlanSummary: {
            adopt: number;
            create: number;
            delete: number;
            /** @description Deleted and created again, in either order. */
            replace: number;
            unchanged: number;
            update: number;
        };
        PortOverride: {
            /** @description The endpoint port that receives the traffic. It must be outside the listener's ranges. */
            endpointPort: number;
            /** @description A port of the listener's ranges. */
            listenerPort: number;
        };
        PortRange: {
            /** @description The first port of the range, inclusive. */
            fromPort: number;
            /** @description The last port of the range, inclusive. */
            toPort: number;
        };
        /** @description An error, as RFC 9457 defines it. */
        Problem: {
            /** @description With `ActionNotAllowed`: the actions that the job allows now. */
            allowedActions?: components["schemas"]["Action"][];
            /** @description A stable code for programs. */
            code: string;
            /** @description What is wrong with this request and what to do next. */
            detail: string;
            /** @description Every error in the request, each with its location. */
            errors?: components["schemas"]["ValidationIssue"][];
            /** @description `urn:gatehouse:request:` followed by the request id, which is also in `x-request-id` and in the log. */
            instance?: string;
            links?: {
                [key: string]: string;
            };
            /** @description With `PlanRefused`: the plan, apart from the steps that `errors` refuse. */
            plan?: components["schemas"]["Plan"];
            /** @description The cloud API call that failed, with its own error code. */
            provider?: components["schemas"]["Provider"];
            /** @description Whether the same request can succeed later. */
            retryable: boolean;
            /** @description The HTTP status. */
            status: number;
            /** @description The meaning of the code, in words. */
            title: string;
            /** @description `urn:gatehouse:problem:` followed by the code. */
            type: string;
        };
        Provider: {
            errorCode: string;
            operation: string;
            requestId?: string;
            service: string;
        };
        QueueHolder: {
            entryPoint: string;
            status: components["schemas"]["JobStatus"];
            /**
             * Format: date-time
             * @description When the holder leaves its present status at the latest. A rollback or a removal that makes progress has longer.
             */
            until?: string;
        };
        /** @description The position of a waiting job in one queue. */
        QueuePosition: {
            /** @description The id of the job that holds the queue. */
            heldBy?: string;
            /** @description What the job that holds the queue is doing. A stuck job holds the queue until an action resolves it. */
            holder?: components["schemas"]["QueueHolder"];
            /** @description Position 1 is the head of the queue and holds it. */
            position: number;
            /** @description The queue of an entry point, an accelerator or a load balancer, which only one job at a time may change. */
            queue: string;
        };
        /** @description A request to provision, update or remove an entry point. */
        Request: components["schemas"]["AwsRequest"] | components["schemas"]["AlicloudRequest"];
        /** @description Who abandoned the stuck job, when and why. Gatehouse does nothing more for it. */
        Resolution: {
            /** Format: date-time */
            at: string;
            /** @description The account and role that abandoned the job. */
            by: string;
            /** @description The leftovers at that time. */
            leftovers: components["schemas"]["Leftover"][];
            /** @description The reason that was given. */
            reason: string;
        };
        /** @description The health of the endpoints or targets of one resource. */
        ResourceHealth: {
            endpoints: components["schemas"]["EndpointHealth"][];
            /** @description The id of the resource in the cloud. */
            id: string;
            /** @description The kind of the cloud resource. */
            kind: string;
            /** @description Why the resource could not be read. */
            problem?: components["schemas"]["JobProblem"];
            state: components["schemas"]["HealthState"];
            step: string;
            title: string;
        };
        /** @description How callers reach or name a resource that the entry point consists of or uses. */
        ResourceOutputs: {
            /** @description The DNS name at which clients reach the entry point. */
            dnsName?: string;
            /** @description The DNS name that also resolves to IPv6 addresses. */
            dualStackDnsName?: string;
            /** @description The hosted zone of these DNS names, for an alias record in Route 53. */
            hostedZoneId?: string;
            /** @description The id of the resource in the cloud: its ARN, if it has one. */
            id: string;
            /** @description The kind of the cloud resource. */
            kind: string;
            /** @description The addresses that the DNS names resolve to, if they never change: IPv4 first. */
            staticAddresses?: string[];
            step: string;
        };
        RuleAction: components["schemas"]["RuleActionForwardGroup"] | components["schemas"]["RuleActionRedirect"] | components["schemas"]["RuleActionFixResponse"] | components["schemas"]["RuleActionRewrite"] | components["schemas"]["RuleActionAddHeader"] | components["schemas"]["RuleActionRemoveHeader"] | components["schemas"]["RuleActionDrop"];
        RuleActionAddHeader: {
            /** @description The headers to add. */
            headers: components["schemas"]["RuleHeader"][];
            /**
             * @description The type of the action.
             * @constant
             */
            type: "AddHeader";
        };
        RuleActionDrop: {
            /**
             * @description The type of the action.
             * @constant
             */
            type: "Drop";
        };
        RuleActionFixResponse: {
            /** @description The status code of the response. */
            code: number;
            /**
             * @description The content of the response.
             * @default
             */
            content?: string;
            /**
             * @description The media type of the content.
             * @default text/plain
             * @enum {string}
             */
            contentType?: "text/plain" | "text/css" | "text/html" | "application/javascript" | "application/json";
            /**
             * @description The type of the action.
             * @constant
             */
            type: "FixResponse";
        };
        RuleActionForwardGroup: {
            /** @description The name of a virtual group of this request. */
            endpointGroup: string;
            /**
             * @description The type of the action.
             * @constant
             */
            type: "ForwardGroup";
        };
        RuleActionRedirect: {
            /**
             * @description The status code of the response.
             * @default 301
             * @enum {number}
             */
            code?: 301 | 302 | 303 | 307 | 308;
            /** @description The domain of the new URL. The default is that of the request. */
            domain?: string;
            /** @description The path of the new URL. The default is that of the request. */
            path?: string;
            /** @description The port of the new URL. The default is that of the request. */
            port?: number;
            /**
             * @description The protocol of the new URL. The default is that of the request.
             * @enum {string}
             */
            protocol?: "HTTP" | "HTTPS";
            /** @description The query of the new URL. The default is that of the request. */
            query?: string;
            /**
             * @description The type of the action.
             * @constant
             */
            type: "Redirect";
        };
        RuleActionRemoveHeader: {
            /** @description The headers to remove. */
            headers: string[];
            /**
             * @description The type of the action.
             * @constant
             */
            type: "RemoveHeader";
        };
        RuleActionRewrite: {
            /** @description The domain of the request to the endpoint. */
            domain?: string;
            /** @description The path of the request to the endpoint. */
            path?: string;
            /** @description The query of the request to the endpoint. */
            query?: string;
            /**
             * @description The type of the action.
             * @constant
             */
            type: "Rewrite";
        };
        RuleCondition: components["schemas"]["RuleConditionHost"] | components["schemas"]["RuleConditionPath"] | components["schemas"]["RuleConditionRequestHeader"] | components["schemas"]["RuleConditionQuery"] | components["schemas"]["RuleConditionCookie"] | components["schemas"]["RuleConditionMethod"] | components["schemas"]["RuleConditionSourceIP"];
        RuleConditionCookie: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "Cookie";
            /** @description The cookies and values that match. */
            values: components["schemas"]["RuleCookieValues"][];
        };
        RuleConditionHost: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "Host";
            /** @description The domains that match. A rule has at most one such condition. */
            values: string[];
        };
        RuleConditionMethod: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "Method";
            /** @description The methods that match. */
            values: ("HEAD" | "GET" | "POST" | "OPTIONS" | "PUT" | "PATCH" | "DELETE")[];
        };
        RuleConditionPath: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "Path";
            /** @description The paths that match. */
            values: string[];
        };
        RuleConditionQuery: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "Query";
            /** @description The query parameters and values that match. */
            values: components["schemas"]["RuleQueryValues"][];
        };
        RuleConditionRequestHeader: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "RequestHeader";
            /** @description The headers and values that match. */
            values: components["schemas"]["RuleHeaderValues"][];
        };
        RuleConditionSourceIP: {
            /**
             * @description The part of the request that the condition applies to.
             * @constant
             */
            type: "SourceIP";
            /** @description The client addresses that match. A rule has at most one such condition. */
            values: (string)[];
        };
        RuleCookieValues: {
            /** @description The name of the header, parameter or cookie. */
            key: string;
            /** @description The values that match. */
            values: string[];
        };
        RuleHeader: {
            /** @description The name of the header. */
            name: string;
            /**
             * @description The source of the value: `value` itself, the request header named by `value`, or the variable `ClientSrcIp`.
             * @default user-defined
             * @enum {string}
             */
            type?: "user-defined" | "ref" | "system-defined";
            /** @description The value of the header, depending on `type`. */
            value: string;
        };
        RuleHeaderValues: {
            /** @description The name of the header, parameter or cookie. */
            key: string;
            /** @description The values that match. */
            values: string[];
        };
        RuleQueryValues: {
            /** @description The name of the header, parameter or cookie. */
            key: string;
            /** @description The values that match. */
            values: string[];
        };
        SkipBody: {
            /** @description The reason, kept in the history of the job. */
            reason?: string;
            /** @description The leftover to skip: the `step` of an item in the `leftovers` of the job. */
            step: string;
        };
        /** @description A leftover that was skipped with the action `skip`. */
        SkippedLeftover: {
            /** Format: date-time */
            at: string;
            /** @description The account and role that skipped it. */
            by: string;
            /** @description The id of the resource in the cloud, if known. */
            id?: string;
            problem: components["schemas"]["JobProblem"];
            /** @description The reason that was given. */
            reason?: string;
            step: string;
            title: string;
        };
        /** @description A step: one resource of a plan. */
        Step: {
            /**
             * @description create: creates the resource; adopt: takes over an existing resource; update: changes it in place; unchanged: the resource is already as requested; delete: deletes it; wait: waits until it is ready.
             * @enum {string}
             */
            act: "create" | "adopt" | "update" | "unchanged" | "delete" | "wait";
            /** @description How often the step has been called, over all attempts of the job. */
            calls: number;
            /** @description The changes of the step, member by member. */
            changes?: components["schemas"]["Change"][];
            /** @description The id of the resource in the cloud, once known. */
            cloudId?: string;
            /** @description Foreign objects attached to the resource that the step also deletes, because of `options.force`, by their ids in the cloud. It deletes no others. */
            deletesForeign?: string[];
            /** @description Foreign objects that the step displaces, without deleting them, by their ids in the cloud: the policy that a port has now. It displaces no others. */
            displaces?: string[];
            error?: components["schemas"]["JobProblem"];
            id: string;
            /** @description How the step interrupts traffic, if it does. */
            interruption?: string;
            /** @description The kind of the cloud resource. */
            kind: string;
            /** @description Facts that need attention but are not failures. */
            notices?: string[];
            /** @description Why the step is needed, if the act alone does not explain it. */
            reason?: string;
            /**
             * Format: date-time
             * @description When the step started.
             */
            since?: string;
            /**
             * @description waiting: not started yet; running: in progress; retrying: the cloud was busy or did not answer; settling: applied, not ready yet; done: as desired and ready; failed: failed permanently; notRun: never started, and will not be; undoing: being undone; undone: as it was before the job; leftover: could not be undone or deleted.
             * @enum {string}
             */
            state: "waiting" | "running" | "retrying" | "settling" | "done" | "failed" | "notRun" | "undoing" | "undone" | "leftover";
            title: string;
            /** @description The undo of the step, in a rollback. */
            undo?: components["schemas"]["StepUndo"];
            /** @description What the step waits for in the cloud, when it polls next, and how often it has polled. */
            waitingFor?: components["schemas"]["StepWait"];
        };
        StepUndo: {
            calls: number;
            error?: components["schemas"]["JobProblem"];
            /** Format: date-time */
            nextPollAt?: string;
            /** Format: date-time */
            since: string;
        };
        StepWait: {
            /** Format: date-time */
            nextPollAt: string;
            polls: number;
            reason: string;
        };
        StickinessPolicy: {
            /** @description The lifetime of the load balancer's own cookie. The default, and the meaning of 0, is the browser session. */
            cookieExpirationPeriod?: number;
            /** @description The application cookie that the policy follows, instead of a cookie of the load balancer. */
            cookieName?: string;
            /** @description The load balancer that gets the policy. It must exist. */
            loadBalancerName: string;
            /**
             * @description The ports of the load balancer that get the policy; by default none, and the policy only exists. Each must have an HTTP or HTTPS listener. A port has at most one stickiness policy.
             * @default []
             */
            loadBalancerPorts?: number[];
            /** @description The name of the policy, unique on its load balancer. Gatehouse limits it to 128 characters. */
            policyName: string;
            /** @description The region of the load balancer. The default is the region of Gatehouse. */
            region?: string;
            /**
             * @description Allows the policy to replace another stickiness policy of a port.
             * @default false
             */
            replace?: boolean;
        };
        TargetGroup: components["schemas"]["LatticeTargetGroupInstance"] | components["schemas"]["LatticeTargetGroupIp"] | components["schemas"]["LatticeTargetGroupAlb"] | components["schemas"]["LatticeTargetGroupLambda"];
        Throttled: {
            message?: string;
        };
        ValidationIssue: {
            /** @description What is wrong at this location and what is expected. */
            detail: string;
            /** @description The location: a JSON pointer (RFC 6901) into the request, empty for the whole request. Names of more than 200 characters are shortened. */
            pointer: string;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listEntryPoints: {
        parameters: {
            query?: {
                /** @description Only entry points on this cloud. */
                cloud?: "aws" | "alicloud";
                /** @description Only entry points created after this instant. */
                createdAfter?: string;
                /** @description Only entry points owned by this account and role. */
                owner?: string;
                /** @description The maximum number of items in an answer. */
                pageSize?: number;
                /** @description The `nextPageToken` of the previous page. It is valid only with the same filters. */
                pageToken?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of entry points. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "name": "shop-edge",
                     *           "cloud": "aws",
                     *           "owner": "123456789012/role/deployer",
                     *           "since": "2026-03-01T12:01:40.500Z",
                     *           "links": {
                     *             "self": "/v1/entry-points/shop-edge",
                     *             "job": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *             "jobs": "/v1/jobs?entryPoint=shop-edge"
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EntryPointPage"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEntryPoint: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The entry point with every cloud id and its last job. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "name": "shop-edge",
                     *       "cloud": "aws",
                     *       "owner": "123456789012/role/deployer",
                     *       "since": "2026-03-01T12:01:40.500Z",
                     *       "links": {
                     *         "self": "/v1/entry-points/shop-edge",
                     *         "job": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *         "jobs": "/v1/jobs?entryPoint=shop-edge"
                     *       },
                     *       "lastJob": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "spec": {
                     *         "operation": "provision",
                     *         "entryPoint": "shop-edge",
                     *         "listener": {
                     *           "acceleratorArn": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01",
                     *           "protocol": "TCP",
                     *           "portRanges": [
                     *             {
                     *               "fromPort": 443,
                     *               "toPort": 443
                     *             }
                     *           ],
                     *           "clientAffinity": "SOURCE_IP"
                     *         },
                     *         "endpointGroups": [
                     *           {
                     *             "region": "us-east-1",
                     *             "trafficDialPercentage": 50,
                     *             "endpoints": [
                     *               {
                     *                 "endpointId": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop-alb/8a3f09d27be16488",
                     *                 "weight": 128
                     *               }
                     *             ]
                     *           }
                     *         ]
                     *       },
                     *       "resources": [
                     *         {
                     *           "step": "listener",
                     *           "kind": "listener",
                     *           "title": "listener TCP 443",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d",
                     *           "desired": {
                     *             "acceleratorArn": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01",
                     *             "protocol": "TCP",
                     *             "portRanges": [
                     *               {
                     *                 "fromPort": 443,
                     *                 "toPort": 443
                     *               }
                     *             ],
                     *             "clientAffinity": "SOURCE_IP"
                     *           },
                     *           "needs": {}
                     *         }
                     *       ],
                     *       "outputs": [
                     *         {
                     *           "step": "accelerator",
                     *           "kind": "accelerator",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01",
                     *           "dnsName": "a1234567890abcdef.awsglobalaccelerator.com",
                     *           "hostedZoneId": "Z2BJ6XQ5FK7U4H",
                     *           "staticAddresses": [
                     *             "198.51.100.10",
                     *             "203.0.113.20"
                     *           ]
                     *         },
                     *         {
                     *           "step": "listener",
                     *           "kind": "listener",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d"
                     *         },
                     *         {
                     *           "step": "endpoint-group-us-east-1",
                     *           "kind": "endpointGroup",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d/endpoint-group/4d5e6f708192"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EntryPoint"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointNotFound: The entry point does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getDrift: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Every resource with its differences, member by member. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entryPoint": "shop-edge",
                     *       "state": "DRIFTED",
                     *       "resources": [
                     *         {
                     *           "step": "listener",
                     *           "kind": "listener",
                     *           "title": "listener TCP 443",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d",
                     *           "state": "DRIFTED",
                     *           "differences": [
                     *             {
                     *               "member": "clientAffinity",
                     *               "expected": "SOURCE_IP",
                     *               "found": "NONE"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointNotFound: The entry point does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getEntryPointHealth: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The health of each endpoint and target. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entryPoint": "shop-edge",
                     *       "state": "UNHEALTHY",
                     *       "resources": [
                     *         {
                     *           "step": "endpoint-group-us-east-1",
                     *           "kind": "endpointGroup",
                     *           "title": "endpoint group us-east-1",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d/endpoint-group/4d5e6f708192",
                     *           "state": "UNHEALTHY",
                     *           "endpoints": [
                     *             {
                     *               "id": "arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/net/shop-nlb/50dc6c495c0c918b",
                     *               "state": "UNHEALTHY"
                     *             }
                     *           ]
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["EntryPointHealth"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointNotFound: The entry point does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Gatehouse can serve requests. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok"
                     *     }
                     */
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listJobs: {
        parameters: {
            query?: {
                /** @description Only jobs on this cloud. */
                cloud?: "aws" | "alicloud";
                /** @description Only jobs created after this instant. */
                createdAfter?: string;
                /** @description Only jobs of this entry point. */
                entryPoint?: string;
                /** @description The maximum number of items in an answer. */
                pageSize?: number;
                /** @description The `nextPageToken` of the previous page. It is valid only with the same filters. */
                pageToken?: string;
                /** @description Only jobs requested by this account and role. */
                requester?: string;
                /** @description Only jobs with this status. */
                status?: "QUEUED" | "RUNNING" | "ROLLING_BACK" | "SUCCEEDED" | "FAILED" | "ROLLED_BACK" | "ROLLBACK_FAILED" | "REMOVE_FAILED" | "CANCELLED";
                /** @description With `true`, only jobs that need manual action: ROLLBACK_FAILED or REMOVE_FAILED, and not abandoned. With `false`, only others. */
                stuck?: boolean;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of jobs. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *           "operation": "provision",
                     *           "entryPoint": "shop-edge",
                     *           "cloud": "aws",
                     *           "requester": "123456789012/role/deployer",
                     *           "createdAt": "2026-03-01T12:00:00.000Z",
                     *           "deadlineSeconds": 3600,
                     *           "links": {
                     *             "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *           },
                     *           "status": "SUCCEEDED",
                     *           "attempt": 1,
                     *           "startedAt": "2026-03-01T12:00:01.200Z",
                     *           "endedAt": "2026-03-01T12:01:40.500Z",
                     *           "allowedActions": []
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["JobPage"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    submitJob: {
        parameters: {
            query?: never;
            header: {
                /** @description A new value for every new request, such as a UUID. The same key with the same request returns the same job. */
                "Idempotency-Key": string;
                /** @description The `planHash` of an earlier plan. The job fails with `PlanChanged` if its plan would be different. */
                "If-Match"?: string;
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Request"];
                "application/yaml": components["schemas"]["Request"];
            };
        };
        responses: {
            /** @description The job. With `Idempotent-Replayed: true`, an earlier request with the same key created it. */
            202: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description An earlier request with the same key created this job. */
                    "Idempotent-Replayed"?: "true";
                    /** @description The path of the job. */
                    Location?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "QUEUED",
                     *       "attempt": 0,
                     *       "summary": "Planning; no changes yet.",
                     *       "queueUntil": "2026-03-02T12:00:00.000Z",
                     *       "allowedActions": [
                     *         "cancel"
                     *       ],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "waiting",
                     *           "calls": 0
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "waiting",
                     *           "calls": 0
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "waiting",
                     *           "calls": 0
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description InvalidRequest: The request is not valid. IdempotencyKeyMissing: The Idempotency-Key header is missing. IdempotencyKeyInvalid: The Idempotency-Key header is not valid. IfMatchInvalid: The If-Match header is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotAllowed: The access rules do not allow this request. NotOwner: The entry point belongs to another owner. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointNotFound: The entry point does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointExists: The entry point already exists. EntryPointProtected: The entry point is protected. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description IdempotencyKeyReused: The idempotency key was used for a different request. */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QueueFull: The queue is full. TooManyWaitingJobs: Too many jobs of the caller wait. Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description The `ETag` of an earlier answer. If nothing has changed since, the answer is a 304. */
                "If-None-Match"?: string;
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The job. `Retry-After` is present until the job has ended. */
            200: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "SUCCEEDED",
                     *       "attempt": 1,
                     *       "startedAt": "2026-03-01T12:00:01.200Z",
                     *       "endedAt": "2026-03-01T12:01:40.500Z",
                     *       "summary": "The entry point is provisioned as requested.",
                     *       "allowedActions": [],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "done",
                     *           "calls": 2,
                     *           "cloudId": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d",
                     *           "since": "2026-03-01T12:00:02.000Z"
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "done",
                     *           "calls": 2,
                     *           "cloudId": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d/endpoint-group/4d5e6f708192",
                     *           "since": "2026-03-01T12:00:02.000Z"
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "done",
                     *           "calls": 2,
                     *           "cloudId": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01",
                     *           "since": "2026-03-01T12:00:02.000Z"
                     *         }
                     *       ],
                     *       "outputs": [
                     *         {
                     *           "step": "accelerator",
                     *           "kind": "accelerator",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01",
                     *           "dnsName": "a1234567890abcdef.awsglobalaccelerator.com",
                     *           "hostedZoneId": "Z2BJ6XQ5FK7U4H",
                     *           "staticAddresses": [
                     *             "198.51.100.10",
                     *             "203.0.113.20"
                     *           ]
                     *         },
                     *         {
                     *           "step": "listener",
                     *           "kind": "listener",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d"
                     *         },
                     *         {
                     *           "step": "endpoint-group-us-east-1",
                     *           "kind": "endpointGroup",
                     *           "id": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01/listener/0a1b2c3d/endpoint-group/4d5e6f708192"
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:01:40.500Z",
                     *           "status": "SUCCEEDED",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description The job has not changed since the `ETag` in `If-None-Match`. */
            304: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActionBody"];
                "application/yaml": components["schemas"]["ActionBody"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            202: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "ROLLING_BACK",
                     *       "attempt": 1,
                     *       "startedAt": "2026-03-01T12:00:01.200Z",
                     *       "summary": "Rolling back: cancelled by 123456789012/role/deployer",
                     *       "allowedActions": [],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "undoing",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:00:20.000Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1,
                     *           "action": "cancel",
                     *           "by": "123456789012/role/deployer",
                     *           "reason": "wrong accelerator"
                     *         },
                     *         {
                     *           "sequence": 4,
                     *           "at": "2026-03-01T12:00:21.000Z",
                     *           "status": "ROLLING_BACK",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotOwner: The entry point belongs to another owner. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ActionNotAllowed: The job does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description Only events after this sequence number: pass the `next` of the previous answer. */
                after?: number;
                /** @description The maximum number of items in an answer. */
                pageSize?: number;
            };
            header?: {
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The events after `after`. `Retry-After` is present while more events can follow. */
            200: {
                headers: {
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "items": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:01:40.500Z",
                     *           "status": "SUCCEEDED",
                     *           "attempt": 1
                     *         }
                     *       ],
                     *       "next": 3
                     *     }
                     */
                    "application/json": components["schemas"]["EventPage"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    forgetJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ForgetBody"];
                "application/yaml": components["schemas"]["ForgetBody"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            202: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "ROLLING_BACK",
                     *       "attempt": 1,
                     *       "startedAt": "2026-03-01T12:00:01.200Z",
                     *       "summary": "Rolling back: cancelled by 123456789012/role/deployer",
                     *       "allowedActions": [],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "undoing",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:00:20.000Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1,
                     *           "action": "cancel",
                     *           "by": "123456789012/role/deployer",
                     *           "reason": "wrong accelerator"
                     *         },
                     *         {
                     *           "sequence": 4,
                     *           "at": "2026-03-01T12:00:21.000Z",
                     *           "status": "ROLLING_BACK",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotOwner: The entry point belongs to another owner. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ActionNotAllowed: The job does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    retryJob: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ActionBody"];
                "application/yaml": components["schemas"]["ActionBody"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            202: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "ROLLING_BACK",
                     *       "attempt": 1,
                     *       "startedAt": "2026-03-01T12:00:01.200Z",
                     *       "summary": "Rolling back: cancelled by 123456789012/role/deployer",
                     *       "allowedActions": [],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "undoing",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:00:20.000Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1,
                     *           "action": "cancel",
                     *           "by": "123456789012/role/deployer",
                     *           "reason": "wrong accelerator"
                     *         },
                     *         {
                     *           "sequence": 4,
                     *           "at": "2026-03-01T12:00:21.000Z",
                     *           "status": "ROLLING_BACK",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotOwner: The entry point belongs to another owner. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ActionNotAllowed: The job does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    skipStep: {
        parameters: {
            query?: never;
            header?: {
                /** @description `wait=20` (RFC 7240): how many seconds to wait for a change before answering, at most 25. */
                Prefer?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SkipBody"];
                "application/yaml": components["schemas"]["SkipBody"];
            };
        };
        responses: {
            /** @description The job as it is now. */
            202: {
                headers: {
                    /** @description The version of the answer, for `If-None-Match`. */
                    ETag?: string;
                    /** @description The `wait` that was applied. */
                    "Preference-Applied"?: string;
                    /** @description The number of seconds to wait before polling again. */
                    "Retry-After"?: number;
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a",
                     *       "operation": "provision",
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "requester": "123456789012/role/deployer",
                     *       "createdAt": "2026-03-01T12:00:00.000Z",
                     *       "deadlineSeconds": 3600,
                     *       "links": {
                     *         "self": "/v1/jobs/job-7c9e1f0a4b5d4d3e8f6a2b1c0d9e8f7a"
                     *       },
                     *       "status": "ROLLING_BACK",
                     *       "attempt": 1,
                     *       "startedAt": "2026-03-01T12:00:01.200Z",
                     *       "summary": "Rolling back: cancelled by 123456789012/role/deployer",
                     *       "allowedActions": [],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "state": "undoing",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "state": "notRun",
                     *           "calls": 1
                     *         }
                     *       ],
                     *       "events": [
                     *         {
                     *           "sequence": 1,
                     *           "at": "2026-03-01T12:00:00.000Z",
                     *           "status": "QUEUED",
                     *           "attempt": 0
                     *         },
                     *         {
                     *           "sequence": 2,
                     *           "at": "2026-03-01T12:00:01.200Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1
                     *         },
                     *         {
                     *           "sequence": 3,
                     *           "at": "2026-03-01T12:00:20.000Z",
                     *           "status": "RUNNING",
                     *           "attempt": 1,
                     *           "action": "cancel",
                     *           "by": "123456789012/role/deployer",
                     *           "reason": "wrong accelerator"
                     *         },
                     *         {
                     *           "sequence": 4,
                     *           "at": "2026-03-01T12:00:21.000Z",
                     *           "status": "ROLLING_BACK",
                     *           "attempt": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["Job"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotOwner: The entry point belongs to another owner. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description JobNotFound: The job does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ActionNotAllowed: The job does not allow this action now. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getOpenapi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description An OpenAPI 3.1 document. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createPlan: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Request"];
                "application/yaml": components["schemas"]["Request"];
            };
        };
        responses: {
            /** @description The plan. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "entryPoint": "shop-edge",
                     *       "cloud": "aws",
                     *       "operation": "provision",
                     *       "planHash": "5d41402abc4b2a76b9719d911017c5925d41402abc4b2a76b9719d911017c592",
                     *       "summary": {
                     *         "create": 2,
                     *         "update": 0,
                     *         "replace": 0,
                     *         "adopt": 0,
                     *         "delete": 0,
                     *         "unchanged": 0
                     *       },
                     *       "changes": [
                     *         {
                     *           "member": "protected",
                     *           "from": false,
                     *           "to": true
                     *         }
                     *       ],
                     *       "steps": [
                     *         {
                     *           "id": "listener",
                     *           "title": "listener TCP 443",
                     *           "kind": "listener",
                     *           "act": "create",
                     *           "changes": [
                     *             {
                     *               "member": "acceleratorArn",
                     *               "to": "arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01"
                     *             },
                     *             {
                     *               "member": "protocol",
                     *               "to": "TCP"
                     *             },
                     *             {
                     *               "member": "portRanges",
                     *               "to": [
                     *                 {
                     *                   "fromPort": 443,
                     *                   "toPort": 443
                     *                 }
                     *               ]
                     *             },
                     *             {
                     *               "member": "clientAffinity",
                     *               "to": "SOURCE_IP"
                     *             }
                     *           ],
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "endpoint-group-us-east-1",
                     *           "title": "endpoint group us-east-1",
                     *           "kind": "endpointGroup",
                     *           "act": "create",
                     *           "changes": [
                     *             {
                     *               "member": "region",
                     *               "to": "us-east-1"
                     *             },
                     *             {
                     *               "member": "trafficDialPercentage",
                     *               "to": 50
                     *             },
                     *             {
                     *               "member": "thresholdCount",
                     *               "to": 3,
                     *               "isDefault": true
                     *             },
                     *             {
                     *               "member": "listenerArn",
                     *               "idOf": "listener"
                     *             }
                     *           ],
                     *           "calls": 1
                     *         },
                     *         {
                     *           "id": "accelerator",
                     *           "title": "accelerator deployed",
                     *           "kind": "accelerator",
                     *           "act": "wait",
                     *           "changes": [],
                     *           "calls": 0
                     *         }
                     *       ],
                     *       "interruptions": [],
                     *       "usualSeconds": 130,
                     *       "deadlineSeconds": 3600,
                     *       "warnings": []
                     *     }
                     */
                    "application/json": components["schemas"]["Plan"];
                };
            };
            /** @description InvalidRequest: The request is not valid. */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Unauthenticated: The caller is not authenticated. */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NotAllowed: The access rules do not allow this request. */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointNotFound: The entry point does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description EntryPointExists: The entry point already exists. EntryPointProtected: The entry point is protected. PlanRefused: The request would fail before its first change. */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description BodyTooLarge: The body is too large. */
            413: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UnsupportedMediaType: The content type is not supported. */
            415: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TooManyPlans: The caller is making too many plans at the same time. Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSchema: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                schema: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A self-contained JSON Schema (2020-12). */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description SchemaNotFound: The schema does not exist. */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "message": "Too Many Requests"
                     *     }
                     */
                    "application/json": components["schemas"]["Throttled"];
                };
            };
            /** @description InternalFailure: Gatehouse failed. */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ServiceUnavailable: Gatehouse is temporarily unavailable. */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
