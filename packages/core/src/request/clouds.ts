// Which clouds there are, and what an installation says that has not all of them: it refuses what is of another before
// anything is written.

import { shown, type ValidationIssue } from '../json/validation-issues.ts';
import type { Problem } from '../ports/errors.ts';

export const CLOUDS = ['aws', 'alicloud'] as const;
export type Cloud = (typeof CLOUDS)[number];

/** `on`: the clouds of this installation; all of them where it says nothing. A cloud that nobody knows is not its mistake. */
export function cloudIssues(cloud: unknown, on: readonly Cloud[] = CLOUDS): ValidationIssue[] {
  const known = CLOUDS.find(each => each === cloud);
  if (!known || on.includes(known)) return [];
  return [{ pointer: '/cloud', detail: `${shown(cloud)} is not on here; this installation has ${list(on)}` }];
}

/** For a removal, which need not say where its entry point stands. */
export function standsElsewhere(
  { name, cloud }: { name: string; cloud: string },
  on: readonly Cloud[] | undefined,
): Problem | undefined {
  if (cloudIssues(cloud, on).length === 0) return undefined;
  const message = `${name} stands on ${cloud}, which is not on here; whoever runs this installation can switch it on`;
  return { code: 'InvalidRequest', message, retryable: false };
}

function list(on: readonly Cloud[]): string {
  return on.map(each => `\`${each}\``).join(' and ');
}
