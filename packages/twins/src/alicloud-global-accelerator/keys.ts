// The access keys of the account. They open nothing but this twin: whoever signs with another one is not
// known here.

export interface AccessKey {
  secret: string;
  /** Of temporary credentials, which are not taken without it. */
  securityToken?: string;
}

/** By id; the second is somebody else's in the same account. */
export const accessKeys: ReadonlyMap<string, AccessKey> = new Map([
  ['twin', { secret: 'twin-secret' }],
  ['colleague', { secret: 'colleague-secret' }],
  ['temporary', { secret: 'temporary-secret', securityToken: 'temporary-token' }],
]);
