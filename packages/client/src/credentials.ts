// Where Node finds credentials: as the AWS CLI and SDKs do.
export { defaultProvider as defaultCredentials } from '@aws-sdk/credential-provider-node';
