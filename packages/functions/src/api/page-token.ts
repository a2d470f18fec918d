// Page tokens: opaque to callers, bound to the filters that they were made for.

export function writePageToken(filters: string, next: string): string {
  return Buffer.from(JSON.stringify({ filters, next })).toString('base64url');
}

/** Where to go on; undefined for what is no token of ours or belongs to other filters. */
export function readPageToken(filters: string, token: string): string | undefined {
  try {
    const read: unknown = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (typeof read !== 'object' || read === null || !('filters' in read) || !('next' in read))
      return undefined;
    if (read.filters !== filters || typeof read.next !== 'string') return undefined;
    return read.next;
  } catch {
    return undefined;
  }
}
