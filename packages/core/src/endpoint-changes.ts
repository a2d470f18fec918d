// What an update of a Global Accelerator endpoint group does to its endpoints: which go, and which traffic notices. Pure.
import type { Owned } from './owned.ts';
import type { Step } from './plan.ts';
import { listOf, type Members, membersOf, type Sighting } from './sighting.ts';

/** Endpoints that are asked for no more and still stand. */
export function endpointsLeaving({ desired }: Step, owned: Owned, { image }: Sighting): Members[] {
  const wanted = new Set(listOf(desired['endpoints']).map(endpoint => endpoint['endpointId']));
  const standing = membersOf(image['endpoints']);
  return listOf(owned.desired['endpoints']).filter(
    ({ endpointId }) => !wanted.has(endpointId) && String(endpointId) in standing,
  );
}

/** Switching an endpoint's client address preservation takes it out and in again. */
export function interruptionOf({ kind, desired, title }: Step, { image }: Sighting): string | undefined {
  if (kind !== 'endpointGroup') return undefined;
  const standing = membersOf(image['endpoints']);
  const switched = listOf(desired['endpoints'])
    .filter(({ endpointId, clientIPPreservationEnabled: wanted }) => {
      const found = standing[String(endpointId)];
      return (
        found !== undefined &&
        wanted !== undefined &&
        membersOf(found)['clientIPPreservationEnabled'] !== wanted
      );
    })
    .map(endpoint => endpoint['endpointId']);
  if (switched.length === 0) return undefined;
  return `${title}: ${switched.join(', ')} is taken out and put in again, as client IP preservation is switched`;
}
