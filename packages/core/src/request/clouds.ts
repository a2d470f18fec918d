// The supported clouds, and the check that an installation has the cloud of a request enabled. The check runs before
// anything is written.

import { shown, type ValidationIssue } from '../json/validation-issues.ts';
import type { Problem } from '../ports/errors.ts';

export const CLOUDS = ['aws', 'alicloud'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** `on`: the clouds that are enabled here, by default all. The schema reports an unknown cloud. */
export function cloudIssues(cloud: unknown, on: readonly Cloud[] = CLOUDS): ValidationIssue[] {
  const known = CLOUDS.find(each => each === cloud);
  if (!known || on.includes(known)) return [];
  return [
    { pointer: '/cloud', detail: `${shown(cloud)} is not enabled here; this installation has ${list(on)}` },
  ];
}

/** For a removal, whose request may omit the cloud of its entry point. */
export function cloudNotEnabled(
  { name, cloud }: { name: string; cloud: string },
  on: readonly Cloud[] | undefined,
): Problem | undefined {
  if (cloudIssues(cloud, on).length === 0) return undefined;
  const message = `${name} is on ${cloud}, which is not enabled here; the operator of this installation can enable it`;
  return { code: 'InvalidRequest', message, retryable: false };
}

function list(on: readonly Cloud[]): string {
  return on.map(each => `\`${each}\``).join(' and ');
}
