// DynamoDB for a test: dynalite in memory, behind a real HTTP server, with the table that Gatehouse needs.
import type { RequestListener } from 'node:http';
import { DescribeTableCommand, DynamoDBClient, type DynamoDBClientConfig } from '@aws-sdk/client-dynamodb';
import { createDatabase, ensureTable } from '@gatehouse/local/dynamodb/database';
import { serve } from '@gatehouse/local/http/http-service';
import type { WireService } from '@gatehouse/twins/http/wire';

export const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };

/** `service` answers what is signed for another service than DynamoDB; `heard` is told each operation of DynamoDB. */
export async function startDatabase(
  service: WireService = async () => 'dropped',
  heard: (operation: string) => void = () => {},
) {
  const database = createDatabase();
  const server = await serve(service, {
    port: 0,
    maxBodyBytes: 1024 * 1024,
    direct: new Map<string, RequestListener>([
      [
        'dynamodb',
        (incoming, outgoing) => {
          heard(String(incoming.headers['x-amz-target']).replace(/^.*\./, ''));
          database(incoming, outgoing);
        },
      ],
    ]),
  });
  const clients: DynamoDBClient[] = [];
  const clientWith = (config: DynamoDBClientConfig = {}) => {
    const endpoint = `http://127.0.0.1:${server.port}`;
    const client = new DynamoDBClient({ region: 'eu-west-1', endpoint, credentials, ...config });
    clients.push(client);
    return client;
  };
  const client = clientWith();
  let closed: Promise<void> | undefined;
  return {
    url: `http://127.0.0.1:${server.port}`,
    client,
    clientWith,
    async createTable(name: string): Promise<string> {
      await ensureTable(client, name);
      // A table is made a moment after the answer, here as in the cloud.
      const describe = new DescribeTableCommand({ TableName: name });
      for (let asked = 0; asked < 1000; asked++) {
        if ((await client.send(describe)).Table?.TableStatus === 'ACTIVE') return name;
      }
      throw new Error(`${name} did not become active`);
    },
    /** Once, however often it is asked. */
    close(): Promise<void> {
      for (const each of clients) each.destroy();
      closed ??= server.close();
      return closed;
    },
  };
}
