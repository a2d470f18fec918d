// The kinds of cloud object that Gatehouse manages. A new one begins here: the compiler then asks for the rest.

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
