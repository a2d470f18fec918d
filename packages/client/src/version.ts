// Whether client and server fit together: versions follow semantic versioning, so another major version may answer otherwise.
import manifest from '../package.json' with { type: 'json' };

/** The server's version is in each of its answers. An answer of a proxy has none. */
const HEADER = 'x-gatehouse-version';

/** Passes answers on, and warns at the first one of a server of another major version. */
export function versionCheck(
  warn: (message: string) => void = message => console.warn(message),
): (answer: Response) => Response {
  let warned = false;
  return answer => {
    const server = answer.headers.get(HEADER);
    if (!warned && server !== null && majorOf(server) !== majorOf(manifest.version)) {
      warned = true;
      warn(
        `the server is Gatehouse ${server} and this client is ${manifest.version}; use a client of its major version`,
      );
    }
    return answer;
  };
}

function majorOf(version: string): string | undefined {
  return /^\d{1,9}(?=\.)/.exec(version)?.[0];
}
