// Instances and regions: read-only. The state of an instance shows its one change in progress, and its lock for an
// overdue payment.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { acceleratorState } from './changes.ts';
import type { Accelerator } from './model.ts';
import { type NumberedPage, numberedPage } from './pages.ts';
import { regions } from './seed.ts';
import { findAccelerator, type State } from './state.ts';

export function describeAccelerator(
  state: State,
  request: { AcceleratorId: string },
  context: Context,
): Done {
  return { answer: shown(findAccelerator(state, request.AcceleratorId), context), changed: false };
}

export function listAccelerators(
  state: State,
  request: NumberedPage & { AcceleratorId?: string },
  context: Context,
): Done {
  const { AcceleratorId: wanted } = request;
  const all = state.accelerators.filter(({ AcceleratorId }) => (wanted ?? AcceleratorId) === AcceleratorId);
  const { items, ...page } = numberedPage(all, request, context);
  return { answer: { Accelerators: items.map(each => shown(each, context)), ...page }, changed: false };
}

/** The regions that endpoint groups can have. */
export function listBusiRegions(): Done {
  return { answer: { Regions: regions }, changed: false };
}

function shown(accelerator: Accelerator, context: Context): unknown {
  const {
    createdAt,
    expiresAt,
    lockedForMoney: _locked,
    lockedBy: _by,
    change: _change,
    ...api
  } = accelerator;
  return {
    ...api,
    State: acceleratorState(accelerator, context),
    RegionId: 'cn-hangzhou',
    CreateTime: createdAt,
    ExpiredTime: expiresAt,
  };
}
