// The execution environment of one invocation, as far as anybody outside can tell. Functions act only by HTTP requests. A discarded
// environment has its open requests closed and sends no others, so the code of an invocation that Lambda has ended cannot act any
// more, although this process cannot stop it.
import { AsyncLocalStorage } from 'node:async_hooks';
import { subscribe } from 'node:diagnostics_channel';
import type { ClientRequest } from 'node:http';

const environments = new AsyncLocalStorage<Environment>();

// The request exists, and nothing has been sent yet.
subscribe('http.client.request.created', message => {
  environments.getStore()?.sends((message as { request: ClientRequest }).request);
});

export class Environment {
  readonly #open = new Set<ClientRequest>();
  readonly #onRequest: (n: number) => void;
  #sent = 0;
  #isDiscarded = false;

  /** `onRequest`: called with the number of each request, counted from 1, before it is sent; it can discard the environment. */
  constructor(onRequest: (n: number) => void = () => {}) {
    this.#onRequest = onRequest;
  }

  /** Everything that the code begins belongs to this environment. */
  run<T>(code: () => Promise<T>): Promise<T> {
    return environments.run(this, code);
  }

  discard(): void {
    this.#isDiscarded = true;
    for (const request of this.#open) request.destroy(discarded());
  }

  sends(request: ClientRequest): void {
    if (!this.#isDiscarded) this.#onRequest(++this.#sent);
    if (this.#isDiscarded) {
      request.destroy(discarded());
      return;
    }
    this.#open.add(request);
    request.once('close', () => this.#open.delete(request));
  }
}

function discarded(): Error {
  return new Error('Lambda has ended this invocation and discarded its environment');
}
