// The endpoint groups that a listener can have: one default group in a region, and virtual groups beside it.
import type { Context } from '../shared/cloud.ts';
import { gaError, illegal } from './errors.ts';
import { refuseWithoutRole } from './group-endpoints.ts';
import type { CreateEndpointGroup, UpdateEndpointGroup } from './group-requests.ts';
import { groupSettingsOf } from './group-settings.ts';
import { limitsOf } from './limits.ts';
import { isHttp } from './listener-ports.ts';
import type { Accelerator, EndpointGroup, Listener } from './model.ts';
import { regions } from './seed.ts';
import { findListener, groupsOf, type State } from './state.ts';

/** A checked and complete group that is not stored yet. `siblings`: other groups that the same call creates. */
export function newGroup(
  state: State,
  requested: Omit<CreateEndpointGroup, 'RegionId' | 'AcceleratorId' | 'ListenerId'>,
  of: { accelerator: Accelerator; listener: Listener; siblings?: EndpointGroup[] },
  context: Context,
): EndpointGroup {
  const { listener, accelerator } = of;
  const { EndpointGroupRegion, EndpointGroupType = 'default', Tag = [] } = requested;
  if (!regions.some(({ RegionId }) => RegionId === EndpointGroupRegion)) {
    throw gaError('NotExist.BusinessRegion', `There is no region ${EndpointGroupRegion}`);
  }
  const place = { EndpointGroupRegion, EndpointGroupType, listener };
  const present = [...groupsOf(state, listener.ListenerId), ...(of.siblings ?? [])];
  if (EndpointGroupType === 'default') refuseAnotherDefault(present, place, accelerator, context);
  else refuseVirtual(present, place, accelerator, context);

  const settings = groupSettingsOf(requested, { place }, context);
  refuseOverridesBesideVirtual(settings, present, listener);
  refuseWithoutRole(state, settings.EndpointConfigurations, context);
  return {
    EndpointGroupId: `epg-bp1${context.hex(18)}`,
    AcceleratorId: accelerator.AcceleratorId,
    ListenerId: listener.ListenerId,
    EndpointGroupRegion,
    EndpointGroupType,
    ...settings,
    Tags: Tag.map(({ Key, Value = '' }) => ({ Key, Value })).toSorted((a, b) => (a.Key < b.Key ? -1 : 1)),
    phase: { kind: 'create', settling: { at: context.now } },
  };
}

export function updatedGroup(
  state: State,
  group: EndpointGroup,
  requested: UpdateEndpointGroup,
  context: Context,
): EndpointGroup {
  const { EndpointGroupRegion, EndpointGroupType } = group;
  if (requested.EndpointGroupRegion !== EndpointGroupRegion) {
    throw illegal('EndpointGroupRegion', `be ${EndpointGroupRegion}, where the group is`);
  }
  const listener = findListener(state, group.ListenerId);
  const place = { EndpointGroupRegion, EndpointGroupType, listener };
  const settings = groupSettingsOf(requested, { before: group, place }, context);
  refuseOverridesBesideVirtual(settings, groupsOf(state, group.ListenerId), listener);
  refuseWithoutRole(state, settings.EndpointConfigurations, context);
  const { EndpointGroupId, AcceleratorId, ListenerId, Tags, phase } = group;
  return {
    EndpointGroupId,
    AcceleratorId,
    ListenerId,
    EndpointGroupRegion,
    EndpointGroupType,
    ...settings,
    Tags,
    phase,
  };
}

/** The members under the names of a single call: in a batch, some have longer names. */
export function alone<T extends { EndpointGroupName?: string; EndpointGroupDescription?: string }>(
  requested: T,
) {
  const { EndpointGroupName, EndpointGroupDescription } = requested;
  return {
    ...requested,
    ...(EndpointGroupName === undefined ? {} : { Name: EndpointGroupName }),
    ...(EndpointGroupDescription === undefined ? {} : { Description: EndpointGroupDescription }),
  };
}

type Place = { EndpointGroupRegion: string; listener: Listener };

function refuseAnotherDefault(
  present: EndpointGroup[],
  { EndpointGroupRegion, listener }: Place,
  { InstanceChargeType }: Accelerator,
  context: Context,
): void {
  const { subscriptionHttp, other } = limitsOf(context).defaultGroups;
  const most = InstanceChargeType === 'PREPAY' && isHttp(listener.Protocol) ? subscriptionHttp : other;
  const defaults = present.filter(({ EndpointGroupType }) => EndpointGroupType === 'default');
  const isTaken = defaults.some(group => group.EndpointGroupRegion === EndpointGroupRegion);
  if (isTaken || defaults.length >= most) {
    const where = isTaken ? ` in ${EndpointGroupRegion}` : '';
    throw gaError('Exist.EndpointGroup', `${listener.ListenerId} has its endpoint groups already${where}`);
  }
}

/** A TCP listener has mapped ports or virtual groups, whichever come first. */
function refuseOverridesBesideVirtual(
  { PortOverrides }: Pick<EndpointGroup, 'PortOverrides'>,
  present: EndpointGroup[],
  { Protocol }: Listener,
): void {
  const isVirtual = present.some(({ EndpointGroupType }) => EndpointGroupType === 'virtual');
  if (Protocol === 'TCP' && PortOverrides.length > 0 && isVirtual) {
    throw illegal('PortOverrides', 'be absent while the TCP listener has virtual endpoint groups');
  }
}

function refuseVirtual(
  present: EndpointGroup[],
  { EndpointGroupRegion, listener }: Place,
  { InstanceChargeType }: Accelerator,
  context: Context,
): void {
  const { virtualGroups, virtualGroupProtocols } = limitsOf(context);
  const { Protocol, ListenerId } = listener;
  if (!virtualGroupProtocols.includes(Protocol)) {
    throw illegal('EndpointGroupType', `be default behind a listener of ${Protocol}`);
  }
  const defaults = present.filter(({ EndpointGroupType }) => EndpointGroupType === 'default');
  if (defaults.length === 0) {
    throw gaError('NotExist.DefaultEndpointGroup', `${ListenerId} has no default endpoint group yet`);
  }
  if (present.length - defaults.length >= virtualGroups) {
    throw gaError('QuotaExceeded.EndpointGroup', `A listener has at most ${virtualGroups} virtual groups`);
  }
  const isWithDefault = defaults.some(group => group.EndpointGroupRegion === EndpointGroupRegion);
  if (!isWithDefault && (Protocol === 'TCP' || InstanceChargeType === 'PREPAY')) {
    throw illegal('EndpointGroupRegion', 'be that of the default endpoint group');
  }
  if (Protocol === 'TCP' && present.some(({ PortOverrides }) => PortOverrides.length > 0)) {
    throw illegal('EndpointGroupType', 'be default while ports of the TCP listener are mapped');
  }
}
