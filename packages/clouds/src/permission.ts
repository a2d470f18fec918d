// Permissions as data, independent of any SDK: a deployment derives IAM statements from them. The permissions.ts of each
// cloud API lists them by resource.

/** Actions of one kind of AWS resource. */
export interface Permission {
  /** The prefix of IAM actions, which is also the service name in signatures. */
  service: string;
  operations: readonly string[];
  /** An ARN after its partition, with the placeholder `{account}`; `*` if the service supports nothing narrower. */
  on: string;
  /** Why it is `*`, or why it is needed although no code of ours makes the call. */
  reason?: string;
  /** The service makes this call on our behalf, as part of one of our calls. */
  onBehalf?: true;
  condition?: { test: string; variable: string; values: string[] };
}

export function isRead(operation: string): boolean {
  return /^(Describe|Get|List)/.test(operation);
}

/** The read-only subset. */
export function readsOf(permissions: readonly Permission[]): Permission[] {
  return permissions.flatMap(permission => {
    const operations = permission.operations.filter(isRead);
    return operations.length > 0 && !permission.onBehalf ? [{ ...permission, operations }] : [];
  });
}
