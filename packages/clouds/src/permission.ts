// What a role has to allow, as data and free of any SDK: a deployment makes IAM statements of it. Whose permissions
// they are stands beside the resource, in the permissions.ts of its cloud API.

/** Actions of one kind of AWS resource. */
export interface Permission {
  /** The prefix of IAM actions, which is what requests are signed for, too. */
  service: string;
  operations: readonly string[];
  /** An ARN after its partition, `{account}` to be filled in; `*` where the service has no narrower. */
  on: string;
  /** Why it is `*`, or why it is here although no code of ours makes the call. */
  reason?: string;
  /** The service makes this call in our name while it serves one of ours. */
  onBehalf?: true;
  condition?: { test: string; variable: string; values: string[] };
}

export function isRead(operation: string): boolean {
  return /^(Describe|Get|List)/.test(operation);
}

/** Without what changes anything: for who only looks. */
export function readsOf(permissions: readonly Permission[]): Permission[] {
  return permissions.flatMap(permission => {
    const operations = permission.operations.filter(isRead);
    return operations.length > 0 && !permission.onBehalf ? [{ ...permission, operations }] : [];
  });
}
