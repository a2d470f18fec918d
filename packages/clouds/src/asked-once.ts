// Clients for one reading of a cloud, such as a plan or a drift report: resources that have a parent in common ask the same
// questions about it, and each question is asked once. They serve reads only, and only as long as the reading takes.

/** Answers by question. A read that fails is not remembered. */
export class Answers {
  readonly #answers = new Map<unknown, Map<string, Promise<unknown>>>();

  /** `operation`: by identity, as minified names of commands are not unique. */
  async once<T>(operation: unknown, input: unknown, ask: () => Promise<T>): Promise<T> {
    const ofOperation = this.#answers.get(operation) ?? new Map<string, Promise<unknown>>();
    this.#answers.set(operation, ofOperation);
    const question = JSON.stringify(input);
    const known = ofOperation.get(question);
    if (known) return known as Promise<T>;
    const answer = ask();
    ofOperation.set(question, answer);
    answer.catch(() => ofOperation.delete(question));
    return answer;
  }
}

interface SdkClient {
  send(command: never): Promise<unknown>;
}

/** A client of the AWS SDK. */
export function askedOnce<Client extends SdkClient>(client: Client): Client {
  const answers = new Answers();
  const send = (command: { input: object }) =>
    answers.once(command.constructor, command.input, () => client.send(command as never));
  return Object.create(client, { send: { value: send } });
}

/** Clients by region. */
export function regionsAskedOnce<Client extends SdkClient>(
  clients: (region: string) => Client,
): (region: string) => Client {
  const ofRegion = new Map<string, Client>();
  return region => {
    const client = ofRegion.get(region) ?? askedOnce(clients(region));
    ofRegion.set(region, client);
    return client;
  };
}
