// The types of the API, generated from its OpenAPI document by openapi-typescript. Do not edit; run npm run generate instead.

export interface paths {
    "/v1/entry-points": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List entry points, newest first */
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
        /** Get an entry point */
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
    "/v1/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the health of Gatehouse */
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
        /** List jobs, newest first */
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
        /** Get this document */
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
         * @description Reads the clouds and returns the steps that a job would run, the changes of each step, interruptions of traffic, and warnings such as quotas that are nearly used up. Changes nothing. Send the `planHash` as `If-Match` with the job to make sure that the job does exactly this.
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
        AlicloudEndpointGroup: {
            /** @description For people. */
            description?: string;
            /**
             * @description How endpoints are reached. When left out the cloud takes IPv4.
             * @enum {string}
             */
            endpointIpVersion?: "IPv4" | "IPv6" | "ProtocolAffinity";
            /**
             * @description The version that HTTPS endpoints speak.
             * @enum {string}
             */
            endpointProtocolVersion?: "HTTP1.1" | "HTTP2";
            /**
             * @description The protocol that endpoints behind an HTTP or HTTPS listener speak. When left out the cloud takes HTTP; behind an HTTP listener there is no other.
             * @enum {string}
             */
            endpointRequestProtocol?: "HTTP" | "HTTPS";
            /** @description Where the traffic goes: 4 endpoints by the guide, and now 30 where the quota has been raised. */
            endpoints: ({
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description A public IP address on Alibaba Cloud. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "PublicIp";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description An ECS instance. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "ECS";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description A Classic Load Balancer. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "SLB";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description An IP address off Alibaba Cloud. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "Ip";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description A domain name off Alibaba Cloud. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "Domain";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description An Application Load Balancer. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "ALB";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description A Network Load Balancer. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "NLB";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description An elastic network interface. */
                endpoint: string;
                /** @description The private address of the network interface that is meant; its first one when left out. */
                subAddress?: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "ENI";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description The domain name of an OSS bucket. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "OSS";
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            } | {
                /** @description Whether the endpoint sees the client's address. May need to be opened for an account by the vendor. Over HTTP and HTTPS it always does, in X-Forwarded-For. */
                enableClientIPPreservation?: boolean;
                /** @description Whether the endpoint is told the client's address by the PROXY protocol. TCP only. */
                enableProxyProtocol?: boolean;
                /** @description A private IP address in a VPC. */
                endpoint: string;
                /**
                 * @description What kind of backend service it is.
                 * @constant
                 */
                type: "IpTarget";
                /** @description The VPC of the address. */
                vpcId: string;
                /** @description The vSwitches that the address is reached through. */
                vSwitchIds: string[];
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as the API has none.
                 * @default 255
                 */
                weight?: number;
            })[];
            /**
             * @description Whether endpoints are checked. The default is ours, as the API says two; it is always sent.
             * @default false
             */
            healthCheckEnabled?: boolean;
            /** @description The host that an HTTP or HTTPS check names. Not used while `healthCheckEnabled` is false. */
            healthCheckHost?: string;
            /**
             * @description Time between two checks; the console's default. Not used while `healthCheckEnabled` is false.
             * @default 2
             */
            healthCheckIntervalSeconds?: number;
            /**
             * @description What an HTTP or HTTPS check asks for. Not used while `healthCheckEnabled` is false.
             * @default /
             */
            healthCheckPath?: string;
            /** @description The port that is checked; must be given with checks. Not used while `healthCheckEnabled` is false. */
            healthCheckPort?: number;
            /**
             * @description How they are checked. The default is ours. Not used while `healthCheckEnabled` is false.
             * @default tcp
             * @enum {string}
             */
            healthCheckProtocol?: "tcp" | "http" | "https";
            /** @description Forwarding rules name a virtual group by it, which must have one, unique on its listener. */
            name?: string;
            /**
             * @description A listener port that arrives at another port of the endpoints: one behind HTTP and HTTPS.
             * @default []
             */
            portOverrides?: {
                /** @description The port of the endpoints that it is sent to. */
                endpointPort: number;
                /** @description A port of the listener. */
                listenerPort: number;
            }[];
            /** @description Where the group runs. A listener has one default group per region. */
            region: string;
            /**
             * @description Tags of the endpoint group, at most 20.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description So many checks in a row turn an endpoint healthy or unhealthy. Not used while `healthCheckEnabled` is false.
             * @default 3
             */
            thresholdCount?: number;
            /**
             * @description The part of the traffic meant for this group that it gets; 0 sends it none.
             * @default 100
             */
            trafficPercentage?: number;
            /**
             * @description A `virtual` group is reached by forwarding rules only.
             * @default default
             * @enum {string}
             */
            type?: "default" | "virtual";
        };
        AlicloudListener: {
            /** @description The instance that the listener belongs to. It must exist. */
            acceleratorId: string;
            /**
             * @description Certificates that an HTTPS listener shows for further domains, one for each.
             * @default []
             */
            additionalCertificates?: {
                /** @description The domain that it is shown for. */
                domain: string;
                /** @description Its id in the SSL Certificates Service. It must exist. */
                id: string;
            }[];
            /**
             * @description The certificate of an HTTPS listener, and no other: exactly one.
             * @default []
             */
            certificates?: {
                /** @description Its id in the SSL Certificates Service. It must exist. */
                id: string;
            }[];
            /**
             * @description SOURCE_IP keeps a client address on one endpoint; NONE does not.
             * @default NONE
             * @enum {string}
             */
            clientAffinity?: "NONE" | "SOURCE_IP";
            /** @description For people. */
            description?: string;
            /**
             * @description The newest HTTP version of an HTTPS listener. When left out the cloud takes http2.
             * @enum {string}
             */
            httpVersion?: "http1.1" | "http2" | "http3";
            /** @description When an idle connection ends: TCP 10 to 900 (900 when left out), UDP 10 to 20 (20), HTTP and HTTPS 1 to 60 (15). */
            idleTimeout?: number;
            /** @description The name of the listener. It need not be unique. */
            name?: string;
            /** @description The ports that clients connect to, 30 in all; HTTP and HTTPS have one. A TCP listener may have a single range of 301 to 2000 ports instead, where the vendor has opened that for the account. */
            portRanges: {
                /** @description First port of the range, included. */
                fromPort: number;
                /** @description Last port of the range, included; the first one again for a single port. */
                toPort: number;
            }[];
            /**
             * @description The protocol that clients speak. HTTP and HTTPS may need to be opened for an account by the vendor.
             * @enum {string}
             */
            protocol: "TCP" | "UDP" | "HTTP" | "HTTPS";
            /** @description How long an HTTP or HTTPS request may take. When left out the cloud takes 60. */
            requestTimeout?: number;
            /**
             * @description The TLS versions and ciphers of an HTTPS listener.
             * @enum {string}
             */
            securityPolicyId?: "tls_cipher_policy_1_0" | "tls_cipher_policy_1_1" | "tls_cipher_policy_1_2" | "tls_cipher_policy_1_2_strict" | "tls_cipher_policy_1_2_strict_with_1_3";
            /** @description Which headers an HTTP or HTTPS listener adds. When left out the cloud adds none of them. */
            xForwardedForConfig?: {
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
        };
        AlicloudRequest: {
            /**
             * @description The cloud that carries the entry point.
             * @constant
             */
            cloud: "alicloud";
            /**
             * @description The listener's endpoint groups: default ones, one per region, and virtual ones.
             * @default []
             */
            endpointGroups?: components["schemas"]["AlicloudEndpointGroup"][];
            /** @description The name of the entry point. It survives its jobs. */
            entryPoint: string;
            /**
             * @description Which requests a listener of HTTP or HTTPS sends to which virtual group.
             * @default []
             */
            forwardingRules?: components["schemas"]["ForwardingRule"][];
            /** @description A listener of an Alibaba Cloud Global Accelerator instance. */
            listener?: components["schemas"]["AlicloudListener"];
            /**
             * @description What is to be done: `provision` makes an entry point, `update` changes it to the whole new spec that it is given, `remove` takes it away and is given no spec.
             * @enum {string}
             */
            operation: "provision" | "update" | "remove";
            /**
             * @description How the job is run.
             * @default {}
             */
            options?: {
                /**
                 * @description Takes over what stands under a natural key already, if it matches the spec in every member and nobody owns it. One that differs refuses the whole job; undo leaves what was adopted.
                 * @default false
                 */
                adopt?: boolean;
                /**
                 * @description Allows an update to remove something before what takes its place is made, where a name leaves no other way: traffic to it is interrupted in between.
                 * @default false
                 */
                allowInterruption?: boolean;
                /**
                 * @description Time that the job may run before it is rolled back; its time in line does not count.
                 * @default 3600
                 */
                deadlineSeconds?: number;
                /**
                 * @description Removes what others have hung on what is removed, too. Without it, that refuses the removal.
                 * @default false
                 */
                force?: boolean;
                /**
                 * @description Refuses to remove the entry point until an update says `false`.
                 * @default false
                 */
                protected?: boolean;
                /**
                 * @description Time that the job may wait in line; then it has failed, with nothing changed. 0: not at all.
                 * @default 86400
                 */
                queueSeconds?: number;
            };
        };
        AwsRequest: {
            /**
             * @description The cloud that carries the entry point.
             * @default aws
             * @constant
             */
            cloud?: "aws";
            /**
             * @description The listener's endpoint groups, at most one per region. An accelerator has at most 42, a quota that AWS does not raise.
             * @default []
             */
            endpointGroups?: components["schemas"]["EndpointGroup"][];
            /** @description The name of the entry point. It survives its jobs. */
            entryPoint: string;
            /** @description A listener of an AWS Global Accelerator. */
            listener?: components["schemas"]["Listener"];
            /**
             * @description What is to be done: `provision` makes an entry point, `update` changes it to the whole new spec that it is given, `remove` takes it away and is given no spec.
             * @enum {string}
             */
            operation: "provision" | "update" | "remove";
            /**
             * @description How the job is run.
             * @default {}
             */
            options?: {
                /**
                 * @description Takes over what stands under a natural key already, if it matches the spec in every member and nobody owns it. One that differs refuses the whole job; undo leaves what was adopted.
                 * @default false
                 */
                adopt?: boolean;
                /**
                 * @description Allows an update to remove something before what takes its place is made, where a name leaves no other way: traffic to it is interrupted in between.
                 * @default false
                 */
                allowInterruption?: boolean;
                /**
                 * @description Time that the job may run before it is rolled back; its time in line does not count.
                 * @default 3600
                 */
                deadlineSeconds?: number;
                /**
                 * @description Removes what others have hung on what is removed, too. Without it, that refuses the removal.
                 * @default false
                 */
                force?: boolean;
                /**
                 * @description Refuses to remove the entry point until an update says `false`.
                 * @default false
                 */
                protected?: boolean;
                /**
                 * @description Time that the job may wait in line; then it has failed, with nothing changed. 0: not at all.
                 * @default 86400
                 */
                queueSeconds?: number;
            };
            /** @description Cookie stickiness policies of Classic Load Balancers. 20 in a request are a limit of ours. */
            stickinessPolicies?: components["schemas"]["StickinessPolicy"][];
            /**
             * @description Target groups of VPC Lattice. 20 in a request are a limit of ours.
             * @default []
             */
            targetGroups?: components["schemas"]["TargetGroup"][];
        };
        /** @description Changes made outside Gatehouse, member by member. */
        Drift: {
            entryPoint: string;
            resources: {
                differences: {
                    expected?: unknown;
                    found?: unknown;
                    member: string;
                }[];
                id: string;
                kind: string;
                /** @description Why the resource could not be read. */
                problem?: components["schemas"]["JobProblem"];
                /** @enum {string} */
                state: "IN_SYNC" | "DRIFTED" | "MISSING" | "UNKNOWN";
                step: string;
                title: string;
            }[];
            /**
             * @description UNKNOWN: a resource could not be read, and no other resource has drifted.
             * @enum {string}
             */
            state: "IN_SYNC" | "DRIFTED" | "UNKNOWN";
        };
        EndpointGroup: {
            /**
             * @description Where the traffic goes. One call takes ten.
             * @default []
             */
            endpoints?: {
                /** @description The cross-account attachment that shares an endpoint of another account. */
                attachmentArn?: string;
                /** @description Whether the endpoint sees the client's address. When left out AWS decides by the kind of endpoint: on for Application Load Balancers and instances. Elastic IPs do not support it. */
                clientIPPreservationEnabled?: boolean;
                /** @description A load balancer's ARN, an Elastic IP's allocation id or an instance's id, in the group's region; the ARN of any of them when it belongs to another account. */
                endpointId: string;
                /**
                 * @description The endpoint's share of the group's traffic, in proportion to the other weights; 0 sends it none. The default is ours, as AWS documents none.
                 * @default 128
                 */
                weight?: number;
            }[];
            /**
             * @description Time between two checks of an endpoint.
             * @default 30
             * @enum {number}
             */
            healthCheckIntervalSeconds?: 10 | 30;
            /**
             * @description What an HTTP or HTTPS check asks for. A TCP check ignores it.
             * @default /
             */
            healthCheckPath?: string;
            /** @description The port that is checked. When left out AWS takes the first of the listener's ports. */
            healthCheckPort?: number;
            /**
             * @description How Elastic IPs and instances are checked; for load balancers their own health checks count.
             * @default TCP
             * @enum {string}
             */
            healthCheckProtocol?: "TCP" | "HTTP" | "HTTPS";
            /**
             * @description Listener ports that arrive at another port of the endpoints.
             * @default []
             */
            portOverrides?: {
                /** @description The port of the endpoints that it is sent to; outside all of the listener's ranges. */
                endpointPort: number;
                /** @description A port of the listener's ranges. */
                listenerPort: number;
            }[];
            /** @description The region of all endpoints of the group. A listener has one group per region. */
            region: string;
            /**
             * @description So many checks in a row make a healthy endpoint unhealthy, or an unhealthy one healthy.
             * @default 3
             */
            thresholdCount?: number;
            /**
             * @description The part of the traffic meant for this region that it gets; 0 sends it none.
             * @default 100
             */
            trafficDialPercentage?: number;
        };
        /** @description An entry point with its cloud resources. */
        EntryPoint: {
            cloud: string;
            /** @description The last job that changed the entry point. */
            lastJob: string;
            /** @description What the stuck job of this entry point could not delete or restore, until an action resolves it. */
            leftovers?: {
                /** @description The id of the resource in the cloud, if known. */
                id?: string;
                problem: components["schemas"]["JobProblem"];
                step: string;
                title: string;
            }[];
            links: {
                job: string;
                jobs: string;
                runningJob?: string;
                self: string;
                stuckJob?: string;
            };
            name: string;
            /** @description The account and role that first requested the entry point. */
            owner: string;
            /**
             * @description Present if the entry point cannot be removed until an update sets `options.protected: false`.
             * @constant
             */
            protected?: true;
            /** @description The cloud resources of the entry point, with their cloud ids. */
            resources: {
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
            }[];
            /** Format: date-time */
            since: string;
            /** @description The request that was last applied, with every default filled in. */
            spec: unknown;
        };
        /** @description An entry point as it appears in a list. */
        EntryPointSummary: {
            cloud: string;
            links: {
                job: string;
                jobs: string;
                self: string;
            };
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
        ForwardingRule: {
            /** @description The name of the rule, which it is found by: unique in the request. */
            name: string;
            /** @description The rule with the smallest number comes first. Unique in the request. */
            priority: number;
            /** @description In this order. The last one forwards, redirects, answers or drops. */
            ruleActions: ({
                /** @description The name of a virtual group of this request. */
                endpointGroup: string;
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "ForwardGroup";
            } | {
                /**
                 * @description The status code of the answer.
                 * @default 301
                 * @enum {number}
                 */
                code?: 301 | 302 | 303 | 307 | 308;
                /** @description To which domain. Left out, that of the request. */
                domain?: string;
                /** @description To which path. Left out, that of the request. */
                path?: string;
                /** @description To which port. Left out, that of the request. */
                port?: number;
                /**
                 * @description To which protocol. Left out, that of the request.
                 * @enum {string}
                 */
                protocol?: "HTTP" | "HTTPS";
                /** @description To which query. Left out, that of the request. */
                query?: string;
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "Redirect";
            } | {
                /** @description The status code of the answer. */
                code: number;
                /**
                 * @description The content of the answer.
                 * @default
                 */
                content?: string;
                /**
                 * @description The type of the content.
                 * @default text/plain
                 * @enum {string}
                 */
                contentType?: "text/plain" | "text/css" | "text/html" | "application/javascript" | "application/json";
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "FixResponse";
            } | {
                /** @description The domain that the endpoint sees. */
                domain?: string;
                /** @description The path that the endpoint sees. */
                path?: string;
                /** @description The query that the endpoint sees. */
                query?: string;
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "Rewrite";
            } | {
                /** @description The headers that are added. */
                headers: {
                    /** @description The name of the header. */
                    name: string;
                    /**
                     * @description Whether `value` is the value, the header that it is taken from, or `ClientSrcIp`.
                     * @default user-defined
                     * @enum {string}
                     */
                    type?: "user-defined" | "ref" | "system-defined";
                    /** @description Depends on `type`. */
                    value: string;
                }[];
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "AddHeader";
            } | {
                /** @description The headers that are taken away. */
                headers: string[];
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "RemoveHeader";
            } | {
                /**
                 * @description What is done with a request.
                 * @constant
                 */
                type: "Drop";
            })[];
            /** @description All of them have to hold. Those for a domain and a path are known to every instance. */
            ruleConditions: ({
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "Host";
                /** @description The domain is one of them. A rule has one such condition. */
                values: string[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "Path";
                /** @description The path is one of them. */
                values: string[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "RequestHeader";
                /** @description A header has one of its values. */
                values: {
                    /** @description What it is called. */
                    key: string;
                    /** @description One of them has to be its value. */
                    values: string[];
                }[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "Query";
                /** @description A parameter has one of its values. */
                values: {
                    /** @description What it is called. */
                    key: string;
                    /** @description One of them has to be its value. */
                    values: string[];
                }[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "Cookie";
                /** @description A cookie has one of its values. */
                values: {
                    /** @description What it is called. */
                    key: string;
                    /** @description One of them has to be its value. */
                    values: string[];
                }[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "Method";
                /** @description The method is one of them. */
                values: ("HEAD" | "GET" | "POST" | "OPTIONS" | "PUT" | "PATCH" | "DELETE")[];
            } | {
                /**
                 * @description What of a request is looked at.
                 * @constant
                 */
                type: "SourceIP";
                /** @description The client is one of them. A rule has one such condition. */
                values: (string)[];
            })[];
        };
        /** @description A job: the durable record of serving one request. */
        Job: {
            /** @description The actions that the job allows now. */
            allowedActions: ("cancel" | "retry" | "skip" | "forget")[];
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            cloud: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description The deadline. If the job is still running by then, it rolls back.
             */
            deadlineAt?: string;
            /** Format: date-time */
            endedAt?: string;
            entryPoint: string;
            error?: components["schemas"]["JobProblem"];
            events: components["schemas"]["JobEvent"][];
            id: string;
            /** @description What a rollback or a removal could not delete or restore. */
            leftovers?: {
                /** @description The id of the resource in the cloud, if known. */
                id?: string;
                problem: components["schemas"]["JobProblem"];
                step: string;
                title: string;
            }[];
            links: {
                self: string;
            };
            operation: string;
            /** @description The position of the job in each of its queues, while it waits. */
            queues?: components["schemas"]["QueuePosition"][];
            /**
             * Format: date-time
             * @description When the job stops waiting in its queues and fails, unless it has begun by then.
             */
            queueUntil?: string;
            /** @description The account and role that requested the job. */
            requester: string;
            /** @description Who abandoned the stuck job, when and why. Gatehouse does nothing more for it. */
            resolution?: {
                /** Format: date-time */
                at: string;
                /** @description The account and role that abandoned the job. */
                by: string;
                /** @description The leftovers at that time. */
                leftovers: {
                    /** @description The id of the resource in the cloud, if known. */
                    id?: string;
                    problem: components["schemas"]["JobProblem"];
                    step: string;
                    title: string;
                }[];
                /** @description The reason that was given. */
                reason: string;
            };
            /** @description The leftovers that were skipped with the action `skip`. */
            skipped?: {
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
            }[];
            /** Format: date-time */
            startedAt?: string;
            status: components["schemas"]["JobStatus"];
            steps: components["schemas"]["Step"][];
            /** @description One sentence about the progress or outcome of the job. */
            summary: string;
        };
        /** @description An entry in the history of a job: a change of status or an action. */
        JobEvent: {
            /**
             * @description The action that was requested.
             * @enum {string}
             */
            action?: "cancel" | "retry" | "skip" | "forget";
            /** Format: date-time */
            at: string;
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            /** @description The account and role that requested the action. */
            by?: string;
            problem?: components["schemas"]["JobProblem"];
            /** @description The reason that was given. */
            reason?: string;
            /** @description 1, 2, 3, ... for each job, without gaps. */
            sequence: number;
            status: components["schemas"]["JobStatus"];
            /** @description With `skip`: the step that was skipped. */
            step?: string;
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
        /** @description A job as it appears in a list. */
        JobSummary: {
            /** @description The attempt of the job, counted from 1; 0 before the first attempt. */
            attempt: number;
            cloud: string;
            /** Format: date-time */
            createdAt: string;
            /**
             * Format: date-time
             * @description The deadline. If the job is still running by then, it rolls back.
             */
            deadlineAt?: string;
            /** Format: date-time */
            endedAt?: string;
            entryPoint: string;
            id: string;
            links: {
                self: string;
            };
            operation: string;
            /** @description The account and role that requested the job. */
            requester: string;
            /** Format: date-time */
            startedAt?: string;
            status: components["schemas"]["JobStatus"];
        };
        Listener: {
            /** @description The accelerator that the listener belongs to. It must exist. */
            acceleratorArn: string;
            /**
             * @description NONE spreads connections by address, port and protocol of both sides; SOURCE_IP keeps a client address on one endpoint, whatever port it uses.
             * @default NONE
             * @enum {string}
             */
            clientAffinity?: "NONE" | "SOURCE_IP";
            /** @description The ports that clients connect to. No port may belong to two ranges, nor to two listeners of one protocol on one accelerator. Ten ranges are a quota that AWS does not raise. */
            portRanges: {
                /** @description First port of the range, included. */
                fromPort: number;
                /** @description Last port of the range, included. */
                toPort: number;
            }[];
            /**
             * @description The protocol that clients speak.
             * @enum {string}
             */
            protocol: "TCP" | "UDP";
        };
        /** @description What a request would do, given the present state of the clouds. Nothing has been changed. */
        Plan: {
            cloud: string;
            entryPoint: string;
            /** @description The interruptions of traffic, of all steps. */
            interruptions: string[];
            operation: string;
            /** @description A hash of the spec, of the present state of the clouds and of the planner version. A job that is submitted with it as `If-Match` ends as FAILED with `PlanChanged` if its plan would be different. */
            planHash: string;
            steps: {
                /**
                 * @description create: creates the resource; adopt: takes over an existing resource; update: changes it in place; unchanged: the resource is already as requested; delete: deletes it; wait: waits until it is ready.
                 * @enum {string}
                 */
                act: "create" | "adopt" | "update" | "unchanged" | "delete" | "wait";
                /** @description The number of calls that change something in the cloud, if none has to be repeated. */
                calls: number;
                changes: {
                    from?: unknown;
                    /** @description The member, as a path such as `config.healthCheck`. */
                    member: string;
                    to?: unknown;
                }[];
                /** @description The id of the existing resource in the cloud. */
                cloudId?: string;
                id: string;
                /** @description How the step interrupts traffic, if it does. */
                interruption?: string;
                /** @description The kind of the cloud resource. */
                kind: string;
                /** @description Why the step is needed, if the act alone does not explain it. */
                reason?: string;
                title: string;
            }[];
            /** @description Quotas that are nearly used up, and settings that can have an unexpected effect. */
            warnings: string[];
        };
        /** @description An error, as RFC 9457 defines it. */
        Problem: {
            /** @description With `ActionNotAllowed`: the actions that the job allows now. */
            allowedActions?: ("cancel" | "retry" | "skip" | "forget")[];
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
        /** @description The position of a waiting job in one queue. */
        QueuePosition: {
            /** @description The id of the job that holds the queue. */
            heldBy?: string;
            /** @description What the job that holds the queue is doing. A stuck job holds the queue until an action resolves it. */
            holder?: {
                entryPoint: string;
                status: components["schemas"]["JobStatus"];
                /**
                 * Format: date-time
                 * @description When the holder leaves its present status at the latest.
                 */
                until?: string;
            };
            /** @description Position 1 is the head of the queue and holds it. */
            position: number;
            /** @description The queue of an entry point, an accelerator or a load balancer, which only one job at a time may change. */
            queue: string;
        };
        /** @description An entry point that a team asks for. */
        Request: components["schemas"]["AwsRequest"] | components["schemas"]["AlicloudRequest"];
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
            changes?: {
                from?: unknown;
                /** @description The member, as a path such as `config.healthCheck`. */
                member: string;
                to?: unknown;
            }[];
            /** @description The id of the resource in the cloud, once known. */
            cloudId?: string;
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
            undo?: {
                calls: number;
                error?: components["schemas"]["JobProblem"];
                /** Format: date-time */
                nextPollAt?: string;
                /** Format: date-time */
                since: string;
            };
            /** @description What the step waits for in the cloud, when it polls next, and how often it has polled. */
            waitingFor?: {
                /** Format: date-time */
                nextPollAt: string;
                polls: number;
                reason: string;
            };
        };
        StickinessPolicy: {
            /** @description How long the load balancer's own cookie holds. Left out, or 0, it holds as long as the browser's session. */
            cookieExpirationPeriod?: number;
            /** @description The application's cookie that the policy follows, instead of one of the load balancer's own. */
            cookieName?: string;
            /** @description The load balancer that gets the policy. It must exist. */
            loadBalancerName: string;
            /** @description The ports of the load balancer that get the policy, each an HTTP or HTTPS listener. A port has one stickiness policy. */
            loadBalancerPorts: number[];
            /** @description The name of the policy, unique on its load balancer. 128 characters are a limit of ours. */
            policyName: string;
            /** @description The region of the load balancer. When left out it is the one that Gatehouse runs in. */
            region?: string;
            /**
             * @description Whether a stickiness policy that a port has already may be taken off it.
             * @default false
             */
            replace?: boolean;
        };
        TargetGroup: {
            /** @description What AWS cannot change later, but for the health check. */
            config: {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /**
                 * @description The port on which the targets listen.
                 * @default 80
                 */
                port?: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTP";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            } | {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /**
                 * @description The port on which the targets listen.
                 * @default 443
                 */
                port?: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTPS";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            } | {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /** @description The port on which the targets listen. */
                port: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "TCP";
                /** @description Not allowed: TCP has no protocol version. */
                protocolVersion?: unknown;
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            };
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. When left out it is the one that Gatehouse runs in. */
            region?: string;
            /**
             * @description Tags of the target group, at most 48 besides those of Gatehouse.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description Where the traffic goes. A request has at most 1000 targets in all of its groups.
             * @default []
             */
            targets?: {
                /** @description The id of an EC2 instance in the group's VPC. */
                id: string;
                /** @description The port on which the target listens. When left out it is the group's. */
                port?: number;
            }[];
            /**
             * @description What the targets are.
             * @constant
             */
            type: "INSTANCE";
        } | {
            /** @description What AWS cannot change later, but for the health check. */
            config: {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /**
                 * @description The family of the addresses that are the targets.
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
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTP";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            } | {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /**
                 * @description The family of the addresses that are the targets.
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
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTPS";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            } | {
                /** @description How the targets are checked. When left out AWS decides by the protocol version. */
                healthCheck?: {
                    /** @description Whether targets are checked. When left out AWS decides by the protocol version: on for HTTP1; off for HTTP2, GRPC and TCP groups. */
                    enabled?: boolean;
                    /**
                     * @description About the time between two checks of a target.
                     * @default 30
                     */
                    healthCheckIntervalSeconds?: number;
                    /**
                     * @description The time that a target has to answer; below the interval.
                     * @default 5
                     */
                    healthCheckTimeoutSeconds?: number;
                    /**
                     * @description So many good answers in a row make an unhealthy target healthy.
                     * @default 5
                     */
                    healthyThresholdCount?: number;
                    /**
                     * @description Which answers are good.
                     * @default {}
                     */
                    matcher?: {
                        /**
                         * @description The HTTP codes that are good answers: codes and ranges of them.
                         * @default 200
                         */
                        httpCode?: string;
                    };
                    /**
                     * @description What targets are asked for.
                     * @default /
                     */
                    path?: string;
                    /** @description The port that is checked. When left out it is the one on which the target gets its traffic. */
                    port?: number;
                    /**
                     * @description How targets are asked, whatever the protocol of the group.
                     * @default HTTP
                     * @enum {string}
                     */
                    protocol?: "HTTP" | "HTTPS";
                    /**
                     * @description The version of HTTP that targets are asked in.
                     * @default HTTP1
                     * @enum {string}
                     */
                    protocolVersion?: "HTTP1" | "HTTP2";
                    /**
                     * @description So many failed checks in a row make a healthy target unhealthy.
                     * @default 2
                     */
                    unhealthyThresholdCount?: number;
                };
                /**
                 * @description The family of the addresses that are the targets.
                 * @default IPV4
                 * @enum {string}
                 */
                ipAddressType?: "IPV4" | "IPV6";
                /** @description The port on which the targets listen. */
                port: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "TCP";
                /** @description Not allowed: TCP has no protocol version. */
                protocolVersion?: unknown;
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            };
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. When left out it is the one that Gatehouse runs in. */
            region?: string;
            /**
             * @description Tags of the target group, at most 48 besides those of Gatehouse.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description Where the traffic goes. A request has at most 1000 targets in all of its groups.
             * @default []
             */
            targets?: {
                /** @description An address inside the group's VPC, of the group's `ipAddressType`. */
                id: string;
                /** @description The port on which the target listens. When left out it is the group's. */
                port?: number;
            }[];
            /**
             * @description What the targets are.
             * @constant
             */
            type: "IP";
        } | {
            /** @description What AWS cannot change later, but for the health check. */
            config: {
                /**
                 * @description The port on which the targets listen.
                 * @default 80
                 */
                port?: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTP";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            } | {
                /**
                 * @description The port on which the targets listen.
                 * @default 443
                 */
                port?: number;
                /**
                 * @description The protocol that the targets are spoken to in.
                 * @constant
                 */
                protocol: "HTTPS";
                /**
                 * @description The version of the protocol that the targets are spoken to in.
                 * @default HTTP1
                 * @enum {string}
                 */
                protocolVersion?: "HTTP1" | "HTTP2" | "GRPC";
                /** @description The VPC that the targets are in. It must exist. */
                vpcIdentifier: string;
            };
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. When left out it is the one that Gatehouse runs in. */
            region?: string;
            /**
             * @description Tags of the target group, at most 48 besides those of Gatehouse.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description Where the traffic goes: one target, a quota that AWS does not raise.
             * @default []
             */
            targets?: {
                /** @description The ARN of an internal Application Load Balancer in the group's VPC and account. */
                id: string;
                /** @description The port on which the target listens. When left out it is the group's. */
                port?: number;
            }[];
            /**
             * @description What the targets are.
             * @constant
             */
            type: "ALB";
        } | {
            /**
             * @description What AWS cannot change later, but for the health check.
             * @default {}
             */
            config?: {
                /**
                 * @description The version of the events that the function gets.
                 * @default V1
                 * @enum {string}
                 */
                lambdaEventStructureVersion?: "V1" | "V2";
            };
            /** @description The name of the target group, unique in its account and region. */
            name: string;
            /** @description The region of the target group. When left out it is the one that Gatehouse runs in. */
            region?: string;
            /**
             * @description Tags of the target group, at most 48 besides those of Gatehouse.
             * @default {}
             */
            tags?: {
                [key: string]: string;
            };
            /**
             * @description Where the traffic goes: one target, a quota that AWS does not raise.
             * @default []
             */
            targets?: {
                /** @description The ARN of a Lambda function in the group's region; a version or an alias may follow. */
                id: string;
            }[];
            /**
             * @description What the targets are.
             * @constant
             */
            type: "LAMBDA";
        };
        ValidationIssue: {
            /** @description What is wrong at this location and what is expected. */
            detail: string;
            /** @description The location: a JSON pointer (RFC 6901) into the request, empty for the whole request. */
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
                    "application/json": {
                        items: components["schemas"]["EntryPointSummary"][];
                        /** @description Absent on the last page only. If few items match the filters, an earlier page can be short or even empty. */
                        nextPageToken?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        /** @constant */
                        status: "ok";
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        items: components["schemas"]["JobSummary"][];
                        /** @description Absent on the last page only. If few items match the filters, an earlier page can be short or even empty. */
                        nextPageToken?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                "application/json": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                };
                "application/yaml": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        items: components["schemas"]["JobEvent"][];
                        /** @description Pass this as `after` to continue from here. */
                        next: number;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
                "application/json": {
                    /** @description The reason, kept in the history of the job. */
                    reason: string;
                };
                "application/yaml": {
                    /** @description The reason, kept in the history of the job. */
                    reason: string;
                };
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
                    "application/json": {
                        message?: string;
                    };
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
                "application/json": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                };
                "application/yaml": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                };
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
                    "application/json": {
                        message?: string;
                    };
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
                "application/json": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                    /** @description The leftover to skip: the `step` of an item in the `leftovers` of the job. */
                    step: string;
                };
                "application/yaml": {
                    /** @description The reason, kept in the history of the job. */
                    reason?: string;
                    /** @description The leftover to skip: the `step` of an item in the `leftovers` of the job. */
                    step: string;
                };
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
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
            /** @description Too many requests. This answer comes from API Gateway; wait before you send the request again. */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        message?: string;
                    };
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
                    "application/json": {
                        message?: string;
                    };
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
