// What becomes of the additional certificates of an Alibaba Cloud listener that leaves HTTPS is not documented. So they go
// before it does, and a rollback puts them on again. Pure.
import type { Owned } from '../record/owned.ts';
import type { Step } from '../record/plan.ts';
import type { Sighting } from './observation.ts';

/** Those that the listener's new protocol rules out. */
export function certificatesGivingWay(
  { kind, desired }: Step,
  { image }: Sighting,
  owned: readonly Owned[],
): Owned[] {
  const leaves = image['protocol'] === 'HTTPS' && desired['protocol'] !== 'HTTPS';
  if (kind !== 'alicloudListener' || !leaves) return [];
  return owned.filter(each => each.kind === 'additionalCertificate');
}

/** What traffic notices of it. */
export function interruptionByLeaving(listener: Step, going: readonly Owned[]): string {
  const titles = going.map(({ title }) => title).join(', ');
  return `${titles} ${going.length === 1 ? 'goes' : 'go'} before ${listener.title} leaves HTTPS`;
}
