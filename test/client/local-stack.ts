// The local stack, in this process, on a port of its own.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';
import { startLocalStack } from '@gatehouse/local/local-stack';

export async function startedStack(timeScale = 200): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'gatehouse-'));
  const stack = await startLocalStack({ port: 0, dataDir, timeScale, seed: 'client' });
  after(async () => {
    await stack.stop();
    rmSync(dataDir, { recursive: true, force: true });
  });
  return stack.url;
}

/** Sets the faults of the simulated clouds from here on. */
export async function setFaults(url: string, faults: object[]): Promise<void> {
  await fetch(`${url}/_twin/faults`, { method: 'PUT', body: JSON.stringify(faults) });
}
