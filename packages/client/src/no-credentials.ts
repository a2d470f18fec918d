// Stands for credentials.ts in a browser, which has no environment, profiles or instance to find credentials in.

export function defaultCredentials(): never {
  throw new TypeError(
    'a browser has no AWS credentials of its own; give the client `aws.credentials` or a `token`',
  );
}
