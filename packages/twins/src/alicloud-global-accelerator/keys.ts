// The access keys of the account. They are valid in this twin only, and it refuses all others.

export interface AccessKey {
  secret: string;
  /** Of temporary credentials, which are refused without it. */
  securityToken?: string;
}

/** By id; the second belongs to another user of the same account. */
export const accessKeys: ReadonlyMap<string, AccessKey> = new Map([
  ['twin', { secret: 'twin-secret' }],
  ['colleague', { secret: 'colleague-secret' }],
  ['temporary', { secret: 'temporary-secret', securityToken: 'temporary-token' }],
]);
