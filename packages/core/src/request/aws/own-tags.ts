// The tags that record ownership of a target group: its entry point, and the job that created it. Requests may not use them.
import { type Members, membersOf } from '../../json/plain-members.ts';

export const OWN_TAG_PREFIX = 'gatehouse:';
export const ENTRY_POINT_TAG = `${OWN_TAG_PREFIX}entry-point`;
export const JOB_TAG = `${OWN_TAG_PREFIX}job`;

/** The entry point in the ownership tag; undefined without the tag. */
export function ownerIn({ tags }: Members): unknown {
  return membersOf(tags)[ENTRY_POINT_TAG];
}
