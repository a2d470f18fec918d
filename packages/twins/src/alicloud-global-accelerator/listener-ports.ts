// The ports of a listener: the valid ones, their number, and conflicts with other listeners.
import type { Context } from '../shared/cloud.ts';
import { gaError, illegal } from './errors.ts';
import { highestListenerPort, largeListener, limitsOf, udpReservedPorts } from './limits.ts';
import type { Listener, PortRange, Protocol } from './model.ts';
import { largeListeners } from './switches.ts';

type Ported = Pick<Listener, 'Protocol' | 'PortRanges'> & { HttpVersion?: string };

/** `others`: the instance's listeners without this one. */
export function refusePorts(listener: Ported, others: Ported[], context: Context): void {
  const { PortRanges, Protocol } = listener;
  refuseRanges(PortRanges, Protocol);
  if (isHttp(Protocol) && (PortRanges.length !== 1 || countOf(PortRanges) !== 1)) {
    throw gaError('PortRanges.MustOne', 'An HTTP or HTTPS listener has one port');
  }
  refuseCount(listener, others, context);

  const { portSpace } = limitsOf(context);
  const spaces = portSpace(listener);
  const taken = others
    .filter(other => portSpace(other).some(space => spaces.includes(space)))
    .flatMap(other => other.PortRanges);
  const conflict = PortRanges.find(range => taken.some(other => overlap(range, other)));
  if (conflict) {
    throw gaError('PortConflict.Listener', `Another listener has ports of ${textOf(conflict)}`);
  }
}

/** An old way to set the port of the endpoints, for HTTP and HTTPS. */
export function refuseBackendPorts(ports: PortRange[], { Protocol }: Pick<Listener, 'Protocol'>): void {
  if (ports.length === 0) return;
  const isOnePort = ports.length === 1 && countOf(ports) === 1;
  if (!isHttp(Protocol) || !isOnePort) throw illegal('BackendPorts', 'be one port, for HTTP and HTTPS');
}

export function isHttp(protocol: Protocol): boolean {
  return protocol === 'HTTP' || protocol === 'HTTPS';
}

export function countOf(ranges: PortRange[]): number {
  return ranges.reduce((sum, { FromPort, ToPort }) => sum + ToPort - FromPort + 1, 0);
}

export function overlap(a: PortRange, b: PortRange): boolean {
  return a.FromPort <= b.ToPort && b.FromPort <= a.ToPort;
}

function refuseRanges(ranges: PortRange[], protocol: Protocol): void {
  for (const [index, range] of ranges.entries()) {
    const { FromPort, ToPort } = range;
    if (FromPort < 1 || FromPort > ToPort || ToPort > 65_535) {
      throw gaError('PortRangeIllegal.Listener', `${textOf(range)} is not a range of ports`);
    }
    if (ToPort > highestListenerPort) {
      throw gaError('SystemPort.Listener', `Ports above ${highestListenerPort} are the system's`);
    }
    if (protocol === 'UDP' && udpReservedPorts.some(port => FromPort <= port && port <= ToPort)) {
      throw gaError('PortRangeIllegal.UDP', `UDP ports ${udpReservedPorts.join(', ')} are reserved`);
    }
    if (ranges.slice(index + 1).some(other => overlap(range, other))) {
      throw gaError('PortRangeIllegal.Listener', `${textOf(range)} overlaps another range of this listener`);
    }
  }
}

function refuseCount({ PortRanges, Protocol }: Ported, others: Ported[], context: Context): void {
  const count = countOf(PortRanges);
  const { portsPerListener } = limitsOf(context);
  const { from, most } = largeListener;
  const mayBeLarge = context.setting(largeListeners) === 'allowed';
  const othersLarge = others.filter(other => countOf(other.PortRanges) > from);
  const total = [...others.filter(other => !othersLarge.includes(other)), { PortRanges }];
  if (count > from && mayBeLarge && (Protocol === 'TCP' || Protocol === 'UDP')) {
    if (PortRanges.length > 1) throw gaError('PortRangeIllegal.Count', 'A large listener has one range');
    if (othersLarge.length > 0) {
      throw gaError('PortRangeIllegal.ExceedGaAbility', 'The instance has a large listener already');
    }
    if (count > most[Protocol]) throw tooMany(`A large ${Protocol} listener has ${most[Protocol]} ports`);
    if (portsOf(others) > from) throw tooMany(`Beside a large listener there are at most ${from} ports`);
    return;
  }
  if (count > portsPerListener) throw tooMany(`A listener has at most ${portsPerListener} ports`);
  if (othersLarge.length > 0 && portsOf(total) > from) {
    throw tooMany(`Beside a large listener there are at most ${from} ports`);
  }
}

function portsOf(listeners: { PortRanges: PortRange[] }[]): number {
  return countOf(listeners.flatMap(({ PortRanges }) => PortRanges));
}

function tooMany(message: string): Error {
  return gaError('QuotaExceeded.ListenerPort', message);
}

function textOf({ FromPort, ToPort }: PortRange): string {
  return FromPort === ToPort ? `${FromPort}` : `${FromPort}-${ToPort}`;
}
