// The kinds of cloud object that Gatehouse manages. Add a new kind here first: the compiler then demands the rest.

export type Kind =
  | 'listener'
  | 'endpointGroup'
  | 'accelerator'
  | 'targetGroup'
  | 'targets'
  | 'stickinessPolicy'
  | 'policyAttachment'
  | 'alicloudListener'
  | 'additionalCertificate'
  | 'alicloudEndpointGroup'
  | 'forwardingRule';
