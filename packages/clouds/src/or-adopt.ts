// The way out for a resource that already exists: an entry point can adopt it.
import type { Request } from '@gatehouse/core/request/request';

/** Continues an advice, unless the request already adopts. */
export function orAdopt({ options }: Pick<Request, 'options'>): string {
  return options.adopt ? '' : ', or set options.adopt: true if it has no owner and matches exactly';
}
