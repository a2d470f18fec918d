// The local stack: all of Gatehouse on one machine and one port, with the REST API, DynamoDB, Step Functions,
// EventBridge and the twins, and the deployed Lambda handlers unchanged. Everything that must survive a restart is in
// one folder.
import { accessSync, constants, mkdirSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import type { WireService } from '@gatehouse/twins/http/wire';
import { readAccess } from './access-file.ts';
import { MAX_PAYLOAD_BYTES } from './api-gateway/gateway.ts';
import { ensureTable, openDatabase } from './dynamodb/database.ts';
import { completeInterruptedWrites } from './dynamodb/interrupted-writes.ts';
import { foreignPages } from './http/foreign-pages.ts';
import { type HttpService, serve } from './http/http-service.ts';
import { logToFile } from './log.ts';
import { createServices, type ServicesOptions } from './services.ts';
import { LOCAL, localEnvironment } from './settings.ts';

export interface LocalStackOptions extends ServicesOptions {
  /** 0 selects a free port. */
  port: number;
  /** The path of a file with access rules. */
  access?: string;
}

export interface LocalStack {
  url: string;
  /** About its access rules, for whoever started it. */
  warnings: readonly string[];
  /** The next start resumes everything that is not finished. */
  stop(): Promise<void>;
}

/** Throws an Error with one clear line if the port or the data folder cannot be used. */
export async function startLocalStack(options: LocalStackOptions): Promise<LocalStack> {
  const { dataDir, timeScale } = options;
  useDataDir(dataDir);
  const access = options.access === undefined ? { text: '', warnings: [] } : await readAccess(options.access);
  // The port comes first: if it is taken, the start ends before anything is opened or written.
  const behind: Behind = { ...NOTHING_YET };
  const server = await listen(behind, options);
  behind.database = await openDatabase(join(dataDir, 'dynamodb'));
  logToFile(join(dataDir, 'gatehouse.log'));
  const url = `http://127.0.0.1:${server.port}`;
  // This precedes every SDK client, because clients find their endpoints in the environment.
  Object.assign(process.env, localEnvironment(url, timeScale), { GATEHOUSE_ACCESS: access.text });
  await openTable();
  const services = createServices(options);
  behind.services = services.request;
  services.start();
  return {
    url,
    warnings: access.warnings,
    async stop() {
      await services.stop();
      await server.close();
    },
  };
}

/** The services behind the port. */
interface Behind {
  services: WireService;
  database: RequestListener;
}

const NOTHING_YET: Behind = {
  services: async () => ({ status: 503, headers: { 'retry-after': '1' }, body: '' }),
  database: (_incoming, outgoing) => outgoing.writeHead(503).end(),
};

function listen(behind: Behind, { port, corsOrigin = [] }: LocalStackOptions): Promise<HttpService> {
  return serve(request => behind.services(request), {
    port,
    maxBodyBytes: MAX_PAYLOAD_BYTES,
    refuses: foreignPages(corsOrigin),
    direct: new Map([['dynamodb', (incoming, outgoing) => behind.database(incoming, outgoing)]]),
  });
}

async function openTable(): Promise<void> {
  const client = new DynamoDBClient({});
  await ensureTable(client, LOCAL.table);
  await completeInterruptedWrites(client, LOCAL.table);
}

function useDataDir(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    accessSync(dataDir, constants.W_OK);
  } catch (cause) {
    throw new Error(`the data folder ${dataDir} cannot be written; choose another with --data-dir`, {
      cause,
    });
  }
}
