// The members of a listener of AWS Global Accelerator.
import type { MemberTable } from '../member-table.ts';

/** A quota that AWS does not raise. */
export const MAX_PORT_RANGES = 10;

const PORT_RANGE = {
  fromPort: { wire: 'FromPort' },
  toPort: { wire: 'ToPort' },
} as const satisfies MemberTable;

export const LISTENER = {
  acceleratorArn: { wire: 'AcceleratorArn', createOnly: true },
  protocol: { wire: 'Protocol' },
  portRanges: { wire: 'PortRanges', items: PORT_RANGE, compare: 'unordered' },
  clientAffinity: { wire: 'ClientAffinity', default: 'NONE' },
} as const satisfies MemberTable;
