// Signs requests with SigV4, for an API behind API Gateway with IAM authorization. The credentials are those of the AWS CLI
// and SDKs: environment, profile, SSO, container, instance. The first call loads the code that finds them.
import type { SignatureV4 } from '@smithy/signature-v4';

export interface AwsIdentity {
  region: string;
  /** Used instead of the default provider chain; required in a browser, which has no chain. */
  credentials?: () => Promise<{ accessKeyId: string; secretAccessKey: string; sessionToken?: string }>;
}

/** The region in a URL of API Gateway; undefined for any other URL. */
export function regionOfApiGateway(url: string): string | undefined {
  return /^[^.]+\.execute-api\.([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/.exec(new URL(url).hostname)?.[1];
}

export function signedBy(identity: AwsIdentity): (request: Request) => Promise<Request> {
  let loaded: Promise<SignatureV4> | undefined;
  return async request => {
    loaded ??= signer(identity);
    const body = await request.clone().text();
    const { hostname, host, pathname, searchParams, protocol } = new URL(request.url);
    const signed = await (await loaded).sign({
      method: request.method,
      protocol,
      hostname,
      path: pathname,
      query: Object.fromEntries(searchParams),
      headers: { ...Object.fromEntries(request.headers), host },
      body,
    });
    const { host: _, ...headers } = signed.headers;
    return new Request(request, { headers });
  };
}

async function signer({ region, credentials }: AwsIdentity): Promise<SignatureV4> {
  const [{ SignatureV4 }, { Sha256 }] = await Promise.all([
    import('@smithy/signature-v4'),
    import('@aws-crypto/sha256-js'),
  ]);
  return new SignatureV4({
    service: 'execute-api',
    region,
    credentials: credentials ?? (await import('#credentials')).defaultCredentials(),
    sha256: Sha256,
  });
}
