// The shared context of the operations, and the lookup of a bus or a rule in it.
import { WireError } from '../http/aws-json.ts';
import { type Bus, type Buses, DEFAULT_BUS, type Rule } from './buses.ts';
import { busNameOf, type Place } from './events.ts';

export interface BusContext {
  buses: Buses;
  place: Place;
  now(): number;
  /** Called after every change of rules. */
  changed(): void;
}

export function ruleArn({ region, account }: Place, bus: string, rule: string): string {
  return `arn:aws:events:${region}:${account}:rule/${bus === DEFAULT_BUS ? '' : `${bus}/`}${rule}`;
}

export function busAt({ buses }: BusContext, nameOrArn = DEFAULT_BUS): Bus {
  const wanted = busNameOf(nameOrArn);
  const bus = buses.bus(wanted);
  if (!bus) throw new WireError('ResourceNotFoundException', `Event bus ${wanted} does not exist.`);
  return bus;
}

export function ruleAt(context: BusContext, nameOrArn: string | undefined, wanted: string): Rule {
  const bus = busAt(context, nameOrArn).Name;
  const rule = context.buses.rule(bus, wanted);
  if (rule) return rule;
  throw new WireError('ResourceNotFoundException', `Rule ${wanted} does not exist on EventBus ${bus}.`);
}

export function busArn({ place }: BusContext, bus: string): string {
  return `arn:aws:events:${place.region}:${place.account}:event-bus/${bus}`;
}
