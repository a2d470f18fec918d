// The tags that say whose a target group is: its entry point, and the job that made it. No request may say them.
import { type Members, membersOf } from '../../json/plain-members.ts';

export const OWN_TAG_PREFIX = 'gatehouse:';
export const ENTRY_POINT_TAG = `${OWN_TAG_PREFIX}entry-point`;
export const JOB_TAG = `${OWN_TAG_PREFIX}job`;

/** The entry point that something is marked as; nothing where it has no such mark. */
export function ownerIn({ tags }: Members): unknown {
  return membersOf(tags)[ENTRY_POINT_TAG];
}
