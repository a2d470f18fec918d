// The access keys of the account. They open nothing but this twin: whoever signs with another one is not
// known here.

/** Secrets by id; the second is somebody else's in the same account. */
export const accessKeys: ReadonlyMap<string, string> = new Map([
  ['twin', 'twin-secret'],
  ['colleague', 'colleague-secret'],
]);
