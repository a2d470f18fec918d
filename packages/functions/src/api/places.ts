// A bounded number of places for calls that occupy a function or the quotas of a cloud. A place is an item in the table with
// the instant until which it is taken, so the bound holds over all functions, and a crashed holder loses its place by itself.
import { toStepError } from '@gatehouse/core/ports/errors';
import type { Key, TablePorts } from '@gatehouse/core/ports/ports';

export type Place = Key<{ until: number }>;

/** Returns a function that gives the place back; undefined if all of these places are taken. */
export async function takePlace(
  { store, clock, log }: TablePorts,
  places: readonly Place[],
  until: number,
): Promise<(() => Promise<void>) | undefined> {
  for (const key of places) {
    const present = await store.get(key);
    if (present && present.value.until > clock.now().getTime()) continue;
    const taken = await store.put(key, { until }, present?.version ?? 0);
    if (!taken.written) continue;
    return async () => {
      await store
        .remove(key, taken.version)
        .catch(thrown =>
          log.error('a place stays taken until its time is over', { error: toStepError(thrown) }),
        );
    };
  }
  return undefined;
}
