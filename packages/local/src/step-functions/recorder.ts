// Turns the interpreter's event logs into the history that AWS would show. The interpreter forwards the logs of
// branches and items late and drops late arrivals, so each run is recorded from its own log. A Parallel or Map closes
// in the history only after every run inside it has been recorded.
import type { StateMachine } from 'aws-local-stepfunctions';
import { type EventDetails, failureDetails } from './history.ts';
import { exceedsDataLimit, isJsonObject, type Json, type JsonObject, jsonText } from './json.ts';
import type { Scope } from './scope.ts';

export type EventLogs = ReturnType<StateMachine['run']>['eventLogs'];
type EventLog = EventLogs extends AsyncGenerator<infer E> ? E : never;
type Of<T extends EventLog['type']> = Extract<EventLog, { type: T }>;

export async function record(scope: Scope, logs: EventLogs): Promise<void> {
  await scope.place?.after;
  const run = new RunRecorder(scope);
  for await (const event of logs) await run.record(event);
}

class RunRecorder {
  readonly #scope: Scope;
  /** Set for an item of a Map once its first state names the Map. */
  #item: { name: string; index: number } | undefined;
  #begun = false;
  #caught = false;
  /** The type of the Map or Parallel that has failed. Only its last failure is in the history. */
  #failed: string | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
  }

  async record(event: EventLog): Promise<void> {
    switch (event.type) {
      case 'StateEntered':
        return this.#stateEntered(event.state);
      case 'StateExited':
        return this.#stateExited(event.state);
      case 'StateFailed':
        return this.#stateFailed(event);
      case 'StateRetried':
        this.#failed = undefined;
        if (isContainer(event.state.type)) this.#containerStarted(event.state);
        return;
      case 'StateCaught':
        this.#containerFailed();
        this.#caught = true;
        return;
      case 'ExecutionSucceeded':
        return this.#itemEnded('Succeeded');
      case 'ExecutionFailed':
        this.#containerFailed();
        return this.#itemEnded('Failed');
      case 'ExecutionAborted':
        return this.#itemEnded('Aborted');
      default:
        // The host writes the start and the time-out; nested runs are recorded from their own logs.
        return;
    }
  }

  #stateEntered(state: Of<'StateEntered'>['state']): void {
    const { name, type, input } = state;
    if (!this.#begun) this.#begin(name);
    this.#begun = true;
    const details = { name, input: this.#data(input), inputDetails: { truncated: false } };
    this.#add(`${type}StateEntered`, { stateEnteredEventDetails: details });
    if (isContainer(type)) this.#containerStarted(state);
  }

  async #stateExited({ name, type, output }: Of<'StateExited'>['state']): Promise<void> {
    if (isContainer(type)) await this.#nestedRecorded();
    if (isContainer(type) && !this.#caught) this.#add(`${type}StateSucceeded`);
    this.#caught = false;
    const details = { name, output: this.#data(output), outputDetails: { truncated: false } };
    this.#add(`${type}StateExited`, { stateExitedEventDetails: details });
  }

  async #stateFailed({ state, Error: error, Cause }: Of<'StateFailed'>): Promise<void> {
    if (isContainer(state.type)) await this.#nestedRecorded();
    if (isContainer(state.type)) this.#failed = state.type;
    if (state.type !== 'Task' || this.#scope.openCall === undefined) return;
    this.#scope.openCall = undefined;
    const failure = failureDetails(error, String(Cause));
    if (error === 'States.Timeout')
      this.#add('LambdaFunctionTimedOut', { lambdaFunctionTimedOutEventDetails: failure });
    else this.#add('LambdaFunctionFailed', { lambdaFunctionFailedEventDetails: failure });
  }

  #begin(firstState: string): void {
    this.#scope.lastEventId = this.#scope.place?.parent.lastEventId ?? 0;
    const container = this.#scope.stage.machine.containers.get(firstState);
    if (container?.type !== 'Map') return;
    this.#item = { name: container.name, index: this.#scope.place?.index ?? 0 };
    this.#add('MapIterationStarted', { mapIterationStartedEventDetails: this.#item });
  }

  #itemEnded(how: 'Succeeded' | 'Failed' | 'Aborted'): void {
    if (this.#item) this.#add(`MapIteration${how}`, { [`mapIteration${how}EventDetails`]: this.#item });
  }

  #containerStarted({ name, type, input }: ContainerState): void {
    const length = itemsIn(this.#scope.stage.machine.maps.get(name), input)?.length;
    const details = length === undefined ? {} : { mapStateStartedEventDetails: { length } };
    this.#add(`${type}StateStarted`, details);
    this.#scope.showContainer();
  }

  #containerFailed(): void {
    if (this.#failed !== undefined) this.#add(`${this.#failed}StateFailed`);
    this.#failed = undefined;
  }

  async #nestedRecorded(): Promise<void> {
    const { nested } = this.#scope;
    this.#scope.nested = [];
    this.#scope.leaveContainer();
    this.#scope.lastEventId = Math.max(this.#scope.lastEventId, ...(await Promise.all(nested)));
  }

  #data(value: Json | undefined): string {
    const text = jsonText(value);
    if (exceedsDataLimit(text))
      this.#scope.stage.fail(
        'States.DataLimitExceeded',
        'A state exceeds the maximum number of bytes service limit',
      );
    return text;
  }

  #add(type: string, details: EventDetails = {}): void {
    const { stage } = this.#scope;
    this.#scope.lastEventId = stage.history.add(type, this.#scope.lastEventId, details);
    if (stage.history.full)
      stage.fail('States.Runtime', 'The execution reached the maximum number of history events (25000).');
  }
}

interface ContainerState {
  name: string;
  type: string;
  input: Json;
}

/** The items of a Map; undefined if they are not at a plain path of its input. */
function itemsIn(map: JsonObject | undefined, input: Json): Json[] | undefined {
  if (!map) return undefined;
  const items = nodeAt(nodeAt(input, map['InputPath'] ?? '$'), map['ItemsPath'] ?? '$');
  return Array.isArray(items) ? items : undefined;
}

function nodeAt(value: Json | undefined, path: Json): Json | undefined {
  if (typeof path !== 'string' || !/^\$(\.\w+)*$/.test(path)) return undefined;
  return path
    .split('.')
    .slice(1)
    .reduce<Json | undefined>((node, name) => (isJsonObject(node) ? node[name] : undefined), value);
}

function isContainer(type: string): boolean {
  return type === 'Map' || type === 'Parallel';
}
