// Twins for a test: virtual time, no socket, the real SDK client in front.
import {
  CreateEndpointGroupCommand,
  CreateListenerCommand,
  type CreateListenerCommandInput,
  GlobalAcceleratorClient,
} from '@aws-sdk/client-global-accelerator';
import { handlerFor } from '@gatehouse/local/http/request-handler';
import { createTwins } from '@gatehouse/twins/twins';

export const edge =
  'arn:aws:globalaccelerator::123456789012:accelerator/1234abcd-abcd-1234-abcd-1234abcdef01';
export const internal =
  'arn:aws:globalaccelerator::123456789012:accelerator/5678dcba-dcba-5678-dcba-5678dcba5602';
export const foreignListener = `${edge}/listener/0f9e8d7c`;
export const foreignGroup = `${foreignListener}/endpoint-group/6b5a49382716`;

const elb = 'arn:aws:elasticloadbalancing:eu-west-1:123456789012:loadbalancer';
export const publicAlb = `${elb}/app/checkout-alb/50dc6c495c0c9188`;
export const internalAlb = `${elb}/app/backoffice-alb/50dc6c495c0c9189`;
export const securedNlb = `${elb}/net/ingest-nlb/50dc6c495c0c918a`;
export const plainNlb = `${elb}/net/legacy-nlb/50dc6c495c0c918b`;
export const privateNlb = `${elb}/net/private-nlb/50dc6c495c0c918c`;
export const dualAlb = `${elb}/app/dual-alb/50dc6c495c0c918d`;
export const dualNlb = `${elb}/net/dual-nlb/50dc6c495c0c918e`;
export const elasticIp = 'eipalloc-50dc6c495c0c918c0';
export const instance = 'i-50dc6c495c0c918d0';
export const usAlb =
  'arn:aws:elasticloadbalancing:us-east-1:123456789012:loadbalancer/app/shop-alb/8a3f09d27be16488';
export const sharedAlb =
  'arn:aws:elasticloadbalancing:eu-west-1:210987654321:loadbalancer/app/shared-alb/7f2c1d9be4a05863';
export const attachment =
  'arn:aws:globalaccelerator::210987654321:attachment/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9';

export const startedAt = Date.UTC(2026, 5, 1, 12);

interface Options {
  dataDir?: string;
  timeScale?: number;
  at?: number;
  wallClock?: () => number;
  /** In place of one that moves the clock at once. */
  sleep?: (ms: number) => Promise<void>;
}

export function startTwins(options: Options = {}) {
  const clock = { now: options.at ?? startedAt };
  const twins = createTwins({
    seed: 'test',
    timeScale: options.timeScale ?? 1,
    now: () => clock.now,
    sleep:
      options.sleep ??
      (async ms => {
        clock.now += ms;
      }),
    ...(options.dataDir ? { dataDir: options.dataDir } : {}),
    ...(options.wallClock ? { wallClock: options.wallClock } : {}),
  });
  const control = async (method: string, path: string, body?: unknown) => {
    const answer = await twins.control({
      method,
      path: `/_twin/${path}`,
      headers: {},
      body: typeof body === 'string' ? body : JSON.stringify(body ?? null),
    });
    if (answer === 'dropped') throw new Error('a control call is always answered');
    return { status: answer.status, text: answer.body, json: JSON.parse(answer.body) };
  };
  const client = clientIn('us-west-2', twins.request);
  return {
    twins,
    clock,
    client,
    control,
    set: (switches: Record<string, string | number>) =>
      control('PUT', 'switches', { globalaccelerator: switches }),
    faults: (...faults: object[]) =>
      control(
        'PUT',
        'faults',
        faults.map(fault => ({ service: 'globalaccelerator', times: 1, ...fault })),
      ),
    calls: async (query = '') => (await control('GET', `calls${query}`)).json,
    picture: async () => (await control('GET', 'resources')).text,
    createListener: async (port: number, more: Partial<CreateListenerCommandInput> = {}) => {
      const { Listener } = await client.send(
        new CreateListenerCommand({
          AcceleratorArn: internal,
          PortRanges: [{ FromPort: port, ToPort: port }],
          Protocol: 'TCP',
          ...more,
        }),
      );
      return String(Listener?.ListenerArn);
    },
    createGroup: async (ListenerArn: string, more: object = {}) => {
      const { EndpointGroup } = await client.send(
        new CreateEndpointGroupCommand({
          ListenerArn,
          EndpointGroupRegion: 'eu-west-1',
          ...more,
        }),
      );
      return String(EndpointGroup?.EndpointGroupArn);
    },
  };
}

type Request = Parameters<typeof handlerFor>[0];

export function clientIn(region: string, request: Request) {
  return new GlobalAcceleratorClient(configOf(region, request));
}

/** What any SDK client needs to reach a twin without a socket; a call that fails is not sent again. */
export function configOf(region: string, request: Request) {
  return {
    region,
    endpoint: 'http://twin',
    maxAttempts: 1,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    requestHandler: handlerFor(request),
  };
}

/** For assert.rejects: an error of this name. */
export function named(name: string) {
  return (error: unknown) => error instanceof Error && error.name === name;
}
