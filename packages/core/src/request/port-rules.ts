// Rules for the ports of a listener and the port overrides of a group, beyond the check of each single port. A range or an
// override is undefined if it is not valid: rules that need it are skipped.
// Source: docs/clouds/global-accelerator.md, ports and overrides.

import { Repeats } from '../json/repeats.ts';
import { pointerTo, type ValidationIssue } from '../json/validation-issues.ts';

export interface PortRange {
  fromPort: number;
  toPort: number;
}

export interface PortOverride {
  listenerPort: number;
  endpointPort: number;
}

type Path = readonly PropertyKey[];
type Lenient<Part> = readonly (Part | undefined)[];

export function portRangeIssues(portRanges: Lenient<PortRange>, path: Path): ValidationIssue[] {
  const backward = portRanges.flatMap((range, index) =>
    range && range.fromPort > range.toPort
      ? issue(
          [...path, index],
          `\`fromPort\` ${range.fromPort} is greater than \`toPort\` ${range.toPort}; \`fromPort\` must not exceed \`toPort\``,
        )
      : [],
  );
  return [...backward, ...overlaps(portRanges, path)];
}

/** Sorted by first port, a range overlaps an earlier one exactly when it begins before the highest end so far. */
function overlaps(portRanges: Lenient<PortRange>, path: Path): ValidationIssue[] {
  const sorted = portRanges
    .flatMap((range, index) => (isForward(range) ? [{ ...range, index }] : []))
    .toSorted((a, b) => a.fromPort - b.fromPort);
  let farthest = sorted[0];
  return sorted.slice(1).flatMap(range => {
    const before = farthest;
    if (!before || range.toPort > before.toPort) farthest = range;
    if (!before || range.fromPort > before.toPort) return [];
    const [first, second] = before.index < range.index ? [before, range] : [range, before];
    const detail = `${shownPorts(second)} overlaps ${shownPorts(first)} at ${pointerTo([...path, first.index])}; the port ranges of a listener must not overlap`;
    return issue([...path, second.index], detail);
  });
}

/** `portRanges` is undefined if the listener's are not valid. */
export function overrideIssues(
  overrides: Lenient<PortOverride>,
  portRanges: Lenient<PortRange> | undefined,
  path: Path,
): ValidationIssue[] {
  const listenerPorts = new Repeats();
  const endpointPorts = new Repeats();
  const ranges = (portRanges ?? []).filter(isForward);
  // An invalid range could be the one that contains the port.
  const allKnown = portRanges !== undefined && ranges.length === portRanges.length;
  return overrides.flatMap((override, index) => {
    if (!override) return [];
    const { listenerPort, endpointPort } = override;
    const fromPath = [...path, index, 'listenerPort'];
    const toPath = [...path, index, 'endpointPort'];
    const outside = allKnown && !ranges.some(range => holds(range, listenerPort));
    const inside = ranges.some(range => holds(range, endpointPort));
    const noPort = `${listenerPort} is not a port of the listener (${ranges.map(shownPorts).join(', ')})`;
    const ownPort = `${endpointPort} is a port of the listener; the endpoint port must be outside its ranges`;
    return [
      ...(outside ? issue(fromPath, noPort) : []),
      ...listenerPorts.find(listenerPort, fromPath, 'a listener port has one override'),
      ...(inside ? issue(toPath, ownPort) : []),
      ...endpointPorts.find(endpointPort, toPath, 'two listener ports cannot share an endpoint port'),
    ];
  });
}

function isForward(range: PortRange | undefined): range is PortRange {
  return range !== undefined && range.fromPort <= range.toPort;
}

function holds(range: PortRange, port: number): boolean {
  return range.fromPort <= port && port <= range.toPort;
}

/** `443` or `8000-8010`. */
export function shownPorts({ fromPort, toPort }: PortRange): string {
  return fromPort === toPort ? `${fromPort}` : `${fromPort}-${toPort}`;
}

function issue(path: Path, detail: string): ValidationIssue[] {
  return [{ pointer: pointerTo(path), detail }];
}
