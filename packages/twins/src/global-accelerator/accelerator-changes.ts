// Changes of accelerators, which nobody makes for an entry point: their owner renames, disables and deletes them, or
// gives them IPv6 addresses. A deletion needs a disabled accelerator that has settled and has no listeners.
import type { Context } from '../shared/cloud.ts';
import type { Done } from '../shared/operation.ts';
import { refuseWhileBusy, shown, startSettling, statusOf } from './accelerators.ts';
import { areDualStack } from './endpoints.ts';
import { cloudError, invalidArgument } from './errors.ts';
import type { UpdateAccelerator } from './requests.ts';
import { type Accelerator, findAccelerator, groupsOf, type IpSet, listenersOf, type State } from './state.ts';

export function updateAccelerator(state: State, request: UpdateAccelerator, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorArn);
  const { AcceleratorArn } = accelerator;
  refuseWhileBusy(state, AcceleratorArn, context, 'other');
  if (request.IpAddresses)
    throw invalidArgument('The account has no addresses of its own for an accelerator');
  const { IpAddressType = accelerator.IpAddressType } = request;
  const groups = groupsOf(state, AcceleratorArn);
  if (IpAddressType === 'DUAL_STACK' && !groups.every(({ endpoints }) => areDualStack(endpoints))) {
    throw cloudError('ConflictException', `${AcceleratorArn} has endpoints that are not dual-stack`);
  }

  const before = JSON.stringify(accelerator);
  accelerator.Name = request.Name ?? accelerator.Name;
  accelerator.Enabled = request.Enabled ?? accelerator.Enabled;
  setAddressType(accelerator, IpAddressType);
  const changed = JSON.stringify(accelerator) !== before;
  startSettling(state, AcceleratorArn, context);
  return { answer: { Accelerator: shown(accelerator, accelerator.modified, context) }, changed };
}

export function deleteAccelerator(state: State, request: { AcceleratorArn: string }, context: Context): Done {
  const accelerator = findAccelerator(state, request.AcceleratorArn);
  const { AcceleratorArn, Enabled, modified } = accelerator;
  if (listenersOf(state, AcceleratorArn).length > 0) {
    throw cloudError('AssociatedListenerFoundException', `${AcceleratorArn} still has listeners`);
  }
  if (Enabled || statusOf(accelerator, modified, context) !== 'DEPLOYED') {
    throw cloudError('AcceleratorNotDisabledException', `${AcceleratorArn} is not disabled, or not yet`);
  }
  state.accelerators = state.accelerators.filter(other => other !== accelerator);
  return { answer: undefined, changed: true };
}

/** A dual-stack accelerator has a second set of addresses and a second name. */
function setAddressType(accelerator: Accelerator, IpAddressType: Accelerator['IpAddressType']): void {
  if (IpAddressType === accelerator.IpAddressType) return;
  accelerator.IpAddressType = IpAddressType;
  const v4 = accelerator.IpSets.filter(({ IpFamily }) => IpFamily === 'IPv4');
  if (IpAddressType === 'IPV4') {
    accelerator.IpSets = v4;
    delete accelerator.DualStackDnsName;
    return;
  }
  accelerator.IpSets = [...v4, v6Set];
  accelerator.DualStackDnsName = accelerator.DnsName.replace('.', '.dualstack.');
}

const v6Set: IpSet = {
  IpFamily: 'IPv6',
  IpAddresses: ['2001:db8:a00e:1::1', '2001:db8:a00f:1::1'],
  IpAddressFamily: 'IPv6',
};
