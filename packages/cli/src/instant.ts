// Instants on the command line: exact ones, days, and durations before now.
import { InvalidArgumentError } from 'commander';

const UNIT_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** The instant in ISO 8601, in UTC. */
export function instantOf(text: string): string {
  const [, count, unit = ''] = /^(\d{1,9})([smhd])$/.exec(text) ?? [];
  const at = count === undefined ? Date.parse(text) : Date.now() - Number(count) * (UNIT_MS[unit] ?? 0);
  // Date.parse accepts much more, and takes most of it for local time.
  const isExact = /^\d{4}-\d\d-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?$/.test(text);
  if ((count !== undefined || isExact) && !Number.isNaN(at)) return new Date(at).toISOString();
  throw new InvalidArgumentError(
    'Expected an instant such as 2026-03-01T12:00:00Z, a day such as 2026-03-01, or a time ago such as 2h.',
  );
}
