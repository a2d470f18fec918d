// The writes of a run, counted over all its Lambdas. A planned death kills a Lambda right before or right after one of
// them.
import type { Store } from '@gatehouse/core/ports/ports';
import type { VirtualClock } from './clock.ts';
import type { LambdaFaults } from './lambda-faults.ts';
import type { LambdaLife } from './lambda-life.ts';

/** Counts the writes of one world. */
export class Writes {
  readonly #faults: LambdaFaults;
  readonly #clock: VirtualClock;
  /** All writes that Lambdas have tried. */
  tried = 0;
  /** The writes that the table accepted, because the item had the expected version. */
  taken = 0;
  /** Every cloud id that the ledger has ever contained, with its step. */
  readonly stepOfCloudId = new Map<string, string>();

  constructor(faults: LambdaFaults, clock: VirtualClock) {
    this.#faults = faults;
    this.#clock = clock;
  }

  /** Carries out one write of a Lambda. Throws if the Lambda dies at it, or has died before. */
  async carryOut<T>(life: LambdaLife, key: string, write: () => Promise<T>): Promise<T> {
    await life.reachOut();
    this.#take();
    this.tried++;
    const death = this.#faults.dieAtWrite?.(this.tried, key);
    if (death === 'before') life.die();
    life.assertAlive();
    const done = await write();
    if (death === 'after') life.die();
    life.assertAlive();
    return done;
  }

  /** The table as one Lambda sees it. Only `put` counts as a write. */
  storeOf(life: LambdaLife, table: Store): Store {
    const see = (kind: 'read' | 'write', key: unknown) =>
      this.#faults.onCall?.({ ...life.of, kind, key: nameOf(key) });
    const reach = async <T>(key: unknown, act: () => Promise<T>): Promise<T> => {
      see('read', key);
      await life.reachOut();
      this.#take();
      return act();
    };
    return {
      get: key => reach(key, () => table.get(key)),
      many: keys => reach(keys, () => table.many(keys)),
      all: pk => reach(pk, () => table.all(pk)),
      list: (index, of, page) => reach(of, () => table.list(index, of, page)),
      remove: (key, version) => reach(key, () => table.remove(key, version)),
      put: (key, value, version, index) =>
        this.carryOut(life, `${key.pk} ${key.sk}`, async () => {
          see('write', key);
          const outcome = await table.put(key, value, version, index);
          if (outcome.written) this.#note(value);
          return outcome;
        }),
    };
  }

  /** A call of the table or of the bus takes its time. */
  #take(): void {
    this.#clock.advance(this.#faults.slow?.table ?? 0);
  }

  #note(value: unknown): void {
    this.taken++;
    if (isLedgerEntry(value)) this.stepOfCloudId.set(value.id, value.step);
  }
}

function isLedgerEntry(value: unknown): value is { id: string; step: string } {
  return typeof value === 'object' && value !== null && 'token' in value && 'id' in value;
}

function nameOf(key: unknown): string {
  if (Array.isArray(key)) return key.map(nameOf).join(', ');
  const isKey = typeof key === 'object' && key !== null && 'pk' in key && 'sk' in key;
  return isKey ? `${key.pk} ${key.sk}` : String(key);
}
