// The way out for a resource that already exists: an entry point can adopt it.

/** Continues an advice, unless the request already adopts. */
export function orAdopt(options: { adopt: boolean } | undefined): string {
  return options?.adopt ? '' : ', or set options.adopt: true if it has no owner and matches exactly';
}
